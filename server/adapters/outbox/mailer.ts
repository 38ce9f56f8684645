import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Clock } from '../../ports/clock.ts';
import type { Mail, Mailer } from '../../ports/mailer.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import { mailHeaders } from '../mail/headers.ts';

/**
 * For where no mail server is set: writes each mail as `.eml` into the folder
 * and lists it for the lead of its study.
 * @param folder is made when the first mail comes, for the owner of the process alone
 */
export function outboxMailer(options: {
  readonly folder: string;
  readonly from: string;
  readonly records: RecordStore;
  readonly clock: Clock;
}): Mailer {
  return {
    async send(mail) {
      const at = options.clock.now();
      const known = await options.records.read
        .selectFrom('outbox')
        .select('id')
        .where('id', '=', mail.id)
        .executeTakeFirst();
      if (known) return;
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      // Written by a process that was ended before it could list it.
      const written = (await readdir(options.folder)).find((name) => isFileOf(name, mail.id));
      const file = written ?? `${stampOf(at)}${mail.id}.eml`;
      if (!written) {
        const path = join(options.folder, file);
        await writeFile(`${path}.tmp`, await asMessage(mail, options.from, at), { mode: 0o600 });
        await rename(`${path}.tmp`, path);
      }
      await options.records.read
        .insertInto('outbox')
        .values({
          id: mail.id,
          study_id: mail.studyId,
          kind: mail.kind,
          to_address: mail.to,
          subject: mail.subject,
          // The code and the link of a sign-in are for the person alone, not for a list.
          text: mail.kind === 'sign-in' ? '' : mail.text,
          file,
          at,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
  };
}

/** @returns the beginning of a file's name, so that they stand in order of time */
function stampOf(at: number): string {
  return `${new Date(at).toISOString().replace(/[:.]/g, '-')}-`;
}

function isFileOf(name: string, id: string): boolean {
  return name.slice(stampOf(0).length) === `${id}.eml`;
}

function asMessage(mail: Mail, from: string, at: number): Promise<Buffer> {
  const composer = new MailComposer({
    ...mailHeaders(mail, from),
    text: mail.text,
    date: new Date(at),
    messageId: `<${mail.id}@casebook.invalid>`,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const message = composer.compile();
  // Whoever runs this reads the file as it is: a link broken over two lines could not be followed.
  message.getTransferEncoding = () => '8bit';
  return new Promise((resolve, reject) => {
    message.build((error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}
