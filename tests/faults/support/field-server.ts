/** A real server with a team, and what every row needs of it. */
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import * as Y from 'yjs';
import { openSqlite } from '../../../server/adapters/sql/database.ts';
import { SqliteBlockStore } from '../../../server/adapters/sqlite/block-store.ts';
import { joinTeam, type Member } from '../../collaboration/live-client.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../support/server.ts';
import { newId, plantTeam, type Team } from '../../support/team.ts';

export interface FieldServer {
  readonly server: RunningServer;
  readonly team: Team;
  readonly ann: Member;
  readonly ben: Member;
  /** Blocks of the first case, which the team writes. */
  readonly blockIds: readonly string[];
}

/** @param options as for any server */
export async function startFieldServer(options: ServerOptions = {}): Promise<FieldServer> {
  const server = await startServer(options);
  const team = await plantTeam(server);
  const ann = await joinTeam(server, team, 'Ann Abara', 'fieldworker');
  const ben = await joinTeam(server, team, 'Ben Bewley', 'editor');
  return { server, team, ann, ben, blockIds: team.case.blocks.map(({ blockId }) => blockId) };
}

/** @returns blocks of one more case */
export async function addCase(team: Team, title: string): Promise<readonly string[]> {
  const made = await team.calls.call(
    'POST /api/studies/:studyId/cases',
    { id: newId(), title, schoolIds: [team.schoolId] },
    { studyId: team.studyId },
  );
  return made.blocks.map(({ blockId }) => blockId);
}

export const aims = (doc: Y.Doc): Y.Text => doc.getText('field/aims');

/** @returns the words of a text field, in order */
export const wordsOf = (doc: Y.Doc): string[] => aims(doc).toString().split(' ').filter(Boolean);

export const databaseOf = (dataDir: string): string => join(dataDir, 'casebook.db');

/** @returns how many rows each block has in the log of a server, which may be running */
export function rowsPerBlock(dataDir: string): Map<string, number> {
  const database = new SqliteConnection(databaseOf(dataDir), { readonly: true });
  const rows = database.prepare('select block_id, count(*) as n from block_log group by block_id').all();
  database.close();
  return new Map((rows as { block_id: string; n: number }[]).map(({ block_id, n }) => [block_id, n]));
}

/** @returns the block as it stands in a database that no server has open */
export async function readFrom(file: string, blockId: string): Promise<Y.Doc> {
  const database = openSqlite(file);
  try {
    const stored = await new SqliteBlockStore(database).load(blockId);
    if (!stored) throw new Error(`there is no block ${blockId}`);
    const doc = new Y.Doc();
    const updates = stored.tail.map(({ bytes }) => bytes);
    if (stored.snapshot) updates.unshift(stored.snapshot.bytes);
    if (updates.length > 0) Y.applyUpdate(doc, Y.mergeUpdates(updates));
    return doc;
  } finally {
    await database.close();
  }
}
