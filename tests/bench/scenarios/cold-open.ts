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
  const reader = new PostReader(server, room);
  // As a page does, which has typed no further than it has heard: this writer has no document to answer from.
  for (const update of updates) {
    writer.send(update);
    const end = Y.parseUpdateMeta(update).to.get(POST_CLIENT) ?? 0;
    await within(PASSED_ON_WITHIN_MS, 'to pass a post on', reader.reached(end));
  }
  await pause(WRITTEN_AFTER_MS);
  await writer.close();
  await reader.connection.close();
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    await server.process.stop();
    await server.process.start();
    const other = new Connection(server, server.rooms[OTHER_ROOM] as string);
    await other.joined();
    const start = performance.now();
    const opened = new PostReader(server, room);
    times.push((await within(PASSED_ON_WITHIN_MS, 'to open a post', opened.reached(clock))) - start);
    await opened.connection.close();
    await other.close();
  }
  return { 'cold-open': figures({ coldOpenMs: median(times) }) };
};

/** Notes how far the post has come to somebody who reads it. */
class PostReader {
  readonly connection: Connection;
  #clock = 0;
  #awaited: { readonly clock: number; came(at: number): void } | null = null;

  constructor(server: BenchedServer, room: string) {
    this.connection = new Connection(server, room, { onUpdate: (update) => this.#hear(update) });
  }

  /** @returns the moment at which everything up to a clock had come; one is awaited at a time */
  reached(clock: number): Promise<number> {
    if (this.#clock >= clock) return Promise.resolve(performance.now());
    return new Promise((came) => {
      this.#awaited = { clock, came };
    });
  }

  #hear(update: Uint8Array): void {
    const now = performance.now();
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      if (id.client === POST_CLIENT) this.#clock = Math.max(this.#clock, id.clock + length);
    }
    if (!this.#awaited || this.#clock < this.#awaited.clock) return;
    this.#awaited.came(now);
    this.#awaited = null;
  }
}
