import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { issueLink } from '../../server/accounts/links.ts';
import { recordInStudy } from '../../server/audit/audit-chain.ts';
import { PERSON_TABLES } from '../../server/protection/person-rows.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { type PersonFile, personFile } from '../../shared/protection/person-file.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';
import { sheetOf } from './sheets-on-trial.ts';

const DAY = 86_400_000;
let service: ComposedService;
let lead: string;
let page: PageCalls;
let head: { id: string; page: PageCalls };
let editor: string;
let study: Awaited<ReturnType<ComposedService['study']>>;
let elsewhere: Awaited<ReturnType<ComposedService['study']>>;
const secrets: string[] = [];

beforeAll(async () => {
  service = await composeService();
  const { parts } = service;
  lead = await service.person('Lena Lead');
  editor = await service.person('Edith Editor');
  page = await service.signedIn(lead);
  study = await service.study(lead);
  await service.join(study.studyId, editor, 'editor');
  await page.call(
    'POST /api/studies/:studyId/sheets',
    { id: newId(), after: 0, parts: sheetOf('Names.') },
    { studyId: study.studyId },
  );
  const invite = async (schoolId: string, caseId: string, studyId: string) =>
    (
      await page.call(
        'POST /api/studies/:studyId/invitations',
        { id: newId(), email: 'petra@school.example', name: 'Petra Lind', role: 'contact', caseId, schoolId },
        { studyId },
      )
    ).link;
  const link = await invite(study.schoolId, study.case.id, study.studyId);
  secrets.push(new URL(link).hash.slice(1));
  const browser = service.browser();
  const entered = await browser.call('POST /api/links/redeem', {
    token: new URL(link).hash.slice(1),
    sheet: 1,
  });
  head = { id: entered.person.id, page: browser };
  // In another study of somebody else's, she is one of the team.
  const other = await service.person('Otto Other');
  elsewhere = await service.study(other);
  await service.join(elsewhere.studyId, head.id, 'fieldworker');
  const { token } = await browser.call('POST /api/tokens', { id: newId(), name: 'Her figures' });
  secrets.push(token, ...[...browser.cookies.values()].map((value) => value.split('.')[0] as string));
  await browser.call('POST /api/session/request', { email: 'petra@school.example' });

  const asked = study.case.blocks.find(({ schoolId }) => schoolId !== null)?.blockId as string;
  const theirs = elsewhere.case.blocks[0]?.blockId as string;
  await write(asked, head.id, 10 * DAY + 5);
  await write(asked, head.id, 10 * DAY + 9);
  await write(asked, head.id, 12 * DAY);
  await write(asked, lead, 12 * DAY);
  await write(theirs, head.id, 13 * DAY);
  await parts.records.read
    .insertInto('lost_words')
    .values([lost(asked, 'Her own words', head.id, lead), lost(asked, 'Words of the lead', lead, head.id)])
    .execute();
  await parts.records.read
    .insertInto('section_status')
    .values({
      block_id: theirs,
      status: 'ready',
      set_by: head.id,
      set_at: 5,
      agreed_fingerprint: null,
      not_applicable: null,
      assignee_id: head.id,
      due_on: '2026-12-01',
    })
    .onConflict((conflict) =>
      conflict.column('block_id').doUpdateSet({ set_by: head.id, set_at: 5, assignee_id: head.id }),
    )
    .execute();
  await parts.records.read
    .insertInto('block_grants')
    .values({ block_id: asked, person_id: head.id, level: 'read', set_by: lead, set_at: 7 })
    .execute();
});
afterAll(() => service.close());

function lost(blockId: string, words: string, author: string, cause: string) {
  return {
    id: newId(),
    block_id: blockId,
    words,
    before_text: '',
    after_text: '',
    author_id: author,
    caused_by_id: cause,
    cause: 'removed' as const,
    at: 1,
    settled_at: null,
    settled_by: null,
    settled_how: null,
  };
}

async function write(blockId: string, authorId: string, serverTime: number): Promise<void> {
  const { blocks } = service.parts;
  const doc = new Y.Doc();
  doc.getText('field/x').insert(0, 'x');
  const stored = await blocks.load(blockId);
  await blocks.append([
    {
      blockId,
      lineage: stored?.lineage ?? '',
      authorId,
      onBehalfOf: null,
      serverTime,
      deviceTime: null,
      clients: [],
      bytes: Y.encodeStateAsUpdate(doc),
    },
  ]);
}

const own = '/api/account/export';
const of = (personId: string, studyId = study.studyId) => `/api/studies/${studyId}/people/${personId}/export`;
async function fileOf(calls: PageCalls, path: string): Promise<{ file: PersonFile; text: string }> {
  const answer = await calls.send('GET', `${path}.json`);
  expect(answer.status).toBe(200);
  return { file: personFile.parse(answer.body), text: JSON.stringify(answer.body) };
}

describe('everything held on oneself', () => {
  it('[PRIVACY-3] is one file of the shape that is published, over all studies', async () => {
    await head.page.call('PUT /api/account/telephone', { telephone: '+44 1632 960 731' });
    const { file } = await fileOf(head.page, own);
    expect(file.about).toMatchObject({
      reach: 'own',
      study: null,
      service: service.parts.settings.publicUrl,
    });
    expect(file.account).toMatchObject({
      name: 'Petra Lind',
      email: 'petra@school.example',
      telephone: '+44 1632 960 731',
    });
    expect(file.devices).toHaveLength(1);
    expect(file.tokens).toMatchObject([{ name: 'Her figures', reach: 'writes', endedAt: null }]);
    expect(file.codes).toHaveLength(1);
    expect(file.studies.map(({ role }) => role).sort()).toEqual(['contact', 'fieldworker']);
    expect(file.contactFor).toMatchObject([{ school: 'Hillside', caseId: study.case.id }]);
    expect(file.invitations.filter(({ kind }) => kind === 'contact')).toMatchObject([
      { name: 'Petra Lind', email: 'petra@school.example', role: 'contact', school: 'Hillside' },
    ]);
    expect(file.letters.map(({ to }) => to)).toContain('petra@school.example');
    expect(file.writtenLetters).toMatchObject([
      { kind: 'invitation', state: 'by-hand', to: 'petra@school.example', study: 'A study' },
    ]);
    expect(file.sheets).toMatchObject([{ version: 1, how: 'invitation' }]);
    expect(file.sharing).toMatchObject([{ level: 'read' }]);
    expect(file.assigned).toHaveLength(1);
    expect(file.statuses).toMatchObject([{ studyId: elsewhere.studyId }]);
    expect(file.wrote.map(({ day, edits }) => [day, edits]).sort()).toEqual([
      ['1970-01-11', 2],
      ['1970-01-13', 1],
      ['1970-01-14', 1],
    ]);
    expect(
      file.lostWords
        .map(({ words, part }) => [words, part])
        .toSorted()
        .toReversed(),
    ).toEqual([
      ['Her own words', 'wrote'],
      ['', 'hid'],
    ]);
    expect(file.did.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['invitation-taken-up', 'signed-in', 'token-made', 'person-exported']),
    );
    expect(file.saidOfThem).toMatchObject([
      { kind: 'invited', said: 'Somebody else invited Petra Lind as school contact.' },
    ]);
    const schema = await service.browser().send('GET', '/api/person-file/schema.json');
    expect(schema.body).toMatchObject({ properties: { wrote: { type: 'array' } } });
  });

  it('[PRIVACY-3] [WEB-1] holds no secret, nobody else’s name or network, and of the case that asks her no title', async () => {
    const { file, text } = await fileOf(head.page, own);
    const html = (await head.page.send('GET', `${own}.html`)).body as string;
    expect(secrets.length).toBeGreaterThan(2);
    for (const told of [text, html]) {
      for (const secret of secrets) expect(told).not.toContain(secret);
      for (const name of ['Lena', 'Edith', 'Otto', 'Words of the lead', 'team.example']) {
        expect(told).not.toContain(name);
      }
    }
    const asked = file.wrote.filter(({ studyId }) => studyId === study.studyId);
    expect(new Set(asked.map((row) => row.case))).toEqual(new Set([null]));
    expect(file.wrote.find(({ studyId }) => studyId === elsewhere.studyId)?.case).toBe('A case');
  });

  it('[PRIVACY-3] speaks on its page to the person, in the words of other pages', async () => {
    const html = (await head.page.send('GET', `${own}.html`)).body as string;
    const cells = [...html.matchAll(/<td[^>]*>([^<]*)</g)].map(([, words]) => words);
    const told = ['School contact', 'Fieldworker', 'Reads', 'Reads and writes', 'Beside an invitation'];
    expect(cells).toEqual(expect.arrayContaining([...told, 'Invitation of a school contact', 'On the page']));
    for (const raw of [
      'contact',
      'fieldworker',
      'read',
      'writes',
      'invitation',
      'page',
      'signed-in',
      'true',
    ]) {
      expect(cells).not.toContain(raw);
    }
    expect(html).toContain('Everything that Casebook holds on you');
    expect(html).toContain('<dt>Address shown to be yours</dt><dd>');
    expect(html).not.toMatch(/\b(holds on them|theirs)\b/);
    expect(html).not.toContain(head.id);
    // For somebody else to read, it speaks of the person.
    const given = (await page.send('GET', `${of(head.id)}.html`)).body as string;
    expect(given).toContain('holds on them');
    // The file for programs keeps its own words.
    expect((await fileOf(head.page, own)).file.studies.map(({ role }) => role)).toContain('contact');
  });

  it('[PRIVACY-3] leaves out no table that names them', async () => {
    const { read } = service.parts.records;
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`.execute(read);
    const tables = rows
      .map(({ name }) => name)
      // the tables that FTS5 keeps the index of `search_entries` in are the index's own
      .filter((name) => name !== 'migrations' && !name.startsWith('search_words'));
    expect(tables.sort()).toEqual(Object.keys(PERSON_TABLES).sort());
    const { file } = await fileOf(head.page, own);
    for (const [table, parts] of Object.entries(PERSON_TABLES)) {
      const { rows: all } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
        read,
      );
      const names = all.some((row) =>
        Object.values(row).some(
          (value) =>
            typeof value === 'string' && (value.includes(head.id) || value.includes('petra@school.example')),
        ),
      );
      if (names) expect(parts, table).not.toEqual([]);
      for (const part of parts) expect(file, table).toHaveProperty(part);
    }
  });

  it('[PRIVACY-3] tells of passkeys what they are called and when they came, to themselves alone', async () => {
    await service.parts.records.read
      .insertInto('passkeys')
      .values({
        id: 'her-passkey',
        user_id: head.id,
        credential_id: 'credential',
        rp_id: 'localhost',
        public_key: new Uint8Array([7]),
        counter: 0,
        transports: '["internal"]',
        synced: 1,
        name: 'Her phone',
        created_at: service.parts.clock.now(),
        last_used_at: null,
      })
      .execute();
    const { file, text } = await fileOf(head.page, own);
    expect(file.passkeys).toMatchObject([
      { name: 'Her phone', site: 'localhost', synced: true, lastUsedAt: null },
    ]);
    expect(text).not.toContain('credential');
    const { file: theirs } = await fileOf(page, of(head.id));
    expect(theirs.passkeys).toEqual([]);
  });

  it('[PRIVACY-3] [OIDC-1] tells which account elsewhere signs them in, to themselves alone', async () => {
    const { read } = service.parts.records;
    const at = service.parts.clock.now();
    const binding = { issuer: 'https://id.example', subject: 'u-7', created_at: at, last_used_at: at };
    await read
      .insertInto('oidc_bindings')
      .values({ id: 'hers', user_id: head.id, ...binding })
      .execute();
    const session = await read
      .selectFrom('session')
      .select('id')
      .where('userId', '=', head.id)
      .executeTakeFirstOrThrow();
    await read.insertInto('session_oidc').values({ session_id: session.id, binding_id: 'hers' }).execute();
    const { file } = await fileOf(head.page, own);
    expect(file.services).toMatchObject([{ id: 'hers', issuer: 'https://id.example', subject: 'u-7' }]);
    expect(file.devices.map(({ serviceId }) => serviceId)).toContain('hers');
    const { file: theirs } = await fileOf(page, of(head.id));
    expect(theirs.services).toEqual([]);
  });

  it('[PRIVACY-3] is for the person at a page: no token gets it, nobody who is not signed in', async () => {
    for (const format of ['json', 'html']) {
      expect((await service.browser().send('GET', `${own}.${format}`)).status).toBe(401);
      expect((await (await service.program(head.id)).send('GET', `${own}.${format}`)).status).toBe(403);
    }
  });
});

describe('everything that a study holds on somebody', () => {
  it('[PRIVACY-3] is the lead’s to give, and tells of this study alone', async () => {
    const { file, text } = await fileOf(page, of(head.id));
    expect(file.about).toMatchObject({ reach: 'study', studyId: study.studyId, study: 'A study' });
    expect(file.studies).toMatchObject([{ studyId: study.studyId, role: 'contact' }]);
    expect(file.wrote.map(({ day }) => day)).toEqual(['1970-01-11', '1970-01-13']);
    expect(file.lostWords).toHaveLength(2);
    expect(file.codes).toEqual([]);
    expect(file.assigned).toEqual([]);
    expect(text).not.toContain(elsewhere.studyId);
    expect(text).not.toContain('Lena');
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('[PRIVACY-3] [ACCESS-1] nobody else gets it, nor of whom the study holds nothing', async () => {
    const stranger = await service.person('Stig Stranger');
    for (const [who, status] of [
      [editor, 403],
      [head.id, 404],
      [stranger, 404],
    ] as const) {
      const calls = await service.program(who);
      for (const format of ['json', 'html']) {
        expect((await calls.send('GET', `${of(head.id)}.${format}`)).status).toBe(status);
      }
    }
    for (const whom of [stranger, 'nobody']) {
      expect((await page.send('GET', `${of(whom)}.json`)).status).toBe(404);
    }
    expect((await page.send('GET', `${of(head.id, elsewhere.studyId)}.json`)).status).toBe(404);
  });

  it('[PRIVACY-3] [AUDIT-1] stands in the record, by whom and of whom, and is not given out where it cannot', async () => {
    await fileOf(page, of(head.id));
    await head.page.send('GET', `${own}.html`);
    const { entries } = await page.call('GET /api/studies/:studyId/audit', undefined, {
      studyId: study.studyId,
    });
    const exported = entries.filter(({ kind }) => kind === 'person-exported');
    expect(exported.slice(0, 2)).toMatchObject([
      { kind: 'person-exported', personId: head.id, detail: { format: 'html', reach: 'own' } },
      {
        kind: 'person-exported',
        personId: lead,
        object: { kind: 'person', id: head.id },
        detail: { format: 'json', reach: 'study' },
      },
    ]);
    const sentences = exported
      .slice(0, 2)
      .map((entry) => auditSentence(entry, {}).replace(/^Somebody who is no longer here /, ''));
    expect(sentences).toEqual([
      'read everything that Casebook holds on themselves.',
      'downloaded everything that this study holds on somebody who is no longer here.',
    ]);
    const { read } = service.parts.records;
    await sql`create trigger full_disk before insert on audit begin select raise(abort, 'no space'); end`.execute(
      read,
    );
    try {
      expect((await page.send('GET', `${of(head.id)}.json`)).status).toBe(500);
      expect((await head.page.send('GET', `${own}.json`)).status).toBe(500);
    } finally {
      await sql`drop trigger full_disk`.execute(read);
    }
  });

  it('[PRIVACY-3] is still there for whoever has left', async () => {
    const left = await service.person('Lee Left');
    const link = await issueLink(service.parts, {
      kind: 'member',
      email: 'lee.left@team.example',
      name: 'Lee',
      studyId: study.studyId,
      role: 'viewer',
      createdBy: lead,
    });
    const calls = await service.signedIn(left);
    await calls.call('POST /api/links/redeem', { token: link.token });
    await page.call('DELETE /api/studies/:studyId/members/:personId', undefined, {
      studyId: study.studyId,
      personId: left,
    });
    const { file } = await fileOf(page, of(left));
    expect(file.studies).toEqual([]);
    expect(file.saidOfThem.map(({ said }) => said)).toContain(
      'Somebody else removed Lee Left (viewer) from the study.',
    );
  });
});

describe('the file itself', () => {
  it('[PRIVACY-3] [INPUT-2] runs nothing, whatever somebody is called', async () => {
    const evil = await service.person('Mallory');
    await service.parts.records.read
      .updateTable('user')
      .set({ name: '<script>alert(1)</script>"\u202e' })
      .where('id', '=', evil)
      .execute();
    const answer = await (await service.signedIn(evil)).send('GET', `${own}.html`);
    expect(answer.body).not.toContain('<script');
    expect(answer.body).toContain('&lt;script&gt;alert(1)');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox$/);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it('[PRIVACY-3] [INPUT-1] has the whole record of somebody who did much, bit by bit', async () => {
    const { parts } = service;
    for (let at = 0; at < 450; at += 1) {
      await parts.records.transaction((records) =>
        recordInStudy(records, study.studyId, {
          kind: 'study-changed',
          by: { personId: editor, way: 'page', tokenId: null, from: '192.0.2.0/24' },
          at: parts.clock.now(),
          detail: { parts: 'title' },
        }),
      );
    }
    const { file } = await fileOf(page, of(editor));
    const numbers = file.did.filter(({ kind }) => kind === 'study-changed').map(({ number }) => number);
    expect(numbers).toHaveLength(450);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    expect(new Set(numbers).size).toBe(450);
    expect(file.did[0]).toMatchObject({ study: 'A study' });
  });
});
