import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MAX_STRUCTS_PER_UPDATE } from '../../server/collaboration/bounds.ts';
import { writeUpdate } from '../../shared/protocol/messages.ts';
import { bytes, NO_DELETIONS } from '../support/hostile-updates.ts';
import { aims, type FieldServer, startFieldServer } from './support/field-server.ts';
import { RoomsClient } from './support/rooms-client.ts';

/** Milliseconds for which nobody's message may hold the event loop. */
const HELD_AT_MOST = 100;
/** Letters that each are a struct of their own, by as many clients as one update may bring. */
const LETTERS = 5 * MAX_STRUCTS_PER_UPDATE;
const CLIENTS = 900;
/** Of the shortest structs there are, a frame's full. */
const UPDATES_PER_FRAME = 30;
/** Rows that stand beside the snapshot when somebody joins: fewer than are folded. */
const EDITS_BESIDE = 150;

const HOOK = pathToFileURL(join(import.meta.dirname, 'support/watched-loop.mjs')).href;
const folder = mkdtempSync(join(tmpdir(), 'casebook-loop-'));
const file = join(folder, 'holds');

let field: FieldServer;
beforeAll(async () => {
  writeFileSync(file, '');
  field = await startFieldServer({ env: { NODE_OPTIONS: `--import=${HOOK}`, LOOP_HOLDS: file } });
});
afterAll(async () => {
  await field.server.close();
  rmSync(folder, { recursive: true });
});

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** @returns the longest hold since this was last asked, milliseconds */
async function longestHold(): Promise<number> {
  await rest(100);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  writeFileSync(file, '');
  return Math.max(0, ...lines.map((line) => Number(line.split(' ')[1])));
}

/** @returns a block of letters that are a struct each, and the updates that made it */
function dearest(): { readonly source: Y.Doc; readonly updates: readonly Uint8Array[] } {
  const source = new Y.Doc();
  const updates: Uint8Array[] = [];
  source.on('update', (update: Uint8Array) => updates.push(update));
  for (let from = 0; from < LETTERS; from += MAX_STRUCTS_PER_UPDATE) {
    source.transact(() => {
      for (let at = 0; at < MAX_STRUCTS_PER_UPDATE; at++) {
        source.clientID = 1_000 + (at % CLIENTS);
        aims(source).insert(from + at, 'x');
      }
    });
  }
  return { source, updates };
}

describe('the dearest block that the bounds allow', () => {
  test('[INPUT-1] row 20: is written, joined and joined again without holding up others for long', async () => {
    const { server, ann, ben, blockIds } = field;
    const blockId = blockIds[0] as string;
    const { source, updates } = dearest();
    const writer = await RoomsClient.connect(server, ann.token);
    const doc = writer.open(1, blockId);
    await writer.until(() => writer.isSynced(1));
    await longestHold();
    for (const update of updates) {
      writer.write(1, writeUpdate(update));
      await writer.until(() => writer.isSaved(1));
    }
    // Looked at for what no editor can hold, half a second later, and folded.
    await rest(3_000);
    expect(await longestHold(), 'while it is written').toBeLessThan(HELD_AT_MOST);
    // The writer is not sent its own: it had it in another document.
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(source), writer);

    const joined = async (who: string, replica = new Y.Doc()) => {
      const client = await RoomsClient.connect(server, ben.token);
      client.open(1, blockId, replica);
      await client.until(() => client.isSynced(1) && aims(replica).length === aims(doc).length);
      expect(await longestHold(), who).toBeLessThan(HELD_AT_MOST);
      client.close();
      return replica;
    };
    await joined('the first');
    for (let edit = 0; edit < EDITS_BESIDE; edit++) {
      aims(doc).insert(edit, 'y');
      if (edit % 5 === 0) aims(doc).delete(aims(doc).length - 1 - edit, 1);
      await writer.until(() => writer.isSaved(1));
    }
    await longestHold();
    const behind = await joined('one with much written since');
    aims(doc).insert(0, 'z');
    await writer.until(() => writer.isSaved(1));
    await joined('the next after an edit');
    await joined('one who lacks a letter', behind);
    writer.close();
    await server.kill9();
    await server.restart();
    await rest(500);
    await longestHold();
    await joined('the first after a start');

    const { calls } = field.team;
    const caseId = field.team.case.id;
    await calls.call('GET /api/cases/:caseId', undefined, { caseId });
    expect(await longestHold(), 'while its figures are made').toBeLessThan(HELD_AT_MOST);
    const { blocks } = await calls.call('GET /api/cases/:caseId/text', undefined, { caseId });
    const read = blocks.find((block) => block.blockId === blockId)?.values['field/aims'];
    expect(read).toHaveLength(aims(doc).length);
    expect(await longestHold(), 'while its text is read').toBeLessThan(HELD_AT_MOST);
    const draft = await fetch(`${server.url}/api/cases/${caseId}/export.html`, {
      headers: { authorization: `Bearer ${ann.token}` },
    });
    expect(draft.status).toBe(200);
    await draft.text();
    expect(await longestHold(), 'while its draft is written').toBeLessThan(HELD_AT_MOST);
  });

  test('[INPUT-1] row 20: many dear updates in one frame are taken bit by bit', async () => {
    const { server, ann, blockIds } = field;
    const writer = await RoomsClient.connect(server, ann.token);
    writer.open(1, blockIds[1] as string);
    await writer.until(() => writer.isSynced(1));
    await longestHold();
    const structs = Array<number>(2 * MAX_STRUCTS_PER_UPDATE)
      .fill(0)
      .map((_, at) => at % 2);
    const updates = Array.from({ length: UPDATES_PER_FRAME }, (_, at) =>
      bytes(1, MAX_STRUCTS_PER_UPDATE, 7, at * MAX_STRUCTS_PER_UPDATE, ...structs, NO_DELETIONS),
    );
    writer.say(1, Buffer.concat(updates.map((update) => writeUpdate(update))));
    // Besides the answer to SyncStep1.
    await writer.until(() => writer.saved(1).saved === updates.length + 1);
    expect(await longestHold()).toBeLessThan(HELD_AT_MOST);
    writer.close();
  });
});
