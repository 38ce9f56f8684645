import { type Kysely, sql } from 'kysely';
import { CannotStartError } from '../../ports/cannot-start.ts';
import type { Tables } from '../../ports/tables.ts';
import * as foundation from './migrations/0001-foundation.ts';
import * as changesets from './migrations/0002-changesets.ts';
import * as sharing from './migrations/0003-sharing.ts';
import * as audit from './migrations/0004-audit-and-tokens.ts';
import * as surveys from './migrations/0005-surveys.ts';
import * as passkeys from './migrations/0006-passkeys.ts';
import * as protection from './migrations/0007-protection.ts';
import * as letters from './migrations/0008-letters.ts';
import * as informationRequests from './migrations/0009-information-requests.ts';
import * as oidcAndErasure from './migrations/0010-oidc-and-erasure.ts';
import * as auditIndexes from './migrations/0011-audit-indexes.ts';
import * as quotes from './migrations/0012-quotes.ts';
import * as quoteTerms from './migrations/0013-quote-terms.ts';
import * as threads from './migrations/0014-threads.ts';
import * as evidenceFiles from './migrations/0016-evidence-files.ts';
import * as guardians from './migrations/0017-guardians.ts';
import * as erasures from './migrations/0019-erasures.ts';
import * as search from './migrations/0021-search.ts';
import * as versions from './migrations/0022-versions.ts';
import * as linkCodes from './migrations/0023-link-codes.ts';

export type Dialect = 'sqlite' | 'postgres';

interface Migration {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows no table types
  up(db: Kysely<any>, dialect: Dialect): Promise<void>;
}

/** In order; the database remembers how many of them it has. */
const MIGRATIONS: readonly Migration[] = [
  { name: '0001-foundation', up: foundation.up },
  { name: '0002-changesets', up: changesets.up },
  { name: '0003-sharing', up: sharing.up },
  { name: '0004-audit-and-tokens', up: audit.up },
  { name: '0005-surveys', up: surveys.up },
  { name: '0006-passkeys', up: passkeys.up },
  { name: '0007-protection', up: protection.up },
  { name: '0008-letters', up: letters.up },
  { name: '0009-information-requests', up: informationRequests.up },
  { name: '0010-oidc-and-erasure', up: oidcAndErasure.up },
  { name: '0011-audit-indexes', up: auditIndexes.up },
  { name: '0012-quotes', up: quotes.up },
  { name: '0013-quote-terms', up: quoteTerms.up },
  { name: '0014-threads', up: threads.up },
  { name: '0016-evidence-files', up: evidenceFiles.up },
  { name: '0017-guardians', up: guardians.up },
  { name: '0019-erasures', up: erasures.up },
  { name: '0021-search', up: search.up },
  { name: '0022-versions', up: versions.up },
  { name: '0023-link-codes', up: linkCodes.up },
];

/**
 * Brings the database up to this program, each migration in a transaction of
 * its own. There is no way back.
 * @returns names of the migrations that were made now
 * @throws CannotStartError when the database knows a migration that this program does not
 */
export async function migrate(
  db: Kysely<Tables>,
  dialect: Dialect,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly string[]> {
  const big = sql.raw(dialect === 'sqlite' ? 'integer' : 'bigint');
  await sql`create table if not exists migrations (position integer primary key, name text not null, made_at ${big} not null)`.execute(
    db,
  );
  const { rows } = await sql<{ position: number; name: string }>`
    select position, name from migrations order by position`.execute(db);
  for (const [index, row] of rows.entries()) {
    if (migrations[index]?.name !== row.name) {
      throw new CannotStartError(
        `the data was written by a later version of Casebook (it has ${row.name}); start that version`,
      );
    }
  }
  const made: string[] = [];
  for (const [index, migration] of migrations.entries()) {
    if (index < rows.length) continue;
    await db.transaction().execute(async (transaction) => {
      await migration.up(transaction, dialect);
      await sql`insert into migrations (position, name, made_at) values (${index + 1}, ${migration.name}, ${now})`.execute(
        transaction,
      );
    });
    made.push(migration.name);
  }
  return made;
}
