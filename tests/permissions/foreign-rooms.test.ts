import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import * as decoding from 'lib0/decoding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { MANY_ROOMS_SUBPROTOCOL, type ServerControl } from '../../shared/protocol/control.ts';
import { readFrame, readServerControl, writeControl, writeFrame } from '../../shared/protocol/frames.ts';
import { writeAwareness, writeQueryAwareness, writeSyncStep1 } from '../../shared/protocol/messages.ts';
import { RoomsClient } from '../faults/support/rooms-client.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import {
  FORGED,
  joined,
  LAST,
  NO_CONTROLS,
  NO_MESSAGES,
  otherMessages,
  writingMessages,
} from './every-message.ts';
import { RawLine } from './raw-line.ts';
import {
  type Intruder,
  isOver,
  outcomeOf,
  PARTS,
  plantTrial,
  settleCases,
  type Trial,
  type TrialRoom,
} from './trespass.ts';

/** The client id under which the lead is in every room. */
const SHOWN = 4_242;
const NOWHERE: readonly TrialRoom[] = [
  { kind: 'block', id: 'nowhere' },
  { kind: 'case', id: 'nowhere' },
];
/** Of nothing that has a room; notes have none yet. */
const NO_NAMES = [
  'notes/x',
  'block',
  'block/',
  'study/x',
  'person/x',
  'block/a/b',
  'BLOCK/x',
  'block/%2e',
  'x',
];
/** Sections that differ in who may do what with them. */
const SOME_SECTIONS = ['2.4', '2.5', '2.6', '4-facts', '4-culture'];

let service: ComposedService;
let trial: Trial;
let rooms: readonly TrialRoom[];
let someRooms: readonly TrialRoom[];
let watcher: RoomsClient;
const docs = new Map<string, Y.Doc>();
/** What the lead, who is in every room, was shown of others there. */
const seen: { readonly room: TrialRoom; readonly client: number; readonly name: string | null }[] = [];
let before: string;

const wordsOf = (room: TrialRoom) => `words-of-${room.id}.`;
const caretOf = (room: TrialRoom) => `caret-in-${room.id}.`;
const nameOf = (room: TrialRoom) => `${room.kind}/${room.id}`;

beforeAll(async () => {
  service = await composeService();
  trial = await plantTrial(service);
  rooms = [...trial.blocks, ...trial.cases];
  someRooms = [
    ...trial.blocks.filter(({ sectionId }) => SOME_SECTIONS.includes(sectionId)),
    ...trial.cases,
    ...NOWHERE,
  ];
  const { token } = await service.program(trial.lead);
  watcher = await RoomsClient.connect(service, token);
  for (const [at, room] of rooms.entries()) await watch(room, at + 1);
  await settleCases(service, trial);
  // A case that moves or goes closes its rooms, and with them what was shown there.
  await service.versions.idle();
  before = contentOf();
});
afterAll(async () => {
  for (const line of [watcher, ...lines]) line.close();
  await service.close();
});

async function watch(room: TrialRoom, channel: number): Promise<void> {
  if (room.kind === 'block') {
    const doc = watcher.open(channel, room.id);
    await watcher.until(() => watcher.isSynced(channel));
    doc.getText('field/aims').insert(0, wordsOf(room));
    await watcher.until(() => watcher.isSaved(channel));
    docs.set(room.id, doc);
  } else {
    watcher.control({ t: 'open', channel, room: nameOf(room), schema: SCHEMA_VERSION });
  }
  const presence = new awareness.Awareness(Object.assign(new Y.Doc(), { clientID: SHOWN }));
  presence.setLocalState({ at: caretOf(room) });
  watcher.say(channel, writeAwareness(awareness.encodeAwarenessUpdate(presence, [SHOWN])));
  presence.destroy();
  const heard = watcher.onOther;
  watcher.onOther = (from, payload) => {
    if (from === channel) note(room, payload);
    else heard(from, payload);
  };
}

function note(room: TrialRoom, payload: Uint8Array): void {
  const decoder = decoding.createDecoder(payload);
  if (decoding.readVarUint(decoder) !== 1) return;
  const states = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  for (let left = decoding.readVarUint(states); left > 0; left -= 1) {
    const client = decoding.readVarUint(states);
    decoding.readVarUint(states);
    const state = JSON.parse(decoding.readVarString(states)) as { user?: { name: string } } | null;
    seen.push({ room, client, name: state?.user?.name ?? null });
  }
}

/** What is kept, but for what says who came in, and who was refused. */
function contentOf(): string {
  const database = new SqliteConnection(join(service.parts.settings.dataDir, 'casebook.db'), {
    readonly: true,
  });
  const tables = database
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .pluck()
    .all();
  const kept = (tables as string[]).filter(
    (name) => !/^(sqlite_|audit|session|api_tokens|verification|links)/.test(name),
  );
  const rows = kept.map((name) => [name, database.prepare(`select * from "${name}"`).raw().all()]);
  database.close();
  return JSON.stringify(rows);
}

/** @returns markers in what was heard that whoever heard it has nothing to do with */
function leaks(heard: readonly Uint8Array[], intruder: Intruder, room: TrialRoom | null): string[] {
  const all = Buffer.concat(heard);
  const isIn = room !== null && outcomeOf(trial, intruder, room).kind === 'open';
  const isTeam = intruder.part !== 'contact';
  const found: string[] = [];
  for (const one of rooms) {
    const theirs = isIn && one.id === room.id;
    if (all.includes(wordsOf(one)) && !theirs) found.push(wordsOf(one));
    if (all.includes(caretOf(one)) && !(theirs && isTeam)) found.push(caretOf(one));
  }
  if (all.includes('Wanda Watcher') && !(isIn && isTeam)) found.push('the name of the lead');
  return found;
}

/** Everything that somebody may say there, without the writing that is theirs to do; for suggesting, see suggest-room.test.ts. */
function messagesTo(intruder: Intruder, room: TrialRoom): readonly Uint8Array[] {
  const outcome = outcomeOf(trial, intruder, room);
  const mayWrite = outcome.kind === 'open' && includesAccess(outcome.access, 'suggest');
  const client = 10_000 + trial.intruders.indexOf(intruder);
  const all = [
    ...otherMessages(client, SHOWN),
    ...(mayWrite ? [] : writingMessages(docs.get(room.id) ?? new Y.Doc())),
  ];
  return [...all, joined(all), LAST];
}
/** How many of those are answered with the text at least: of what is asked again within a turn, the last is. */
const QUESTIONS = 2;
/** And how many, once `LAST` was said again after them: by then all before it was handled. */
const ALL_HANDLED = QUESTIONS + 1;
/** The other rooms on a socket are asked for once: all of it in every room would be read slowly. */
const questionsTo = (room: TrialRoom) => (someRooms.includes(room) ? QUESTIONS : 1);
const isAnswer = (message: Uint8Array) => message[0] === 0 && message[1] === 1;

const SCHEMA = `casebook.schema.${SCHEMA_VERSION}`;
const at = (path: string) => `${service.url.replace('http', 'ws')}/collab${path}`;
const lines: RawLine[] = [];
async function lineTo(...where: Parameters<typeof RawLine.open>): Promise<RawLine> {
  const line = await RawLine.open(...where);
  lines.push(line);
  return line;
}
const plain = (intruder: Intruder, room: TrialRoom) =>
  lineTo(at(`/${nameOf(room)}`), ['y-websocket', SCHEMA, ...intruder.protocols], intruder.headers);
const many = (intruder: Intruder) =>
  lineTo(at(''), [MANY_ROOMS_SUBPROTOCOL, ...intruder.protocols], intruder.headers);

async function tryPlain(intruder: Intruder, room: TrialRoom): Promise<void> {
  const who = `${intruder.part}, ${intruder.way}, ${nameOf(room)}`;
  const line = await plain(intruder, room);
  for (const message of messagesTo(intruder, room)) line.say(message);
  const outcome = outcomeOf(trial, intruder, room);
  await line.until(() => line.heard.filter(isAnswer).length >= QUESTIONS);
  line.say(LAST);
  await line.until(() => line.heard.filter(isAnswer).length >= ALL_HANDLED);
  if (isOver(intruder.way)) expect(line.end, who).toEqual({ code: 4403, reason: 'not-signed-in' });
  else if (outcome.kind === 'denied') expect(line.end, who).toEqual({ code: 4403, reason: outcome.reason });
  else expect(line.end, who).toBeNull();
  expect(leaks(line.heard, intruder, isOver(intruder.way) ? null : room), who).toEqual([]);
  line.close();
}

async function tryNoMessage(intruder: Intruder, room: TrialRoom, message: Uint8Array): Promise<void> {
  const line = await plain(intruder, room);
  line.say(message);
  await line.until(() => false);
  const who = `${intruder.part}, ${intruder.way}, ${nameOf(room)}, ${message}`;
  const denied = isOver(intruder.way) || outcomeOf(trial, intruder, room).kind === 'denied';
  // What cannot be read ends a line before it is known whose it is.
  expect(denied ? [4403, 4503] : [4503], who).toContain(line.end?.code);
  expect(leaks(line.heard, intruder, denied ? null : room), who).toEqual([]);
}

async function tryAllRooms(intruder: Intruder): Promise<void> {
  const who = `${intruder.part}, ${intruder.way}`;
  const line = await many(intruder);
  const heard = new Map<number, Uint8Array[]>();
  const controls: ServerControl[] = [];
  let read = 0;
  const heardOn = (channel: number) => {
    for (; read < line.heard.length; read += 1) {
      const frame = readFrame(line.heard[read] as Uint8Array);
      heard.set(frame.channel, [...(heard.get(frame.channel) ?? []), frame.payload]);
      if (frame.channel === 0) controls.push(readServerControl(frame.payload));
    }
    return heard.get(channel) ?? [];
  };
  if (isOver(intruder.way)) {
    line.say(writeControl({ t: 'follow', topic: `study/${trial.studyId}` }));
    await line.until(() => false);
    expect(line.end, who).toEqual({ code: 4403, reason: 'not-signed-in' });
    expect(line.heard, who).toEqual([]);
    return;
  }
  const others = trial.intruders.slice(0, 3).filter((one) => one !== intruder);
  const topics = [
    ...[trial.studyId, trial.otherStudyId, 'nowhere'].map((id) => `study/${id}`),
    ...[...trial.cases, ...NOWHERE].map(({ id }) => `case/${id}`),
    ...[trial.lead, ...others.map(({ personId }) => personId)].map((id) => `person/${id}`),
    `person/${intruder.personId}`,
    ...trial.cases.map(({ id }) => `threads/${id}`),
    `own-threads/${trial.lead}`,
    `own-threads/${intruder.personId}`,
  ];
  for (const topic of topics) line.say(writeControl({ t: 'follow', topic }));
  const everywhere = [...rooms, ...NOWHERE];
  // A channel that nobody opened, and one that another socket has.
  for (const message of messagesTo(intruder, NOWHERE[0] as TrialRoom)) line.say(writeFrame(900, message));
  for (const [index, room] of everywhere.entries()) {
    line.say(writeControl({ t: 'open', channel: index + 1, room: nameOf(room), schema: SCHEMA_VERSION }));
    const messages = questionsTo(room) === 1 ? [LAST] : messagesTo(intruder, room);
    for (const message of messages) line.say(writeFrame(index + 1, message));
  }
  const answered = (times: number, channel: number) =>
    heardOn(channel).filter(isAnswer).length >= times ||
    controls.some((told) => told.t === 'denied' && told.channel === channel);
  await line.until(() => everywhere.every((room, index) => answered(questionsTo(room), index + 1)));
  for (const [index, room] of everywhere.entries()) {
    if (questionsTo(room) > 1) line.say(writeFrame(index + 1, LAST));
  }
  await line.until(() =>
    everywhere.every((room, index) => answered(questionsTo(room) > 1 ? ALL_HANDLED : 1, index + 1)),
  );
  for (const [index, room] of everywhere.entries()) {
    const channel = index + 1;
    const told = controls.find((one) => 'channel' in one && one.channel === channel);
    const outcome = outcomeOf(trial, intruder, room);
    expect(told, `${who}, ${nameOf(room)}`).toMatchObject(
      outcome.kind === 'open'
        ? { t: 'opened', access: outcome.access }
        : { t: 'denied', reason: outcome.reason },
    );
    if (outcome.kind === 'denied') expect(heardOn(channel), `${who}, ${nameOf(room)}`).toEqual([]);
    expect(leaks(heardOn(channel), intruder, room), `${who}, ${nameOf(room)}`).toEqual([]);
  }
  expect(leaks([...heardOn(0), ...heardOn(900)], intruder, null), who).toEqual([]);

  for (const topic of topics) service.parts.bus.publish({ t: 'changed', topic });
  const own = `person/${intruder.personId}`;
  const changed = () => {
    heardOn(0);
    return controls.flatMap((told) => (told.t === 'changed' ? [told.topic] : []));
  };
  await line.until(() => changed().includes(own));
  expect(line.end, who).toBeNull();
  expect([...new Set(changed())].toSorted(), who).toEqual(
    topics.filter((topic) => mayFollow(intruder, topic)).toSorted(),
  );

  // What cannot be read ends its room, and no other.
  const ended = someRooms.map((room, index) => {
    const channel = 300 + index;
    line.say(writeControl({ t: 'open', channel, room: nameOf(room), schema: SCHEMA_VERSION }));
    line.say(writeFrame(channel, NO_MESSAGES[index % NO_MESSAGES.length] as Uint8Array));
    return { channel, room };
  });
  const isEnded = (channel: number) => {
    heardOn(channel);
    return controls.some((told) => (told.t === 'denied' || told.t === 'closed') && told.channel === channel);
  };
  await line.until(() => ended.every(({ channel }) => isEnded(channel)));
  expect(line.end, who).toBeNull();
  for (const { channel, room } of ended) expect(leaks(heardOn(channel), intruder, room), who).toEqual([]);
  line.close();
}

function mayFollow(intruder: Intruder, topic: string): boolean {
  const [kind, id] = topic.split('/');
  if (kind === 'person' || kind === 'own-threads') return id === intruder.personId;
  const isTeam = !['contact', 'former', 'stranger'].includes(intruder.part);
  const scoped = intruder.way === 'token of another study';
  const found = trial.cases.find((one) => (kind === 'study' ? one.studyId : one.id) === id);
  return isTeam && !scoped && found?.studyId === trial.studyId;
}

describe.each(PARTS)('somebody who is %s', (part) => {
  const intruders = () => trial.intruders.filter((one) => one.part === part);

  it('[ACCESS-1] [ACCESS-2] [ACCESS-5] [TOKEN-1] gets of every room what the decision says, and changes none, by plain sockets', async () => {
    for (const intruder of intruders()) {
      await Promise.all(someRooms.map((room) => tryPlain(intruder, room)));
      const noMessages = NO_MESSAGES.map((message, index) => {
        const room = someRooms[(index * 5) % someRooms.length] as TrialRoom;
        return tryNoMessage(intruder, room, message);
      });
      await Promise.all(noMessages);
    }
  });

  it('[ACCESS-1] [ACCESS-2] [ACCESS-5] [TOKEN-1] gets of every room and topic what the decision says, and changes none, by one socket', async () => {
    for (const intruder of intruders()) await tryAllRooms(intruder);
  });

  it('[INPUT-1] [ACCESS-1] gets no room of a name that there is none of, nor with an outdated page, nor one channel twice', async () => {
    for (const intruder of intruders()) {
      const who = `${part}, ${intruder.way}`;
      for (const name of NO_NAMES) {
        const line = await lineTo(at(`/${name}`), ['y-websocket', ...intruder.protocols], intruder.headers);
        expect(line.end?.code, `${who}, ${name}`).toBe(404);
      }
      if (isOver(intruder.way)) continue;
      const line = await many(intruder);
      const room = nameOf(trial.ownCase);
      const asked = [
        ...NO_NAMES.map((name) => [name, SCHEMA_VERSION, 'not-found'] as const),
        ...[0, SCHEMA_VERSION + 1, -1].map((schema) => [room, schema, 'outdated-page'] as const),
      ];
      for (const [index, [name, schema]] of asked.entries()) {
        line.say(writeControl({ t: 'open', channel: index + 1, room: name, schema }));
      }
      await line.until(() => line.heard.length > asked.length);
      const told = line.heard.slice(1).map((frame) => readServerControl(readFrame(frame).payload));
      expect(told, who).toEqual(
        asked.map(([, , reason], index) => ({ t: 'denied', channel: index + 1, reason })),
      );
      for (let time = 0; time < 2; time += 1) {
        line.say(writeControl({ t: 'open', channel: 1, room, schema: SCHEMA_VERSION }));
      }
      await line.until(() => false);
      expect(line.end?.reason, who).toBe('bad-message');
    }
  });

  it('[INPUT-1] [ACCESS-1] has a socket closed that says what nobody may, and hears nothing on it', async () => {
    for (const intruder of intruders()) {
      const frames = [
        ...NO_CONTROLS.map((text) => joined([Uint8Array.of(0), new TextEncoder().encode(text)])),
        Uint8Array.of(),
        Uint8Array.of(0x80),
        Uint8Array.of(0, 0xff, 0xfe),
      ];
      await Promise.all(
        frames.map(async (frame) => {
          const line = await many(intruder);
          line.say(frame);
          await line.until(() => false);
          const reason = isOver(intruder.way) ? 'not-signed-in' : 'bad-message';
          expect(line.end?.reason, `${part}, ${intruder.way}, ${frame.subarray(0, 80)}`).toBe(reason);
          expect(leaks(line.heard, intruder, null)).toEqual([]);
        }),
      );
    }
  });
});

it('[ACCESS-2] [ACCESS-3] [INPUT-1] nothing was written by any of it, nobody was shown who may not be there, and the service goes on', async () => {
  expect(contentOf()).toBe(before);
  for (const doc of docs.values()) expect(JSON.stringify(doc.getMap('fields'))).not.toContain(FORGED);
  for (const [id, doc] of docs)
    expect(doc.getText('field/aims').toString()).toBe(wordsOf({ kind: 'block', id } as TrialRoom));
  expect(seen.some(({ name }) => name === 'viewer token')).toBe(true);
  for (const { room, client, name } of seen) {
    expect(client === SHOWN && name === null, `${nameOf(room)} was emptied`).toBe(false);
    if (name === null || name === 'Wanda Watcher') continue;
    const intruder = trial.intruders.find((one) => `${one.part} ${one.way}` === name);
    expect(intruder && outcomeOf(trial, intruder, room).kind, `${name} in ${nameOf(room)}`).toBe('open');
  }
  const room = rooms[0] as TrialRoom;
  watcher.say(1, writeQueryAwareness());
  watcher.say(1, writeSyncStep1(Y.encodeStateVector(new Y.Doc())));
  docs.get(room.id)?.getText('field/aims').insert(0, 'And on. ');
  await watcher.until(() => watcher.isSaved(1));
  expect(watcher.end).toBeNull();
});
