import { Audience } from '../load/audience.ts';
import { closeAll, joinAll } from '../load/connection.ts';
import { atPace } from '../load/pace.ts';
import { Stretch } from '../load/stretch.ts';
import { Typist } from '../load/typist.ts';
import { figures, type Scenario } from './scenario.ts';

const FIRST_ROOM = 200;
const ROOMS = 500;
const TIMES = { warmUpMs: 2_000, lastsMs: 12_000 };

/** Five hundred rooms of two people on stock sockets, one of whom writes once a second. */
export const pairs: Scenario = async (server) => {
  const rooms = server.rooms.slice(FIRST_ROOM, FIRST_ROOM + ROOMS);
  const readers = await joinAll(server, rooms);
  const writers = await joinAll(server, rooms);
  // Rooms know nothing of each other: the same keys will do for all.
  const typist = Typist.numbered(0);
  const stretch = new Stretch();
  const audiences = readers.map((reader) => new Audience([reader], stretch.delivered));
  const rest = atPace(ROOMS, (at) => {
    const edit = typist.edit(Math.floor(at / ROOMS));
    const room = at % ROOMS;
    audiences[room]?.expect(typist.clientId, { edit, writer: 0, at: performance.now() });
    writers[room]?.send(edit.update);
  });
  const measured = await stretch.measure(server.process, TIMES);
  rest();
  for (const audience of audiences) audience.close();
  await closeAll([...readers, ...writers]);
  return { pairs: figures(measured) };
};
