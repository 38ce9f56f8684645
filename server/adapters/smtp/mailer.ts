import { createTransport } from 'nodemailer';
import type { Mailer } from '../../ports/mailer.ts';
import { mailHeaders, serviceAddress } from '../mail/headers.ts';

/** How many mails are remembered, so that a repeated call sends none twice. */
const REMEMBERED = 10_000;

/**
 * Hands mails to the server of `SMTP_URL`. A mail whose id was handed over since
 * the start is not handed over again; its Message-ID lets the receiving side
 * tell a repetition after a restart.
 * @param url `smtp://` or `smtps://`, with user and password where needed
 */
export function smtpMailer(options: { readonly url: string; readonly from: string }): Mailer {
  const transport = createTransport({
    url: options.url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = serviceAddress(options.from).address.replace(/^.*@/, '');
  const handedOver = new Set<string>();
  return {
    async send(mail) {
      if (handedOver.has(mail.id)) return;
      await transport.sendMail({
        ...mailHeaders(mail, options.from),
        text: mail.text,
        messageId: `<${mail.id}@${host}>`,
      });
      if (handedOver.size >= REMEMBERED) handedOver.clear();
      handedOver.add(mail.id);
    },
  };
}
