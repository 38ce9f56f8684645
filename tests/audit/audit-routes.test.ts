import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditCsv } from '../../server/audit/audit-csv.ts';
import type { AuditEntry } from '../../shared/api/audit.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import { studyChain } from '../../shared/audit/audit-record.ts';
import { auditSentence } from '../../shared/audit/audit-sentence.ts';
import { setUpStudy } from '../studies/world.ts';
import { type AuditOnTrial, openAudit } from './audit-on-trial.ts';

type Reply = RouteReply<'GET /api/studies/:studyId/audit'>;

let trial: AuditOnTrial;
let studyId: string;
let caseId: string;
beforeEach(async () => {
  trial = await openAudit();
  ({ studyId, caseId } = await setUpStudy(trial.world, 'one'));
});
afterEach(() => trial.close());

async function read(query = '', by = trial.world.people.ada): Promise<Reply> {
  const answer = await trial.as(by).send('GET', `/api/studies/${studyId}/audit${query}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as Reply;
}

const told = ({ entries, names }: Reply) => entries.map((entry) => auditSentence(entry, names));

describe('the record of a study', () => {
  it('[AUDIT-1] tells in words who did what, newest first, with the network it came from', async () => {
    const { world } = trial;
    const { ada, cleo } = world.people;
    const lead = trial.as(ada);
    await lead.call(
      'POST /api/studies/:studyId/invitations',
      { id: 'i1', email: 'zoe@school.example', name: 'Zoë Wilde', role: 'viewer' },
      { studyId },
    );
    await lead.call('DELETE /api/invitations/:invitationId', undefined, { invitationId: 'i1' });
    await lead.call(
      'PATCH /api/studies/:studyId/members/:personId',
      { role: 'editor' },
      { studyId, personId: cleo },
    );
    await lead.call('PATCH /api/cases/:caseId', { title: 'Another', stage: 'visit' }, { caseId });
    await lead.call('PATCH /api/schools/:schoolId', { place: 'Southtown' }, { schoolId: 'one-school' });
    await lead.call('DELETE /api/cases/:caseId', undefined, { caseId });
    await lead.call('POST /api/bin/:kind/:itemId/restore', {}, { kind: 'case', itemId: caseId });
    await lead.call('DELETE /api/studies/:studyId/members/:personId', undefined, { studyId, personId: cleo });
    const reply = await read();
    expect(told(reply)).toEqual([
      'Ada Lead removed Cleo Fieldworker (editor) from the study.',
      'Ada Lead took “Another” out of the bin.',
      'Ada Lead put “Another” into the bin.',
      'Ada Lead changed “School one”: place.',
      'Ada Lead moved “Another” to “Visit”; before: “Scoping”.',
      'Ada Lead changed “Another”: title.',
      'Ada Lead made Cleo Fieldworker editor; before: fieldworker.',
      'Ada Lead took back the invitation of Zoë Wilde.',
      'Ada Lead invited Zoë Wilde as viewer.',
      'Ada Lead made “Another”.',
      'Ada Lead added “School one”.',
      'Ada Lead made the study.',
    ]);
    expect(reply.entries[0]).toMatchObject({ seq: 12, from: '127.0.0.0/8', way: 'page', tokenId: null });
    expect(reply.seal).toEqual({ seq: 12, hash: reply.entries[0]?.hash });
    expect(reply.people.map(({ name }) => name)).toEqual(['Ada Lead', 'Cleo Fieldworker']);
    const rows = await world.parts.records.read.selectFrom('audit').selectAll().execute();
    for (const words of ['Zoë', 'zoe', 'Another', 'Cleo', 'School one', 'Southtown']) {
      expect(JSON.stringify(rows), words).not.toContain(words);
    }
  });

  it('[AUDIT-1] a call that is repeated, or changes nothing, is one entry or none', async () => {
    const lead = trial.as(trial.world.people.ada);
    const school = { id: 's2', name: 'Two', place: '' };
    for (let time = 0; time < 2; time += 1) {
      await lead.call('POST /api/studies/:studyId/schools', school, { studyId });
      await lead.call('DELETE /api/cases/:caseId', undefined, { caseId });
    }
    await lead.call('POST /api/bin/:kind/:itemId/restore', {}, { kind: 'case', itemId: caseId });
    await lead.call('POST /api/bin/:kind/:itemId/restore', {}, { kind: 'case', itemId: caseId });
    await lead.call('PATCH /api/cases/:caseId', { stage: 'scoping' }, { caseId });
    await lead.call('PATCH /api/studies/:studyId', {}, { studyId });
    const kinds = (await read()).entries.slice(0, -3).map(({ kind }) => kind);
    expect(kinds).toEqual(['case-restored', 'case-deleted', 'school-added']);
  });

  it('[AUDIT-2] is for its lead alone, and says who else wanted it', async () => {
    const { ben, cleo, dan, stranger } = trial.world.people;
    for (const path of [`/api/studies/${studyId}/audit`, `/api/studies/${studyId}/audit.csv`]) {
      for (const who of [ben, cleo, dan]) {
        expect(await trial.as(who).send('GET', path)).toMatchObject({ body: { code: 'no-access' } });
      }
      expect(await trial.as(stranger).send('GET', path)).toMatchObject({ body: { code: 'not-found' } });
      expect(await trial.as(null).send('GET', path)).toMatchObject({ body: { code: 'not-signed-in' } });
      expect(await trial.as(null).send('GET', path.replace(studyId, 'nothing'))).toMatchObject({
        body: { code: 'not-signed-in' },
      });
    }
    await trial.written();
    const refusals = told(await read('?about=refusals'));
    expect(refusals).toHaveLength(8);
    expect(refusals.at(0)).toBe(
      'Stranger Danger was refused, without being part of this study: reading this record.',
    );
    expect(refusals.at(-1)).toBe('Ben Editor was refused: reading this record.');
  });

  it('[AUDIT-2] what is refused again and again is counted, and written once a minute', async () => {
    const { dan } = trial.world.people;
    for (let time = 0; time < 40; time += 1) {
      await trial.as(dan).send('DELETE', `/api/cases/${caseId}`);
    }
    await trial.written({ flush: false });
    expect(told(await read('?about=refusals'))).toEqual([
      'Dan Viewer was refused: putting a case study into the bin of “Case one”.',
    ]);
    trial.world.parts.clock.advance(60_000);
    await trial.written({ flush: false });
    expect(told(await read('?about=refusals'))[0]).toBe(
      'Dan Viewer was refused: putting a case study into the bin of “Case one”, 39 times.',
    );
    expect((await trial.check()).faults).toEqual([]);
  });

  it('goes on where the page before ended, until all was told', async () => {
    for (let at = 0; at < 120; at += 1) await trial.plant(studyId, 'signed-out');
    const seen: AuditEntry[] = [];
    let before = '';
    for (let pages = 0; ; pages += 1) {
      const { entries, more, people } = await read(before);
      expect(people).toHaveLength(pages === 0 ? 1 : 0);
      seen.push(...entries);
      if (!more) break;
      before = `?before=${entries.at(-1)?.seq}`;
    }
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 123 }, (_, at) => 123 - at));
  });

  it('is filtered by person, kind, time and case', async () => {
    const { ada, ben, cleo } = trial.world.people;
    const { clock } = trial.world.parts;
    clock.advance(24 * 60 * 60_000);
    const noon = clock.now();
    await trial
      .as(ada)
      .call('PATCH /api/studies/:studyId/members/:personId', { role: 'viewer' }, { studyId, personId: cleo });
    await trial.as(ben).call('PATCH /api/cases/:caseId', { title: 'By Ben' }, { caseId });
    const kinds = async (query: string) => (await read(query)).entries.map(({ kind }) => kind);
    expect(await kinds(`?person=${ben}`)).toEqual(['case-changed']);
    expect(await kinds(`?person=${cleo}`)).toEqual(['role-changed']);
    expect(await kinds('?about=access')).toEqual(['role-changed']);
    expect(await kinds(`?case=${caseId}`)).toEqual(['case-changed', 'case-made']);
    expect(await kinds(`?since=${noon}`)).toEqual(['case-changed', 'role-changed']);
    expect(await kinds(`?until=${noon}&about=study`)).toEqual(['school-added', 'study-made']);
    expect(await kinds(`?until=${noon}&person=${ben}`)).toEqual([]);
    for (const query of [
      '?about=everything',
      '?since=yesterday',
      '?before=0',
      '?person=a%2Fb',
      '?case=a&case=b',
    ]) {
      const answer = await trial.as(ada).send('GET', `/api/studies/${studyId}/audit${query}`);
      expect(answer, query).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    }
  });

  it('[AUDIT-2] [INPUT-2] as a table runs nothing, however people and cases are called', async () => {
    const { world } = trial;
    const { ada } = world.people;
    const lead = trial.as(ada);
    const evil = [
      '=HYPERLINK("http://evil.example","x")',
      '+1+1',
      '-2',
      '@SUM(A1)',
      '\t=1',
      'a;=cmd|x',
      'b,"=1',
      '＝1+1',
    ];
    for (const [at, name] of evil.entries()) {
      await lead.call('POST /api/studies/:studyId/schools', { id: `e${at}`, name, place: '' }, { studyId });
    }
    const answer = await lead.send('GET', `/api/studies/${studyId}/audit.csv`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Study one \(record\)\.csv"/,
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const text = answer.body as string;
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(evil.length + 3 + 1 + 2);
    expect(lines.at(-1)).toBe('');
    // The download itself is the first of what it tells.
    expect(lines[1]).toContain('Ada Lead downloaded this record.');
    for (const separator of [',', ';', '\t']) {
      for (const line of lines) {
        for (const cell of line.split(separator)) {
          expect(cell.replace(/^["\s]+/, ''), line).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }
    }
    const filtered = await lead.send('GET', `/api/studies/${studyId}/audit.csv?about=cases`);
    expect((filtered.body as string).split('\r\n')).toHaveLength(3);
  });

  it('[AUDIT-1] as a table tells apart people of one name, and every seal can be made again from it', async () => {
    const { ada, ben, cleo } = trial.world.people;
    await trial.world.parts.records.read
      .updateTable('user')
      .set({ name: 'Ben Editor' })
      .where('id', '=', cleo)
      .execute();
    await trial.as(ben).call('PATCH /api/cases/:caseId', { title: 'By Ben' }, { caseId });
    const params = { studyId, personId: cleo };
    await trial.as(ada).call('PATCH /api/studies/:studyId/members/:personId', { role: 'viewer' }, params);
    await trial.as(cleo).refused('DELETE /api/cases/:caseId', undefined, { caseId });
    await trial.written();
    const { body } = await trial.as(ada).send('GET', `/api/studies/${studyId}/audit.csv`);
    const [head = [], ...rows] = (body as string)
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n')
      .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|(\d+))/g)])
      .map((cells) => cells.map(([, words, number]) => number ?? (words ?? '').replaceAll('""', '"')));
    const cell = (row: readonly string[], name: string) => row[head.indexOf(name)] as string;
    expect(
      rows.filter((row) => cell(row, 'Who') === 'Ben Editor').map((row) => cell(row, 'Person id')),
    ).toEqual([cleo, ben]);
    let before = '0'.repeat(64);
    for (const row of rows.toReversed()) {
      const orNone = (name: string) => cell(row, name) || null;
      const parts = [
        'casebook.audit.1',
        cell(row, 'Record'),
        Number(cell(row, 'Number')),
        Date.parse(cell(row, 'Time (UTC)')),
        cell(row, 'Kind'),
        orNone('Person id'),
        cell(row, 'By way of'),
        orNone('Token id'),
        cell(row, 'From'),
        orNone('Case id'),
        orNone('Object'),
        orNone('Object id'),
        cell(row, 'Detail'),
        before,
      ];
      const seal = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
      expect(cell(row, 'Seal')).toBe(seal);
      before = seal;
    }
    expect(rows).toHaveLength(7);
  });

  it('a table of many is made a part at a time, whole and in order', async () => {
    await trial.world.parts.records.transaction(async (records) => {
      for (let at = 0; at < 1_200; at += 1) await trial.plant(studyId, 'signed-out', records);
    });
    const parts: string[] = [];
    for await (const part of auditCsv(trial.world.parts.records.read, studyChain(studyId), {}, 1_204)) {
      parts.push(part);
    }
    expect(parts).toHaveLength(4);
    const numbers = parts
      .join('')
      .split('\r\n')
      .slice(1, -1)
      .map((line) => Number(line.split(',')[0]));
    expect(numbers).toEqual(Array.from({ length: 1_203 }, (_, at) => 1_203 - at));
  });

  it('[ERASE-1] tells of who is gone without their name', async () => {
    const { ada, cleo } = trial.world.people;
    await trial
      .as(ada)
      .call('PATCH /api/studies/:studyId/members/:personId', { role: 'viewer' }, { studyId, personId: cleo });
    const { read: records } = trial.world.parts.records;
    await records.deleteFrom('people').where('user_id', '=', cleo).execute();
    await records.deleteFrom('user').where('id', '=', cleo).execute();
    expect(told(await read())[0]).toBe(
      'Ada Lead made somebody who is no longer here viewer; before: fieldworker.',
    );
    expect((await trial.check()).faults).toEqual([]);
  });
});
