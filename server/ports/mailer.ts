export interface Mail {
  /** Client- or caller-made; sending the same id again does nothing. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The study that the mail is about; null for sign-in mails. */
  readonly studyId: string | null;
  readonly kind: 'sign-in' | 'invitation';
}

export interface Mailer {
  /**
   * Resolves when the mail was handed over (SMTP) or written to disk (outbox).
   * @throws when it was neither; the caller says so on the page
   */
  send(mail: Mail): Promise<void>;
}
