import type { Mail } from '../../ports/mailer.ts';

interface Address {
  readonly name: string;
  readonly address: string;
}

/** The headers of a mail as nodemailer takes them; it encodes what it is given as name and address. */
export interface MailHeaders {
  readonly from: Address;
  readonly to: Address;
  readonly replyTo?: Address;
  readonly subject: string;
}

/** @param from `MAIL_FROM`: an address, with a name before it or without */
export function mailHeaders(mail: Mail, from: string): MailHeaders {
  const service = serviceAddress(from);
  return {
    from: { name: onOneLine(mail.fromName ?? service.name), address: service.address },
    to: { name: '', address: mail.to },
    ...(mail.replyTo && {
      replyTo: { name: onOneLine(mail.replyTo.name), address: onOneLine(mail.replyTo.address) },
    }),
    subject: onOneLine(mail.subject),
  };
}

/** @returns the two parts of `Casebook <casebook@example.org>` */
export function serviceAddress(from: string): Address {
  const [, name = '', address = from] = /^(.*)<([^<>]*)>$/.exec(from.trim()) ?? [];
  return { name: name.trim(), address: address.trim() };
}

function onOneLine(words: string): string {
  return words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
