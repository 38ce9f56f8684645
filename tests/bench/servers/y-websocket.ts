import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../support/server.ts';
import { stockWire } from '../load/stock-wire.ts';
import { type BenchedServer, PLANTED_ROOMS, type Place } from './benched-server.ts';
import { plantedUpdate } from './planted-text.ts';
import { ServerProcess } from './server-process.ts';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('y-websocket-2/package.json'));
const SCRIPT = join(PACKAGE, 'bin/server.cjs');
const PLANT = join(import.meta.dirname, 'processes/plant-leveldb.mjs');
const ROOMS_OF_CASE = 21;

/** The server that came with y-websocket 2, with LevelDB. */
export async function startYWebsocket({ core }: Place): Promise<BenchedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'y-websocket-bench-'));
  const port = await freePort();
  const text = Buffer.from(plantedUpdate()).toString('base64');
  await promisify(execFile)(process.execPath, [PLANT, folder, String(PLANTED_ROOMS), text]);
  const server = new ServerProcess({
    script: [SCRIPT],
    env: { HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: folder },
    port,
    core,
  });
  await server.start();
  return {
    name: 'y-websocket',
    process: server,
    keeps: true,
    wire: stockWire,
    rooms: Array.from({ length: PLANTED_ROOMS }, (_, at) => `room-${at}`),
    roomsOfCase: ROOMS_OF_CASE,
    address: (room) => ({ path: `/${room}`, protocols: [] }),
    manyRooms: null,
    access: null,
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
