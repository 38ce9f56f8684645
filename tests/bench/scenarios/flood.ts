import { Audience } from '../load/audience.ts';
import { closeAll, joinAll } from '../load/connection.ts';
import { Stretch } from '../load/stretch.ts';
import { Typist } from '../load/typist.ts';
import { joinAsWriter } from '../load/writer.ts';
import { figures, type Scenario } from './scenario.ts';

const ROOM = 101;
const READERS = 50;
const WRITERS = 10;
const WINDOW = 20;
/** Made beforehand for each, so that making them costs the load little; more are made as they are needed. */
const PREPARED = 3_000;
const TIMES = { warmUpMs: 2_000, lastsMs: 8_000 };

/**
 * Fifty readers, ten writers who each have twenty edits under way at any time:
 * not yet acknowledged, or, where nothing is, not yet seen by a reader.
 */
export const flood: Scenario = async (server) => {
  const room = server.rooms[ROOM] as string;
  const readers = await joinAll(server, Array<string>(READERS).fill(room));
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => joinAsWriter(server, room)));
  const typists = writers.map((_, number) => Typist.numbered(number));
  for (const typist of typists) typist.edit(PREPARED);
  const stretch = new Stretch();
  const sent = writers.map(() => 0);
  const back = writers.map(() => 0);
  let over = false;
  const fillWindow = (number: number): void => {
    const typist = typists[number] as Typist;
    while (!over && (sent[number] as number) - (back[number] as number) < WINDOW) {
      const edit = typist.edit(sent[number] as number);
      sent[number] = (sent[number] as number) + 1;
      audience.expect(typist.clientId, { edit, writer: number, at: performance.now() });
      writers[number]?.send(edit.update);
    }
  };
  const audience = new Audience(readers, stretch.delivered, (brought) => {
    if (server.manyRooms) return;
    for (const { writer } of brought) back[writer] = (back[writer] as number) + 1;
    for (const writer of new Set(brought.map(({ writer }) => writer))) fillWindow(writer);
  });
  for (const [number, writer] of writers.entries()) {
    writer.onSaved = (updates) => {
      back[number] = updates;
      fillWindow(number);
    };
    fillWindow(number);
  }
  const measured = await stretch.measure(server.process, TIMES);
  over = true;
  audience.close();
  await closeAll([...readers, ...writers]);
  return { flood: figures(measured) };
};
