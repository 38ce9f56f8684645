import * as Y from 'yjs';
import { within } from '../deadline.ts';
import { Connection } from '../load/connection.ts';
import { POST_CLIENT, recordedPost } from '../load/recorded-post.ts';
import { pause } from '../load/stretch.ts';
import { joinAsWriter } from '../load/writer.ts';
import type { BenchedServer } from '../servers/benched-server.ts';
import { median } from '../statistics.ts';
import { figures, type Scenario } from './scenario.ts';

const ROOM = 102;
/** Opened first, so that a start is not measured along. */
const OTHER_ROOM = 103;
const TIMES = 3;
const PASSED_ON_WITHIN_MS = 60_000;
/** y-websocket's server says nothing of when it has written. */
const WRITTEN_AFTER_MS = 2_000;

/**
 * A block written with recorded keystrokes, after a restart: from opening a socket
 * to having all of its text. (y-websocket's server may answer before it has read
 * its disk, and sends the text afterwards.)
 */
export const coldOpen: Scenario = async (server) => {
  if (!server.keeps) return {};
  const room = server.rooms[ROOM] as string;
  const { updates, clock } = recordedPost();
  const writer = await joinAsWriter(server, room);
  const whole = wholeText(server, room, clock);
  for (const update of updates) writer.send(update);
  await within(PASSED_ON_WITHIN_MS, 'to pass a post on', whole.arrived);
  await pause(WRITTEN_AFTER_MS);
  await writer.close();
  await whole.connection.close();
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await server.process.stop();
    await server.process.start();
    const other = new Connection(server, server.rooms[OTHER_ROOM] as string);
    await other.joined();
    const start = performance.now();
    const opened = wholeText(server, room, clock);
    times.push((await within(PASSED_ON_WITHIN_MS, 'to open a post', opened.arrived)) - start);
    await opened.connection.close();
    await other.close();
  }
  return { 'cold-open': figures({ coldOpenMs: median(times) }) };
};

/** Resolves with the moment at which the last of the text came. */
function wholeText(server: BenchedServer, room: string, clock: number) {
  let connection: Connection | null = null;
  const arrived = new Promise<number>((resolve) => {
    const onUpdate = (update: Uint8Array): void => {
      const now = performance.now();
      const { structs } = Y.decodeUpdate(update);
      if (structs.some(({ id, length }) => id.client === POST_CLIENT && id.clock + length >= clock))
        resolve(now);
    };
    connection = new Connection(server, room, { onUpdate });
  });
  return { arrived, connection: connection as unknown as Connection };
}
