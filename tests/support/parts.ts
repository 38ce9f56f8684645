import { memoryFileStore } from '../../server/adapters/memory/file-store.ts';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { MemoryMailer } from '../../server/adapters/memory/mailer.ts';
import { memoryRoomBus } from '../../server/adapters/memory/room-bus.ts';
import { openSqlite, type SqliteDatabase } from '../../server/adapters/sql/database.ts';
import { migrate } from '../../server/adapters/sql/migrator.ts';
import { sqlRecordStore } from '../../server/adapters/sql/record-store.ts';
import { SqliteBlockStore } from '../../server/adapters/sqlite/block-store.ts';
import { sqliteSearchIndex } from '../../server/adapters/sqlite/search-index.ts';
import { Refusals } from '../../server/audit/refusals.ts';
import { CallLimits } from '../../server/http/call-limits.ts';
import { silentLog } from '../../server/log.ts';
import type { Parts } from '../../server/parts.ts';
import type { BusMessage } from '../../server/ports/room-bus.ts';
import { CannotTypesetError } from '../../server/ports/typesetter.ts';
import { HandClock } from './clock.ts';
import { seededRandomness } from './randomness.ts';

export interface TestParts extends Parts {
  readonly clock: HandClock;
  readonly mailer: MemoryMailer;
  readonly database: SqliteDatabase;
  /** Everything that was published, in order. */
  readonly published: readonly BusMessage[];
  close(): Promise<void>;
}

/** Header by which a request says who it is, where no accounts are under test. */
export const TEST_PERSON_HEADER = 'x-test-person';

/**
 * The parts of a server with a real SQLite database in memory, a clock moved by
 * hand and seeded randomness.
 */
export async function createTestParts(replaced: Partial<Parts> = {}): Promise<TestParts> {
  const database = openSqlite(':memory:');
  const clock = new HandClock();
  await migrate(database.kysely, 'sqlite', clock.now());
  const published: BusMessage[] = [];
  const bus = memoryRoomBus((cause) => {
    throw cause;
  });
  bus.subscribe((message) => published.push(message));
  const records = sqlRecordStore(database.kysely);
  const log = replaced.log ?? silentLog();
  return {
    records,
    blocks: new SqliteBlockStore(database),
    folder: memoryFolder(),
    search: sqliteSearchIndex(records),
    bus,
    random: seededRandomness(1),
    settings: {
      port: 4400,
      host: '127.0.0.1',
      dataDir: '/nowhere',
      publicUrl: 'http://127.0.0.1:4400',
      smtpUrl: null,
      mailFrom: 'Casebook <casebook@casebook.example>',
      oidc: null,
      logLevel: 'silent',
    },
    files: memoryFileStore(),
    typesetter: { pdf: () => Promise.reject(new CannotTypesetError('no-typesetter')) },
    outboxFiles: { to: async () => [], discard: async () => {} },
    identityProvider: null,
    log,
    refusals: new Refusals({ records, clock, log }),
    limits: new CallLimits(clock),
    authentication: {
      ofRequest: async (request) => {
        const personId = request.headers[TEST_PERSON_HEADER];
        return typeof personId === 'string' ? { personId, credentialId: 'test', via: 'session' } : null;
      },
    },
    ...replaced,
    clock,
    mailer: new MemoryMailer(),
    database,
    published,
    close: () => database.close(),
  };
}
