import type { AccessLever, BenchedServer } from '../servers/benched-server.ts';
import { median } from '../statistics.ts';
import { pause } from './stretch.ts';

const TIMES = 5;
const CALLS_EACH = 10;
/** What a call sets off is over by then. */
const SETTLED_AFTER_MS = 300;

/**
 * What it costs to decide about access, seen from outside: calls that have every
 * open room decided anew, less calls that do the same but for that. All that a
 * room does when it is decided anew counts, so that the truth is no more than this.
 * @param rooms that are open, over all sockets
 * @returns microseconds of the server's CPU for each decision
 */
export async function decisionUs(server: BenchedServer, lever: AccessLever, rooms: number): Promise<number> {
  const costOf = async (call: () => Promise<void>): Promise<number> => {
    const before = server.process.cpuMs();
    for (let at = 0; at < CALLS_EACH; at += 1) await call();
    await pause(SETTLED_AFTER_MS);
    return server.process.cpuMs() - before;
  };
  const times: number[] = [];
  // Once before it counts: both paths are warm then.
  for (let time = -1; time < TIMES; time += 1) {
    const deciding = await costOf(() => lever.reconsider());
    const otherwise = await costOf(() => lever.otherwise());
    if (time >= 0) times.push(((deciding - otherwise) * 1_000) / (CALLS_EACH * rooms));
  }
  return median(times);
}
