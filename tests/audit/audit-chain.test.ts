import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Actor,
  type Deed,
  hashOf,
  recordInService,
  recordInStudy,
} from '../../server/audit/audit-chain.ts';
import { checkAudit } from '../../server/audit/audit-check.ts';
import { BEFORE_THE_FIRST, canonicalDetail } from '../../shared/audit/audit-record.ts';
import { createTestParts, type TestParts } from '../support/parts.ts';

let parts: TestParts;
beforeEach(async () => {
  parts = await createTestParts();
});
afterEach(() => parts.close());

const ANN: Actor = { personId: 'ann', way: 'page', tokenId: null, from: '192.0.2.0/24' };
const invited = (id: string): Deed<'invited'> => ({
  kind: 'invited',
  by: ANN,
  at: parts.clock.now(),
  object: { kind: 'invitation', id },
  detail: { role: 'viewer' },
});

const keep = (studyId: string, id: string) =>
  parts.records.transaction((records) => recordInStudy(records, studyId, invited(id)));

async function plant(): Promise<void> {
  for (const id of ['i1', 'i2', 'i3']) {
    parts.clock.advance(1_000);
    await keep('s1', id);
  }
  await keep('s2', 'i4');
  await parts.records.transaction((records) =>
    recordInService(records, { kind: 'signed-out', by: ANN, at: parts.clock.now(), detail: {} }),
  );
}

/** As whoever has the file of the database can. */
function damage(statement: string): void {
  parts.database.raw.exec(`drop trigger audit_no_update; drop trigger audit_no_delete; ${statement}`);
}

describe('the record of who did what', () => {
  it('[AUDIT-1] is a chain of each study and one of the service, each record holding the hash before', async () => {
    await plant();
    const rows = await parts.records.read
      .selectFrom('audit')
      .select(['chain', 'seq'])
      .orderBy('chain')
      .orderBy('seq')
      .execute();
    expect(rows.map((row) => `${row.chain} ${row.seq}`)).toEqual([
      'service 1',
      'study/s1 1',
      'study/s1 2',
      'study/s1 3',
      'study/s2 1',
    ]);
    expect(await checkAudit(parts.records)).toEqual({ chains: 3, records: 5, faults: [] });
  });

  it('[AUDIT-1] the hash is of these bytes, for good', () => {
    const record = {
      chain: 'study/s1',
      seq: 1,
      at: 1_700_000_000_000,
      kind: 'role-changed',
      personId: 'ann',
      way: 'page',
      tokenId: null,
      from: '192.0.2.0/24',
      caseId: null,
      objectKind: 'person',
      objectId: 'ben',
      detail: canonicalDetail({ to: 'owner', from: 'viewer' }),
    };
    expect(record.detail).toBe('{"from":"viewer","to":"owner"}');
    const golden = 'e4f89edab520ec513d42001ebb7ba6dac4d18945cd55cb4e0d22048efed0acee';
    expect(hashOf(record, BEFORE_THE_FIRST)).toBe(golden);
    // Each part counts, and the one before does.
    const others = Object.entries(record).map(([name, value]) =>
      hashOf({ ...record, [name]: typeof value === 'number' ? value + 1 : `${value}x` }, BEFORE_THE_FIRST),
    );
    expect(new Set([golden, ...others, hashOf(record, '1'.repeat(64))]).size).toBe(others.length + 2);
  });

  it('[AUDIT-1] the database changes and deletes no record, whoever asks', async () => {
    await plant();
    const { read } = parts.records;
    await expect(read.updateTable('audit').set({ person_id: 'eve' }).execute()).rejects.toThrow(
      /stay as they/,
    );
    await expect(read.deleteFrom('audit').execute()).rejects.toThrow(/stay as they/);
    expect((await checkAudit(parts.records)).faults).toEqual([]);
  });

  it('[AUDIT-1] is kept with what it tells of, or not at all', async () => {
    await keep('s1', 'i1');
    const failing = parts.records.transaction(async (records) => {
      await recordInStudy(records, 's1', invited('i2'));
      throw new Error('and then it failed');
    });
    await expect(failing).rejects.toThrow('and then it failed');
    await keep('s1', 'i3');
    const rows = await parts.records.read.selectFrom('audit').select(['seq', 'object_id']).execute();
    expect(rows).toEqual([
      { seq: 1, object_id: 'i1' },
      { seq: 2, object_id: 'i3' },
    ]);
    expect((await checkAudit(parts.records)).faults).toEqual([]);
  });

  it('[AUDIT-1] many at once come one after the other', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, at) => keep('s1', `i${at}`)));
    expect(await checkAudit(parts.records)).toEqual({ chains: 1, records: 50, faults: [] });
  });

  it('[ERASE-1] [AUDIT-1] holds no words of people', async () => {
    expect(() => canonicalDetail({ why: 'she said so' })).toThrow(/no words of people/);
    expect(() => canonicalDetail({ name: 'Zoë' })).toThrow(/no words of people/);
    expect(() => canonicalDetail({ count: 0.5 })).toThrow(/no words of people/);
  });

  it.each([
    [
      'a changed record',
      "update audit set person_id = 'eve' where seq = 2",
      'record 2 is not what was written',
    ],
    ['a changed hash', "update audit set hash = 'x' where seq = 2", 'record 2 is not what was written'],
    [
      'a changed time',
      "update audit set at = at + 1 where seq = 1 and chain = 'study/s1'",
      'record 1 is not what was written',
    ],
    ['changed details', "update audit set detail = '{}' where seq = 3", 'record 3 is not what was written'],
    [
      'a record that is gone',
      'delete from audit where seq = 2',
      'record 2 is missing, record 3 stands in its place',
    ],
    [
      'the first that is gone',
      "delete from audit where seq = 1 and chain = 'study/s1'",
      'record 1 is missing, record 2 stands in its place',
    ],
    ['an end that was cut off', 'delete from audit where seq = 3', 'record 3 is missing, it ended with 3'],
    ['all of it gone', "delete from audit where chain = 'study/s1'", 'record 1 is missing, it ended with 3'],
    [
      'an end noted nowhere',
      "delete from audit_heads where chain = 'study/s1'",
      'it is not noted where it ends',
    ],
    [
      'an end that was put back',
      "delete from audit where seq = 3; update audit_heads set seq = 2 where chain = 'study/s1'",
      'record 2 is not the one that it ended with',
    ],
    [
      'records in another order',
      'update audit set seq = 9 where seq = 2; update audit set seq = 2 where seq = 3; update audit set seq = 3 where seq = 9',
      'record 2 is not what was written',
    ],
  ])('[AUDIT-1] the check names %s, and finds the others whole', async (_what, statement, fault) => {
    await plant();
    damage(statement);
    const { faults } = await checkAudit(parts.records);
    expect(faults.filter((line) => line.startsWith('audit of study/s1'))).toEqual([
      `audit of study/s1: ${fault}`,
    ]);
  });
});
