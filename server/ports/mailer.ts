export interface Mail {
  /** Client- or caller-made; sending the same id again does nothing. */
  readonly id: string;
  readonly to: string;
  /** Who it comes from, by name; the service's own where absent. The address is always the service's. */
  readonly fromName?: string;
  /** Where answers go; to the service's own address where absent. */
  readonly replyTo?: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The study that the mail is about; null for sign-in mails. */
  readonly studyId: string | null;
  readonly kind: 'sign-in' | 'invitation' | 'letter';
}

export interface Mailer {
  /**
   * Resolves when the mail was handed over (SMTP) or written to disk (outbox). Whatever
   * stands in its names, addresses and subject begins no header and adds no recipient.
   * @throws when it was neither; the caller says so on the page
   */
  send(mail: Mail): Promise<void>;
}
