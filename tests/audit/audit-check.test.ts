import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { sqlRecordStore } from '../../server/adapters/sql/record-store.ts';
import { AT_THE_COMMAND_LINE, recordInStudy } from '../../server/audit/audit-chain.ts';
import { checkAudit } from '../../server/audit/audit-check.ts';

it('[AUDIT-1] the check of what a running service goes on recording finds it whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-test-'));
  const serving = openSqlite(join(folder, 'casebook.db'));
  const checking = openSqlite(join(folder, 'casebook.db'));
  onTestFinished(async () => {
    await checking.close();
    await serving.close();
    await rm(folder, { recursive: true });
  });
  await migrate(serving.kysely, 'sqlite', 0);
  const record = (studyId: string) =>
    sqlRecordStore(serving.kysely).transaction((records) =>
      recordInStudy(records, studyId, { kind: 'study-made', by: AT_THE_COMMAND_LINE, at: 0, detail: {} }),
    );
  await record('s1');
  await record('s2');
  /** After each statement of the check, the service records more. */
  const meanwhile: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await record('s1');
      await record('s2');
      return result;
    },
  };
  const check = await checkAudit(sqlRecordStore(checking.kysely.withPlugin(meanwhile)));
  expect(check).toEqual({ chains: 2, records: 2, faults: [] });
});
