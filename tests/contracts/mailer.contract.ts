import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mail, Mailer } from '../../server/ports/mailer.ts';

export interface OpenedMailer {
  readonly mailer: Mailer;
  /** Raw messages that arrived, in order. */
  arrived(): Promise<readonly string[]>;
  /** From now on nothing can be handed over. */
  breakDown(): Promise<void>;
  close(): Promise<void>;
}

export const MAIL: Mail = {
  id: 'mail-1',
  to: 'ann@example.org',
  subject: 'Your code — für Zoë',
  text: 'Hello Zoë,\n\nyour code is 123456\n\nhttp://127.0.0.1:4400/enter#tokentoken\n.\nA line with a single dot stands above.\n',
  studyId: null,
  kind: 'sign-in',
};

/** Undoes what mail makes of text: header words and quoted-printable or base64 bodies. */
export function readMessage(raw: string): { headers: string; text: string } {
  const [head = '', ...rest] = raw.replace(/\r\n/g, '\n').split('\n\n');
  const headers = head.replace(/\n[ \t]+/g, ' ').replace(/\?=\s+=\?/g, '?==?');
  const body = rest.join('\n\n');
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(headers)?.[1]?.toLowerCase();
  const unquoted = (text: string) =>
    Buffer.from(
      text
        .replace(/=\n/g, '')
        .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8');
  const decodedHeaders = headers.replace(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString('utf8')
      : unquoted(word.replace(/_/g, ' ')),
  );
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? unquoted(body)
        : body;
  return { headers: decodedHeaders, text: text.replace(/\r\n/g, '\n').trimEnd() };
}

/** @returns a message's headers, each on one line */
function foldless(raw: string): string {
  const [head = ''] = raw.replace(/\r\n/g, '\n').split('\n\n');
  return head.replace(/\n[ \t]+/g, ' ');
}

/** What every mailer promises; see `server/ports/mailer.ts`. */
export function mailerContract(name: string, open: () => Promise<OpenedMailer>): void {
  describe(`the mailer ${name}`, () => {
    let opened: OpenedMailer;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('hands over a mail as it was written', async () => {
      await opened.mailer.send(MAIL);
      const [raw = ''] = await opened.arrived();
      const { headers, text } = readMessage(raw);
      expect(headers).toMatch(/^to: .*ann@example\.org/im);
      expect(headers).toMatch(/^from: .*casebook@casebook\.example/im);
      expect(headers).toMatch(/^subject: Your code — für Zoë$/im);
      expect(headers).toMatch(/^message-id: <mail-1@/im);
      expect(text).toBe(MAIL.text.trimEnd());
    });

    it('sends the same id once', async () => {
      await opened.mailer.send(MAIL);
      await opened.mailer.send(MAIL);
      await opened.mailer.send({ ...MAIL, id: 'mail-2' });
      expect(await opened.arrived()).toHaveLength(2);
    });

    it('lets nobody write headers, recipients or files of their own', async () => {
      await opened.mailer.send({
        ...MAIL,
        to: 'ann@example.org\r\nBcc: eve@example.org',
        subject: 'Hello\r\nX-Evil: yes\r\n\r\nbody',
      });
      const { headers } = readMessage((await opened.arrived())[0] ?? '');
      expect(headers).not.toMatch(/^(bcc|x-evil):/im);
    });

    it('[LETTER-1] comes from a named person by the service’s address, and answers go to that person', async () => {
      const zoe = { name: 'Zoë O’Neil, MA', address: 'zoe@team.example' };
      await opened.mailer.send({ ...MAIL, fromName: 'Zoë O’Neil, MA via Casebook', replyTo: zoe });
      const { headers } = readMessage((await opened.arrived())[0] ?? '');
      expect(headers).toMatch(/^from: "?Zoë O’Neil, MA via Casebook"? <casebook@casebook\.example>$/im);
      expect(headers).toMatch(/^reply-to: "?Zoë O’Neil, MA"? <zoe@team\.example>$/im);
    });

    it.each([
      'Ruth\r\nBcc: eve@example.org',
      'Ruth\nBcc: eve@example.org\n\nHello',
      'Ruth" <eve@example.org>, "x',
      'Ruth\\" <eve@example.org>\r\nX-Evil: yes',
      'Ruth\u2028Bcc: eve@example.org\u0000',
      '<eve@example.org>',
      'a, eve@example.org; b:',
    ])('[LETTER-1] lets no name write headers or addresses: %j', async (name) => {
      await opened.mailer.send({
        ...MAIL,
        fromName: name,
        replyTo: { name, address: 'ruth@team.example' },
      });
      const [raw = ''] = await opened.arrived();
      const { headers } = readMessage(raw);
      expect(headers).not.toMatch(/^(bcc|x-evil):/im);
      for (const header of ['from', 'reply-to', 'to']) {
        expect(headers.match(new RegExp(`^${header}:`, 'gim')), header).toHaveLength(1);
      }
      // Undone as a reader undoes it: encoded words and quoted strings are names, the rest is the address.
      const address = (header: string) =>
        (new RegExp(`^${header}: (.*)$`, 'im').exec(foldless(raw))?.[1] ?? '')
          .replace(/=\?[^?]*\?[bq]\?[^?]*\?=/gi, '')
          .replace(/"(?:[^"\\]|\\.)*"/g, '')
          .trim();
      expect(address('from')).toMatch(/^[^@]*<casebook@casebook\.example>$/);
      expect(address('reply-to')).toMatch(/^[^@]*<ruth@team\.example>$/);
      expect(address('to')).toBe('ann@example.org');
    });

    it('says so when a mail cannot be handed over', async () => {
      await opened.breakDown();
      await expect(opened.mailer.send(MAIL)).rejects.toThrow();
    });
  });
}
