import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type FieldServer, startFieldServer } from './support/field-server.ts';
import { HighWater } from './support/memory.ts';
import { RoomsClient } from './support/rooms-client.ts';

const MIB = 1024 * 1024;
const WRITTEN = 200 * MIB;
/** Each socket may send 16 MiB at once, and 2 MiB a second after that. */
const WRITERS = 5;
/** What one update brings; values replace each other, so the block stays small. */
const VALUE = 60 * 1024;
/** MiB. */
const MEMORY_RISE = 50;

let field: FieldServer;
beforeAll(async () => {
  field = await startFieldServer();
});
afterAll(() => field.server.close());

/** Writes so many bytes in a block, and waits until all are on disk. */
async function write(blockId: string, total: number): Promise<void> {
  const { server, ann, ben } = field;
  let left = total;
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, who) => {
      const writer = await RoomsClient.connect(server, (who % 2 ? ann : ben).token);
      const doc = writer.open(1, blockId);
      await writer.until(() => writer.isSynced(1));
      while (left > 0) {
        left -= VALUE;
        doc.getMap('fields').set(`value/${who}`, `${left}${'x'.repeat(VALUE)}`);
        await writer.until(() => writer.isSaved(1));
      }
      writer.close();
    }),
  );
}

describe('a reader that stops reading', () => {
  test('[INPUT-1] row 12: while others write 200 MB is cut, and costs the server less than 50 MiB', async () => {
    const { server, ben, blockIds } = field;
    const blockId = blockIds[0] as string;
    // What writing and folding so much takes while nobody reads slowly.
    const warm = new HighWater(server.pid);
    await write(blockId, WRITTEN / 2);
    const before = warm.end();
    const reader = await RoomsClient.connect(server, ben.token);
    reader.open(1, blockId, new Y.Doc());
    await reader.until(() => reader.isSynced(1));
    reader.socket.pause();
    const most = new HighWater(server.pid);
    await write(blockId, WRITTEN);
    expect(most.end() - before).toBeLessThan(MEMORY_RISE);
    expect(server.stderr).toContain('a socket took nothing any more and was cut');
    reader.socket.resume();
    await reader.until(() => reader.end !== null);
  });
});
