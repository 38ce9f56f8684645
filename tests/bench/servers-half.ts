/**
 * The servers' half of the bench, in a process of its own, whose core the servers
 * do not use. Sends what it measured to the process that forked it.
 */
import { performance } from 'node:perf_hooks';
import { coldOpen } from './scenarios/cold-open.ts';
import { firstSync } from './scenarios/first-sync.ts';
import { flood } from './scenarios/flood.ts';
import { idleRooms } from './scenarios/idle-rooms.ts';
import { kill } from './scenarios/kill.ts';
import { oneBlock } from './scenarios/one-block.ts';
import { pairs } from './scenarios/pairs.ts';
import type { Measured, Scenario, ScenarioName } from './scenarios/scenario.ts';
import { slowLink } from './scenarios/slow-link.ts';
import { type BenchedServer, type Place, SERVERS, type ServerName } from './servers/benched-server.ts';
import { startCasebook } from './servers/casebook.ts';
import { startHocuspocus } from './servers/hocuspocus.ts';
import { startRelay } from './servers/relay.ts';
import { startYWebsocket } from './servers/y-websocket.ts';
import type { ServersAsked } from './servers-run.ts';

const START: Readonly<Record<ServerName, (place: Place) => Promise<BenchedServer>>> = {
  casebook: startCasebook,
  hocuspocus: startHocuspocus,
  'y-websocket': startYWebsocket,
  relay: startRelay,
};

/** In this order: rooms that were just opened are still in memory. By what each of them measures. */
const ALL: readonly (readonly [readonly ScenarioName[], Scenario])[] = [
  [['slow-link'], slowLink],
  [['one-block', 'saved'], oneBlock],
  [['flood'], flood],
  [['pairs'], pairs],
  [['idle-rooms', 'further-rooms'], idleRooms],
  [['cold-open'], coldOpen],
  [['first-sync'], firstSync],
  [['kill'], kill],
];

async function measureServer(name: ServerName, asked: ServersAsked): Promise<Measured> {
  console.error(`${name}: filling its disk`);
  const server = await START[name]({ core: asked.serverCore, profiles: asked.profiles });
  let measured: Measured = {};
  try {
    for (const [names, scenario] of ALL) {
      if (asked.scenarios && !names.some((one) => asked.scenarios?.includes(one))) continue;
      const before = performance.eventLoopUtilization();
      const start = performance.now();
      const found = await scenario(server);
      if (Object.keys(found).length === 0) continue;
      measured = { ...measured, ...found };
      // Where the load itself was busy all the time, it is the load that was measured.
      const { utilization } = performance.eventLoopUtilization(before);
      const seconds = ((performance.now() - start) / 1_000).toFixed(1);
      console.error(
        `${name}: ${names.join(', ')}: ${seconds} s, the load busy for ${(utilization * 100).toFixed(0)} %`,
      );
    }
  } finally {
    await server.close();
  }
  return measured;
}

// A server that was started here ends with this process, but only where it exits by itself.
process.once('SIGTERM', () => process.exit(1));
process.once('disconnect', () => process.exit(1));
process.once('message', async (asked: ServersAsked) => {
  const results: Partial<Record<ServerName, Measured>> = {};
  for (const name of SERVERS) {
    if (!asked.servers || asked.servers.includes(name)) results[name] = await measureServer(name, asked);
  }
  process.send?.(results, () => process.exit());
});
