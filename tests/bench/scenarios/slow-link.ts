import { Connection, closeAll } from '../load/connection.ts';
import { ManyRoomsConnection } from '../load/many-rooms-connection.ts';
import { SlowLink } from '../load/slow-link.ts';
import type { BenchedServer } from '../servers/benched-server.ts';
import { median } from '../statistics.ts';
import { figures, type Scenario } from './scenario.ts';

const ROUND_TRIP_MS = 150;
const TIMES = 3;

/**
 * All rooms of a case over a link with a round trip of 150 ms, from nothing to the
 * last room's text: on one socket where there is one for many rooms, else on one
 * socket for each room, all at once (browsers would open them one by one).
 */
export const slowLink: Scenario = async (server) => {
  if (!server.keeps) return {};
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    // Of another case each time: those of the last are still in memory.
    const from = time * server.roomsOfCase;
    times.push(await open(server, server.rooms.slice(from, from + server.roomsOfCase)));
  }
  return { 'slow-link': figures({ coldOpenMs: median(times) }) };
};

async function open(server: BenchedServer, rooms: readonly string[]): Promise<number> {
  const link = await SlowLink.to(server.process.port, ROUND_TRIP_MS);
  const start = performance.now();
  if (server.manyRooms) {
    const socket = new ManyRoomsConnection(server, link.port);
    await socket.join(rooms);
    const took = performance.now() - start;
    await socket.close();
    await link.close();
    return took;
  }
  const sockets = rooms.map((room) => new Connection(server, room, { port: link.port }));
  await Promise.all(sockets.map((socket) => socket.joined()));
  const took = performance.now() - start;
  await closeAll(sockets);
  await link.close();
  return took;
}
