import { Audience, type Sent } from '../load/audience.ts';
import { closeAll, joinAll } from '../load/connection.ts';
import { Latencies } from '../load/latencies.ts';
import { atPace } from '../load/pace.ts';
import { Stretch } from '../load/stretch.ts';
import { Typist } from '../load/typist.ts';
import { joinAsWriter } from '../load/writer.ts';
import { figures, type Scenario } from './scenario.ts';

const ROOM = 100;
const READERS = 100;
const WRITERS = 10;
const EDITS_PER_SECOND_EACH = 10;
const TIMES = { warmUpMs: 2_000, lastsMs: 8_000 };

/** One block, a hundred readers, ten writers of ten edits a second each; and when ours says that each is saved. */
export const oneBlock: Scenario = async (server) => {
  const room = server.rooms[ROOM] as string;
  const readers = await joinAll(server, Array<string>(READERS).fill(room));
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => joinAsWriter(server, room)));
  const typists = writers.map((_, number) => Typist.numbered(number));
  const stretch = new Stretch();
  const audience = new Audience(readers, stretch.delivered);
  const saved = new Latencies();
  const unsaved = writers.map((): { readonly waiting: Sent[]; done: number } => ({ waiting: [], done: 0 }));
  for (const [number, writer] of writers.entries()) {
    const own = unsaved[number] as (typeof unsaved)[number];
    writer.onSaved = (updates) => {
      const now = performance.now();
      for (const { at } of own.waiting.splice(0, updates - own.done)) if (stretch.isOpen) saved.add(now - at);
      own.done = updates;
    };
  }
  const rest = atPace(WRITERS * EDITS_PER_SECOND_EACH, (at) => {
    const number = at % WRITERS;
    const typist = typists[number] as Typist;
    const edit = typist.edit(Math.floor(at / WRITERS));
    const sent: Sent = { edit, writer: number, at: performance.now() };
    audience.expect(typist.clientId, sent);
    unsaved[number]?.waiting.push(sent);
    writers[number]?.send(edit.update);
  });
  const measured = await stretch.measure(server.process, TIMES);
  rest();
  audience.close();
  await closeAll([...readers, ...writers]);
  return {
    'one-block': figures(measured),
    ...(saved.count > 0 ? { saved: figures(saved.quantiles()) } : {}),
  };
};
