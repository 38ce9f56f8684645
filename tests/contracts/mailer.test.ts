import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outboxMailer } from '../../server/adapters/outbox/mailer.ts';
import { smtpMailer } from '../../server/adapters/smtp/mailer.ts';
import { createTestParts } from '../support/parts.ts';
import { openSmtpSink } from '../support/smtp-sink.ts';
import { MAIL, mailerContract } from './mailer.contract.ts';

const FROM = 'Casebook <casebook@casebook.example>';

async function openOutbox() {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-outbox-'));
  const parts = await createTestParts();
  const outbox = join(folder, 'outbox');
  return {
    parts,
    outbox,
    mailer: outboxMailer({ folder: outbox, from: FROM, records: parts.records, clock: parts.clock }),
    async arrived() {
      const names = (await readdir(outbox).catch(() => [] as string[])).sort();
      return Promise.all(names.map((name) => readFile(join(outbox, name), 'utf8')));
    },
    breakDown: () => writeFile(outbox, 'a file where the folder should be'),
    async close() {
      await parts.close();
      await rm(folder, { recursive: true });
    },
  };
}

mailerContract('to the outbox', openOutbox);

mailerContract('over SMTP', async () => {
  const sink = await openSmtpSink();
  return {
    mailer: smtpMailer({ url: sink.url, from: FROM }),
    arrived: async () => sink.messages,
    breakDown: sink.close,
    close: sink.close,
  };
});

describe('the outbox', () => {
  it('lists its mails, and keeps the code of a sign-in out of the list', async () => {
    const opened = await openOutbox();
    await opened.mailer.send(MAIL);
    await opened.mailer.send({
      ...MAIL,
      id: 'mail-2',
      kind: 'invitation',
      studyId: 'study1',
      text: 'Come in.',
    });
    const rows = await opened.parts.records.read.selectFrom('outbox').selectAll().orderBy('id').execute();
    expect(rows).toMatchObject([
      { id: 'mail-1', study_id: null, kind: 'sign-in', to_address: 'ann@example.org', text: '' },
      { id: 'mail-2', study_id: 'study1', kind: 'invitation', text: 'Come in.' },
    ]);
    const names = await readdir(opened.outbox);
    expect(names.sort()).toEqual(rows.map((row) => row.file).sort());
    expect((await stat(join(opened.outbox, names[0] as string))).mode & 0o777).toBe(0o600);
    await opened.close();
  });
});

describe('a letter in the outbox', () => {
  it('[LETTER-2] is written once, also where the server was ended before it listed it', async () => {
    const opened = await openOutbox();
    await opened.mailer.send({ ...MAIL, id: 'one' });
    await opened.mailer.send({ ...MAIL, id: 'not-one' });
    await opened.parts.records.read.deleteFrom('outbox').execute();
    opened.parts.clock.advance(60_000);
    await opened.mailer.send({ ...MAIL, id: 'one' });
    expect(await readdir(opened.outbox)).toHaveLength(2);
    const rows = await opened.parts.records.read.selectFrom('outbox').select('file').execute();
    expect(rows.map(({ file }) => file.endsWith('Z-one.eml'))).toEqual([true]);
    await opened.close();
  });

  it('can be read in the file as it is: a long link stands on one line', async () => {
    const opened = await openOutbox();
    const text = `Maud invites you to “Lesson study in Harbour Vale”. This link is for you alone, and opens once:\nhttps://casebook.a-long-name-of-a-county.example/enter#${'aB3-'.repeat(11)}\n`;
    await opened.mailer.send({ ...MAIL, text });
    const [letter] = await opened.arrived();
    expect(letter).toContain('Content-Transfer-Encoding: 8bit');
    expect(letter?.replaceAll('\r\n', '\n')).toContain(text);
    await opened.close();
  });
});

describe('mail over SMTP', () => {
  it('goes to its one recipient, whatever stands in the address', async () => {
    const sink = await openSmtpSink();
    const mailer = smtpMailer({ url: sink.url, from: FROM });
    await mailer.send(MAIL);
    await mailer.send({ ...MAIL, id: 'mail-2', to: 'ann@example.org, eve@example.org' }).catch(() => {});
    expect(sink.recipients.join()).not.toContain('eve@');
    await sink.close();
  });
});
