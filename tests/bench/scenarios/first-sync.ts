import { Connection } from '../load/connection.ts';
import { median } from '../statistics.ts';
import { figures, type Scenario } from './scenario.ts';

const ROOM = 104;
const TIMES = 3;

/** With ten thousand blocks on disk: from starting the process to the first answered room. */
export const firstSync: Scenario = async (server) => {
  if (!server.keeps) return {};
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await server.process.stop();
    const start = performance.now();
    await server.process.start();
    const joiner = new Connection(server, server.rooms[ROOM + time] as string);
    await joiner.joined();
    times.push(performance.now() - start);
    await joiner.close();
  }
  return { 'first-sync': figures({ coldOpenMs: median(times) }) };
};
