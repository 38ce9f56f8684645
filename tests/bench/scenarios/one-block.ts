import { within } from '../deadline.ts';
import { Audience, type Sent } from '../load/audience.ts';
import { type Connection, closeAll, joinAll } from '../load/connection.ts';
import { decisionUs } from '../load/decisions.ts';
import { Latencies } from '../load/latencies.ts';
import { atPace } from '../load/pace.ts';
import { Stretch } from '../load/stretch.ts';
import { Typist } from '../load/typist.ts';
import { joinAsWriter } from '../load/writer.ts';
import type { AccessLever, BenchedServer } from '../servers/benched-server.ts';
import { type Figures, figures, type Scenario } from './scenario.ts';

const ROOM = 100;
const READERS = 100;
const WRITERS = 10;
const EDITS_PER_SECOND_EACH = 10;
const TIMES = { warmUpMs: 2_000, lastsMs: 8_000 };

const REVOKED_WITHIN_MS = 30_000;

/** One block, a hundred readers, ten writers of ten edits a second each; and when ours says that each is saved, what deciding takes of it, and how soon a room ends for those from whom it is taken. */
export const oneBlock: Scenario = async (server) => {
  const room = server.rooms[ROOM] as string;
  const cpuBefore = server.process.cpuMs();
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
  const cpuMs = server.process.cpuMs() - cpuBefore;
  audience.close();
  const decided = server.access && (await decide(server, server.access, cpuMs));
  await closeAll(writers);
  const revoked = server.access && (await revoke(server.access, room, readers));
  await closeAll(readers);
  return {
    'one-block': figures(measured, decided ?? {}, revoked ?? {}),
    ...(saved.count > 0 ? { saved: figures(saved.quantiles()) } : {}),
  };
};

/** @param cpuMs of the whole scenario, in which each socket's room was decided once, and no message was */
async function decide(server: BenchedServer, lever: AccessLever, cpuMs: number): Promise<Partial<Figures>> {
  const decisions = READERS + WRITERS;
  const each = await decisionUs(server, lever, decisions);
  return { decisionUs: each, decisionPercent: (each * decisions) / 10 / cpuMs };
}

async function revoke(
  lever: AccessLever,
  room: string,
  readers: readonly Connection[],
): Promise<Partial<Figures>> {
  const all = Promise.all(readers.map((reader) => reader.ended()));
  const from = performance.now();
  await lever.revoke(room);
  await within(REVOKED_WITHIN_MS, 'to close what was taken away', all);
  const revokedMs = performance.now() - from;
  await lever.giveBack(room);
  return { revokedMs };
}
