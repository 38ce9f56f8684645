import type { Mail, Mailer } from '../../ports/mailer.ts';

/** Keeps mails where a test can read them. */
export class MemoryMailer implements Mailer {
  readonly sent: Mail[] = [];
  /** While set, sending fails with it. */
  failure: Error | null = null;

  async send(mail: Mail): Promise<void> {
    if (this.failure) throw this.failure;
    if (!this.sent.some((earlier) => earlier.id === mail.id)) this.sent.push(mail);
  }
}
