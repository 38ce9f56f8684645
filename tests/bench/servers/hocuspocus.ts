import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { freePort } from '../../support/server.ts';
import { hocuspocusWire } from '../load/hocuspocus-wire.ts';
import { type BenchedServer, PLANTED_ROOMS, type Place } from './benched-server.ts';
import { plantedUpdate } from './planted-text.ts';
import { ServerProcess } from './server-process.ts';

const SCRIPT = join(import.meta.dirname, 'processes/hocuspocus.mjs');
const ROOMS_OF_CASE = 21;

/** Hocuspocus with its SQLite extension, unconfigured: nobody is asked who they are. */
export async function startHocuspocus({ core }: Place): Promise<BenchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hocuspocus-bench-'));
  const database = join(folder, 'documents.sqlite');
  const port = await freePort();
  const process = new ServerProcess({
    script: [SCRIPT],
    env: { PORT: String(port), DATABASE: database },
    port,
    core,
  });
  // Its first start makes the table.
  await process.start();
  await process.stop();
  const rooms = Array.from({ length: PLANTED_ROOMS }, (_, at) => `room-${at}`);
  const planted = new Database(database);
  const insert = planted.prepare('INSERT INTO documents (name, data) VALUES (?, ?)');
  const text = plantedUpdate();
  planted.transaction(() => {
    for (const room of rooms) insert.run(room, text);
  })();
  planted.close();
  await process.start();
  return {
    name: 'hocuspocus',
    process,
    keeps: true,
    wire: hocuspocusWire,
    rooms,
    roomsOfCase: ROOMS_OF_CASE,
    address: () => ({ path: '/', protocols: [] }),
    manyRooms: null,
    access: null,
    async close() {
      await process.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
