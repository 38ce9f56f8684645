import { within } from '../deadline.ts';
import { Audience, type Sent } from '../load/audience.ts';
import { Connection } from '../load/connection.ts';
import { atPace } from '../load/pace.ts';
import { Sightings } from '../load/sightings.ts';
import { pause } from '../load/stretch.ts';
import { Typist } from '../load/typist.ts';
import { joinAsWriter } from '../load/writer.ts';
import { figures, type Scenario } from './scenario.ts';

const ROOM = 110;
const EDITS = 200;
const EDITS_PER_SECOND = 100;
const SEEN_WITHIN_MS = 30_000;
/** y-websocket's server may answer before it has read its disk. */
const ALL_READ_AFTER_MS = 1_000;

/** Two hundred edits, `kill -9` in the moment in which a reader has seen the last, and what is there after a start. */
export const kill: Scenario = async (server) => {
  if (!server.keeps) return {};
  const room = server.rooms[ROOM] as string;
  const reader = new Connection(server, room);
  await reader.joined();
  const writer = await joinAsWriter(server, room);
  const typist = Typist.numbered(0);
  const kept = new Sightings<Sent>();
  let seen = 0;
  let allSeen = (): void => {};
  const done = new Promise<void>((resolve) => {
    allSeen = resolve;
  });
  const audience = new Audience([reader], (brought) => {
    seen += brought.length;
    if (seen === EDITS) allSeen();
  });
  const rest = atPace(EDITS_PER_SECOND, (at) => {
    if (at >= EDITS) return;
    const sent: Sent = { edit: typist.edit(at), writer: 0, at: performance.now() };
    audience.expect(typist.clientId, sent);
    kept.expect(typist.clientId, sent);
    writer.send(sent.edit.update);
  });
  await within(SEEN_WITHIN_MS, 'to pass edits on', done);
  await server.process.kill9();
  rest();
  audience.close();
  await reader.close();
  await writer.close();
  await server.process.start();
  let there = 0;
  const joiner = new Connection(server, room, {
    onUpdate: (update) => {
      there += kept.see(update).length;
    },
  });
  await joiner.joined();
  await pause(ALL_READ_AFTER_MS);
  await joiner.close();
  return { kill: figures({ lostAfterKill: EDITS - there }) };
};
