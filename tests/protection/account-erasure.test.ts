import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { PASSKEY_FRESH } from '../../server/accounts/erasure-routes.ts';
import { issueLink } from '../../server/accounts/links.ts';
import { createPerson, renamePerson } from '../../server/accounts/people.ts';
import { AT_THE_COMMAND_LINE } from '../../server/audit/audit-chain.ts';
import { checkAudit } from '../../server/audit/audit-check.ts';
import { checkBlocks } from '../../server/cli/check.ts';
import { clearUpErased, eraseAccount } from '../../server/protection/account-erasure.ts';
import { discardMarkedLetters } from '../../server/protection/letters-to-discard.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';

/** Stand nowhere else in any file: a search for their bytes finds them or nothing. */
const NAME = 'Zephyrine Quillfeather';
const BEFORE = 'Zephyrine Oldername';
const TELEPHONE = '+44 1632 960 731';
const EMAIL = 'zephyrine.quillfeather@team.example';

let service: ComposedService;
let leadId: string;
let lead: PageCalls;
let studyId: string;
let caseId: string;
let schoolId: string;
let blockId: string;

beforeEach(async () => {
  service = await composeService();
  leadId = await service.person('Imogen Farrell');
  lead = await service.signedIn(leadId);
  const made = await service.study(leadId);
  studyId = made.studyId;
  schoolId = made.schoolId;
  caseId = made.case.id;
  blockId = made.case.blocks.find(({ sectionId }) => sectionId === '2.4')?.blockId ?? '';
});
afterEach(() => service.close());

interface Member {
  readonly id: string;
  readonly page: PageCalls;
}

/** Comes in by an invitation, takes another name, and leaves traces wherever one can. */
async function busyMember(): Promise<Member> {
  const { link } = await lead.call(
    'POST /api/studies/:studyId/invitations',
    { id: newId(), email: EMAIL, name: BEFORE, role: 'fieldworker', caseId: null, schoolId: null },
    { studyId },
  );
  const token = new URL(link).hash.slice(1);
  const { person } = await service.browser().call('POST /api/links/redeem', { token });
  // By a link from her own mail, as the invitation might have been somebody else's: that ends the session of before.
  const page = await service.signedIn(person.id);
  await page.call('PATCH /api/session/person', { name: NAME });
  await page.call('PUT /api/account/telephone', { telephone: TELEPHONE });
  await page.call('POST /api/tokens', { id: newId(), name: `of ${NAME}` });
  const second = await service.signedIn(person.id);
  await second.call('POST /api/session/request', { email: EMAIL });
  await page.call(
    'PUT /api/blocks/:blockId/status',
    { status: 'drafting', assigneeId: person.id },
    { blockId },
  );
  await write(person.id, 'What she wrote');
  return { id: person.id, page };
}

async function write(personId: string, words: string): Promise<void> {
  const { blocks, clock } = service.parts;
  const lineage = (await blocks.load(blockId))?.lineage ?? '';
  const doc = new Y.Doc();
  doc.getText('field/x').insert(0, words);
  await blocks.append([
    {
      blockId,
      lineage,
      authorId: personId,
      onBehalfOf: null,
      serverTime: clock.now(),
      deviceTime: null,
      clients: [{ client: doc.clientID, from: 0, to: words.length }],
      bytes: Y.encodeStateAsUpdate(doc),
    },
  ]);
}

async function crowd(size: number): Promise<void> {
  const { records, random } = service.parts;
  await records.transaction(async (transaction) => {
    for (let at = 0; at < size; at += 1) {
      const email = `${random.id().toLowerCase()}@team.example`;
      const { id } = await createPerson(transaction, service.parts, { name: email, email, isHost: false });
      await issueLink(service.parts, { kind: 'sign-in', personId: id, email }, transaction);
    }
  });
}

const outbox = () => join(service.parts.settings.dataDir, 'outbox');

/** Goes on from the letter with the digits, as a person does. */
async function erase(member: Member): Promise<void> {
  await member.page.call('POST /api/account/erasure/code', {});
  await member.page.call('POST /api/account/erasure', { code: await digits(EMAIL) });
}

async function digits(address: string): Promise<string> {
  const names = (await readdir(outbox())).sort();
  const letters = await Promise.all(
    names.map((name) => readFile(join(outbox(), name), 'utf8').catch(() => '')),
  );
  const letter = letters
    .filter((text) => text.includes(`To: ${address}`) && text.includes('delete your'))
    .at(-1);
  return /\bis (\d{6})\b/.exec(letter ?? '')?.[1] ?? '';
}

/** @returns names of files of the data folder in which these words stand, whatever is around them */
async function filesWith(words: string): Promise<string[]> {
  const { dataDir } = service.parts.settings;
  const found: string[] = [];
  for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // One of the letters may just be getting its own name.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.of());
    for (const encoded of [Buffer.from(words), Buffer.from(words, 'utf16le')]) {
      if (bytes.includes(encoded)) found.push(entry.name);
    }
  }
  return found;
}

describe('deleting one’s account', () => {
  it('[PRIVACY-5] leaves no byte of name or address in the database, its journals or the outbox', async () => {
    // Rows move between the pages of a table as it grows on both sides of theirs.
    await crowd(150);
    const member = await busyMember();
    await crowd(150);
    for (const words of [NAME, BEFORE, EMAIL, TELEPHONE])
      expect(await filesWith(words), words).not.toEqual([]);
    const device = service.browser();
    const left = (personId: string) => device.call('POST /api/session/left', { personId });
    expect(await left(member.id)).toEqual({ erased: false });
    await erase(member);
    for (const words of [NAME, BEFORE, EMAIL, TELEPHONE]) expect(await filesWith(words), words).toEqual([]);
    // What another device still holds for them can be sent by nobody any more, which it then says.
    expect([await left(member.id), await left(leadId), await left('nobody')]).toEqual([
      { erased: true },
      { erased: false },
      { erased: false },
    ]);
  });

  it('[PRIVACY-5] ends every way in at once: sessions, tokens, passkeys, accounts elsewhere, links', async () => {
    const member = await busyMember();
    const program = await service.program(member.id);
    const other = await service.signedIn(member.id);
    const records = service.parts.records.read;
    await records
      .insertInto('oidc_bindings')
      .values({
        id: 'b',
        user_id: member.id,
        issuer: 'https://i.example',
        subject: 's',
        created_at: 0,
        last_used_at: 0,
      })
      .execute();
    const ended: string[] = [];
    service.parts.bus.subscribe((message) => {
      if (message.t === 'signed-out') ended.push(message.credentialId);
    });
    await erase(member);
    for (const page of [member.page, other, program]) {
      expect((await page.refused('GET /api/studies')).code).toBe('not-signed-in');
    }
    expect(member.page.cookies.size).toBe(0);
    // Two browsers of hers, one that was made for her, and two tokens.
    expect(ended).toHaveLength(5);
    for (const table of ['passkeys', 'oidc_bindings', 'api_tokens', 'members'] as const) {
      expect(
        await records.selectFrom(table).select('user_id').where('user_id', '=', member.id).execute(),
      ).toEqual([]);
    }
    await member.page.call('POST /api/session/request', { email: EMAIL });
    expect((await lead.call('GET /api/studies/:studyId', undefined, { studyId })).members).toHaveLength(1);
  });

  it('[PRIVACY-5] lets nothing through that was on its way for them: no session, token or name', async () => {
    const { parts } = service;
    const member = await busyMember();
    await erase(member);
    await expect(service.signedIn(member.id)).rejects.toThrow();
    await expect(service.program(member.id)).rejects.toMatchObject({ code: 'not-signed-in' });
    expect(await renamePerson(parts.records.read, member.id, NAME, 1)).toBe(false);
    for (const table of ['session', 'api_tokens'] as const) {
      const of = table === 'session' ? 'userId' : 'user_id';
      const left = await parts.records.read
        .selectFrom(table)
        .select('id')
        .where(of, '=', member.id)
        .execute();
      expect(left, table).toEqual([]);
    }
  });

  it('[PRIVACY-5] [ACCESS-4] closes sockets that are open, of pages and of programs', async () => {
    const member = await busyMember();
    const { token } = await service.program(member.id);
    const cookie = [...member.page.cookies].map((pair) => pair.join('=')).join('; ');
    const open = async (protocols: string[], headers: Record<string, string>): Promise<WebSocket> => {
      const address = `${service.url.replace('http', 'ws')}/collab`;
      const socket = new WebSocket(address, protocols, { origin: service.parts.settings.publicUrl, headers });
      await once(socket, 'open');
      return socket;
    };
    const page = await open(['casebook.1'], { cookie });
    const program = await open(['casebook.1', `casebook.token.${token}`], {});
    const closed = [page, program].map((socket) => once(socket, 'close'));
    await erase(member);
    for (const [code] of await Promise.all(closed)) expect(code).toBeGreaterThanOrEqual(4_000);
  });

  it('[PRIVACY-5] [WEB-1] sends only so many codes for it', async () => {
    const member = await busyMember();
    for (let at = 0; at < 5; at += 1) await member.page.call('POST /api/account/erasure/code', {});
    expect((await member.page.refused('POST /api/account/erasure/code', {})).code).toBe('too-many');
  });

  it('[PRIVACY-5] keeps what was written and done, under no name, and all of it whole', async () => {
    const member = await busyMember();
    const before = await checkBlocks(service.parts.blocks);
    await erase(member);
    const after = await checkBlocks(service.parts.blocks);
    expect(after).toEqual(before);
    expect(after.faults).toEqual([]);
    expect((await checkAudit(service.parts.records)).faults).toEqual([]);
    const row = await service.parts.records.read
      .selectFrom('block_log')
      .select('author_id')
      .where('author_id', '=', member.id)
      .executeTakeFirst();
    expect(row?.author_id).toBe(member.id);
    const { entries, names } = await lead.call('GET /api/studies/:studyId/audit', undefined, { studyId });
    expect(entries[0]).toMatchObject({ kind: 'account-erased', personId: member.id });
    expect(names[`person/${member.id}`]).toBe('A former member');
    const { people } = await lead.call('GET /api/studies/:studyId/held', undefined, { studyId });
    expect(people.find(({ id }) => id === member.id)).toMatchObject({ name: 'A former member', role: null });
  });

  it('[PRIVACY-5] leaves the name that a study gave them, unless it is their own', async () => {
    const member = await busyMember();
    const second = await service.study(leadId);
    await service.join(second.studyId, member.id, 'viewer');
    const path = { studyId: second.studyId, personId: member.id };
    await lead.call('DELETE /api/studies/:studyId/members/:personId', undefined, path);
    await lead.call('PUT /api/studies/:studyId/former/:personId', { name: 'A visitor in May' }, path);
    await service.parts.records.read
      .insertInto('former_people')
      .values({ study_id: studyId, person_id: member.id, called: NAME, set_by: leadId, set_at: 0 })
      .execute();
    await erase(member);
    const called = await service.parts.records.read
      .selectFrom('former_people')
      .select(['study_id', 'called'])
      .where('person_id', '=', member.id)
      .execute();
    expect(new Map(called.map((row) => [row.study_id, row.called]))).toEqual(
      new Map([
        [studyId, 'A former member'],
        [second.studyId, 'A visitor in May'],
      ]),
    );
  });

  it('[PRIVACY-5] a school contact is at once a former contact', async () => {
    const wanted = { role: 'contact', caseId, schoolId } as const;
    const { mailer } = service.parts;
    const send = mailer.send;
    const written = new Promise<void>((resolve) => {
      vi.spyOn(mailer, 'send').mockImplementationOnce(async (mail) => {
        await send.call(mailer, mail);
        resolve();
      });
    });
    const { link } = await lead.call(
      'POST /api/studies/:studyId/invitations',
      { id: newId(), email: EMAIL, name: NAME, ...wanted },
      { studyId },
    );
    expect(link).not.toBe('');
    await written;
    const head = await service.person(NAME);
    await service.join(studyId, head, 'contact');
    await clearUpErased(service.parts, await eraseAccount(service.parts, head, AT_THE_COMMAND_LINE));
    const { people } = await lead.call('GET /api/studies/:studyId/held', undefined, { studyId });
    expect(people.find(({ id }) => id === head)).toMatchObject({
      name: 'A former contact',
      called: 'A former contact',
      was: { leftAt: expect.any(Number) },
    });
    // The invitation was still open: it is taken back, and the record tells.
    const { entries } = await lead.call('GET /api/studies/:studyId/audit', undefined, { studyId });
    expect(entries.map(({ kind }) => kind)).toContain('invitation-withdrawn');
    for (const words of [NAME, EMAIL]) expect(await filesWith(words), words).toEqual([]);
  });

  it('[PRIVACY-5] waits for whoever leads a study alone to hand it over, and says which', async () => {
    const view = await lead.call('GET /api/account/erasure');
    expect(view).toMatchObject({ ledAlone: [{ id: studyId, title: 'A study' }], passkeyShown: false });
    await lead.call('POST /api/account/erasure/code', {});
    const code = await digits('imogen.farrell@team.example');
    const refused = await lead.refused('POST /api/account/erasure', { code });
    expect(refused.code).toBe('conflict');
    expect(refused.detail).toContain('“A study”');
    const other = await service.person('Ruth Adeyemi');
    await service.join(studyId, other, 'owner');
    // The digits were not spent on what could not be.
    await lead.call('POST /api/account/erasure', { code });
    expect((await lead.call('GET /api/session')).person).toBeNull();
  });

  it('[PRIVACY-5] a study in the bin is named, and is in nobody’s way', async () => {
    await lead.call('DELETE /api/studies/:studyId', undefined, { studyId });
    expect(await lead.call('GET /api/account/erasure')).toMatchObject({
      ledAlone: [],
      binnedAlone: [{ id: studyId }],
      ownsAlone: true,
    });
  });

  it('[PRIVACY-5] asks who it is: by digits sent for this alone, or a passkey shown just now', async () => {
    const member = await busyMember();
    for (const code of ['000000', null]) {
      expect((await member.page.refused('POST /api/account/erasure', { code })).code).toBe('code-not-usable');
    }
    await member.page.call('POST /api/account/erasure/code', {});
    const code = await digits(EMAIL);
    const signIn = { email: EMAIL, code };
    expect((await service.browser().refused('POST /api/session/code', signIn)).code).toBe('code-not-usable');
    expect((await lead.refused('POST /api/account/erasure', { code })).code).not.toBe('internal');
    const { devices } = await member.page.call('GET /api/devices');
    const sessionId = devices.find(({ current }) => current)?.id ?? '';
    const records = service.parts.records.read;
    const shown = async (at: number) => {
      await records.deleteFrom('session_passkeys').execute();
      await records
        .insertInto('session_passkeys')
        .values({ session_id: sessionId, passkey_id: 'p', at })
        .execute();
    };
    await records
      .insertInto('passkeys')
      .values({
        id: 'p',
        user_id: member.id,
        credential_id: 'c',
        rp_id: 'localhost',
        public_key: new Uint8Array([1]),
        counter: 0,
        transports: '[]',
        synced: 0,
        name: 'Laptop',
        created_at: 0,
        last_used_at: null,
      })
      .execute();
    await shown(service.parts.clock.now() - PASSKEY_FRESH - 1);
    expect((await member.page.refused('POST /api/account/erasure', { code: null })).code).toBe(
      'code-not-usable',
    );
    await shown(service.parts.clock.now());
    expect((await member.page.call('GET /api/account/erasure')).passkeyShown).toBe(true);
    await member.page.call('POST /api/account/erasure', { code: null });
    expect((await member.page.call('GET /api/session')).person).toBeNull();
  });

  it('[PRIVACY-5] the same address may be invited anew, as somebody else', async () => {
    const member = await busyMember();
    await erase(member);
    const again = await busyMember();
    expect(again.id).not.toBe(member.id);
    const detail = await lead.call('GET /api/studies/:studyId', undefined, { studyId });
    expect(detail.members.map(({ name }) => name)).toContain(NAME);
    const { entries, names } = await lead.call('GET /api/studies/:studyId/audit', undefined, { studyId });
    expect(entries.length).toBeGreaterThan(0);
    expect(names[`person/${member.id}`]).toBe('A former member');
  });

  it('[PRIVACY-5] [PRIVACY-3] a lead’s file on them names nobody, and holds nothing of others', async () => {
    const member = await busyMember();
    await erase(member);
    const path = `/api/studies/${studyId}/people/${member.id}/export.json`;
    const { body } = await lead.send('GET', path);
    expect(body).toMatchObject({ account: { name: 'A former member', email: '' }, devices: [], letters: [] });
    expect(JSON.stringify(body)).not.toContain('team.example');
  });

  it('[PRIVACY-5] takes the name out of letters that invited others, and leaves what they need', async () => {
    const member = await busyMember();
    const path = { studyId, personId: member.id };
    await lead.call('PATCH /api/studies/:studyId/members/:personId', { role: 'owner' }, path);
    const wanted = {
      email: 'new@team.example',
      name: '',
      role: 'viewer',
      caseId: null,
      schoolId: null,
    } as const;
    const body = { id: newId(), ...wanted };
    const { link } = await member.page.call('POST /api/studies/:studyId/invitations', body, { studyId });
    await erase(member);
    const { mails } = await lead.call('GET /api/studies/:studyId/outbox', undefined, { studyId });
    const letter = mails.find(({ to }) => to === 'new@team.example');
    expect(letter?.text).toContain('A former member invites you to take part in “A study”');
    expect(letter?.text).toContain(link);
    expect(letter?.text, 'as other letters call a day').toMatch(/\nIt works until \d+ [A-Z][a-z]+ \d{4}\. /);
    expect(await filesWith(NAME)).toEqual([letter?.file]);
  });

  it('[PRIVACY-5] [STOP-1] a stop right after it leaves no letter: the next start deletes them', async () => {
    const member = await busyMember();
    await member.page.call('POST /api/account/erasure/code', {});
    expect(await digits(EMAIL)).not.toBe('');
    const letters = (await filesWith(EMAIL)).filter((name) => name.endsWith('.eml'));
    await eraseAccount(service.parts, member.id, AT_THE_COMMAND_LINE);
    expect(await readdir(outbox())).toEqual(expect.arrayContaining(letters));
    await discardMarkedLetters(service.parts);
    const left = await readdir(outbox());
    expect(letters.filter((name) => left.includes(name))).toEqual([]);
    const marks = await service.parts.records.read.selectFrom('meta').select('key').execute();
    expect(marks.filter(({ key }) => key.startsWith('letters-'))).toEqual([]);
  });

  it('[PRIVACY-5] deletes letters to that address alone, also one that no list knows', async () => {
    const member = await busyMember();
    const to = (address: string) => `From: a@b.example\r\nTo: ${address}\r\nSubject: x\r\n\r\nHello\r\n`;
    const mine = ['1.eml', '2.eml.tmp'];
    await writeFile(join(outbox(), '1.eml'), to(EMAIL.toUpperCase()));
    await writeFile(join(outbox(), '2.eml.tmp'), to(`Zeph <${EMAIL}>`));
    await writeFile(join(outbox(), '3.eml'), to('somebody@else.example'));
    await writeFile(join(outbox(), '4.eml'), to(`x${EMAIL}`));
    await writeFile(join(outbox(), '5.eml'), to(`somebody@else.example, ${EMAIL}`));
    await erase(member);
    const left = await readdir(outbox());
    for (const name of mine) expect(left).not.toContain(name);
    expect(left).toEqual(expect.arrayContaining(['3.eml', '4.eml', '5.eml']));
  });
});
