import { join } from 'node:path';
import { freePort } from '../../support/server.ts';
import { stockWire } from '../load/stock-wire.ts';
import { type BenchedServer, PLANTED_ROOMS, type Place } from './benched-server.ts';
import { ServerProcess } from './server-process.ts';

const SCRIPT = join(import.meta.dirname, 'processes/relay.mjs');

/** A bare `ws` relay: what the sockets alone cost. */
export async function startRelay({ core }: Place): Promise<BenchedServer> {
  const port = await freePort();
  const process = new ServerProcess({ script: [SCRIPT], env: { PORT: String(port) }, port, core });
  await process.start();
  return {
    name: 'relay',
    process,
    keeps: false,
    wire: stockWire,
    rooms: Array.from({ length: PLANTED_ROOMS }, (_, at) => `room-${at}`),
    roomsOfCase: 0,
    address: (room) => ({ path: `/${room}`, protocols: [] }),
    manyRooms: null,
    access: null,
    close: () => process.stop(),
  };
}
