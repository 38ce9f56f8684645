import { closeAll, joinAll } from '../load/connection.ts';
import { ManyRoomsConnection } from '../load/many-rooms-connection.ts';
import type { BenchedServer } from '../servers/benched-server.ts';
import { figures, type Scenario } from './scenario.ts';

const FIRST_ROOM = 1_000;
/** Opened before the first reading: what a server grows by at its beginning is no room's. */
const ROOMS_BEFORE = 500;
/** With those before, fewer than the sockets that our server lets one person have. */
const ROOMS = 1_400;
const SOCKETS = 20;
/** As many before as are measured: of the first two thousand, most of what a process grows by is no room's. */
const ROOMS_PER_SOCKET_BEFORE = 100;
const ROOMS_PER_SOCKET = 100;

/** What a room with one socket costs in memory while nothing happens in it; and a further room on the same socket. */
export const idleRooms: Scenario = async (server) => {
  await restart(server);
  const before = await joinAll(server, server.rooms.slice(FIRST_ROOM, FIRST_ROOM + ROOMS_BEFORE));
  const few = await server.process.residentKb();
  const from = FIRST_ROOM + ROOMS_BEFORE;
  const further = await joinAll(server, server.rooms.slice(from, from + ROOMS));
  const many = await server.process.residentKb();
  await closeAll([...before, ...further]);
  const perRoom = figures({ kbPerIdleRoom: (many - few) / ROOMS });
  if (!server.manyRooms) return { 'idle-rooms': perRoom };
  return { 'idle-rooms': perRoom, 'further-rooms': await furtherRooms(server) };
};

async function furtherRooms(server: BenchedServer) {
  await restart(server);
  const sockets = Array.from({ length: SOCKETS }, () => new ManyRoomsConnection(server));
  let next = FIRST_ROOM;
  const open = async (rooms: number): Promise<void> => {
    for (const socket of sockets) {
      await socket.join(server.rooms.slice(next, next + rooms));
      next += rooms;
    }
  };
  await open(ROOMS_PER_SOCKET_BEFORE);
  const few = await server.process.residentKb();
  await open(ROOMS_PER_SOCKET);
  const many = await server.process.residentKb();
  await closeAll(sockets);
  return figures({ kbPerIdleRoom: (many - few) / (SOCKETS * ROOMS_PER_SOCKET) });
}

async function restart(server: BenchedServer): Promise<void> {
  await server.process.stop();
  await server.process.start();
}
