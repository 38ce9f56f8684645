/** Everything that a client may say in a room or about rooms, honest and not. */
import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import {
  writeAwareness,
  writePermissionDenied,
  writeQueryAwareness,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from '../../shared/protocol/messages.ts';

/** What somebody says whose name it is not. */
export const FORGED = 'Mallory Forged';

const NO_WORDS = Y.encodeStateVector(new Y.Doc());

function stateOf(client: number): Uint8Array {
  const presence = new awareness.Awareness(Object.assign(new Y.Doc(), { clientID: client }));
  presence.setLocalState({ user: { id: 'forged', name: FORGED }, cursor: { at: 1 } });
  const states = awareness.encodeAwarenessUpdate(presence, [client]);
  presence.destroy();
  return states;
}

/** A presence entry that says of somebody that they have gone. */
function goneOf(client: number): Uint8Array {
  const presence = new awareness.Awareness(Object.assign(new Y.Doc(), { clientID: client }));
  presence.setLocalState({});
  const states = awareness.encodeAwarenessUpdate(presence, [client], new Map([[client, null as never]]));
  presence.destroy();
  return states;
}

/** Writing, in every way that a client can. @param held the document as it stands, or what is made up of it */
export function writingMessages(held: Y.Doc): readonly Uint8Array[] {
  const before = Y.encodeStateVector(held);
  const fresh = new Y.Doc();
  fresh.getText('field/aims').insert(0, FORGED);
  fresh.getMap('fields').set('value/x', FORGED);
  // Under the client id of whoever wrote what stands there.
  const twin = copyOf(held);
  twin.clientID = [...held.store.clients.keys()][0] ?? 7;
  twin.getText('field/aims').insert(0, FORGED);
  const eraser = copyOf(held);
  eraser.getText('field/aims').delete(0, eraser.getText('field/aims').length);
  const updates = [
    Y.encodeStateAsUpdate(fresh),
    Y.encodeStateAsUpdate(twin, before),
    Y.encodeStateAsUpdate(eraser, before),
    Uint8Array.of(0, 0),
  ];
  return updates.flatMap((update) => [writeUpdate(update), writeSyncStep2(update)]);
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

/** What reads, or is about presence. @param shown the client id under which somebody else is there */
export function otherMessages(client: number, shown: number): readonly Uint8Array[] {
  return [
    writeSyncStep1(NO_WORDS),
    writeQueryAwareness(),
    writeAwareness(stateOf(client)),
    writeAwareness(stateOf(shown)),
    writeAwareness(goneOf(shown)),
    writeAwareness(Uint8Array.of(0)),
  ];
}

/** The question that is answered once all before it was handled. */
export const LAST = writeSyncStep1(NO_WORDS);

/** What is no message of a room; each ends the room, or the socket that has but one. */
export const NO_MESSAGES: readonly Uint8Array[] = [
  Uint8Array.of(),
  // Auth, which is the server's to send.
  writePermissionDenied('no-access'),
  // Types and kinds that nobody knows.
  Uint8Array.of(4),
  Uint8Array.of(127, 1, 2, 3),
  Uint8Array.of(0, 3, 0),
  // Lengths that are not there, and an update that is none.
  Uint8Array.of(0, 0, 200),
  Uint8Array.of(1, 5, 1),
  joined([LAST, Uint8Array.of(9)]),
  joined([LAST, writeQueryAwareness(), Uint8Array.of(0, 2)]),
];

/** Several messages in one frame. */
export function joined(messages: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(messages));
}

/** What is no control message, as text; each ends the socket. */
export const NO_CONTROLS: readonly string[] = [
  '',
  'null',
  '[]',
  '"open"',
  '{',
  '{"t":"welcome"}',
  '{"t":"opened","channel":1,"access":"write","lineage":""}',
  '{"t":"saved","channel":1,"n":1}',
  '{"t":"changed","topic":"case/x"}',
  '{"t":"open"}',
  `{"t":"open","channel":0,"room":"block/x","schema":${SCHEMA_VERSION}}`,
  `{"t":"open","channel":-1,"room":"block/x","schema":${SCHEMA_VERSION}}`,
  `{"t":"open","channel":1,"room":["block/x"],"schema":${SCHEMA_VERSION}}`,
  '{"t":"close","channel":"1"}',
  '{"t":"follow"}',
  '{"t":"follow","topic":"people/1"}',
  '{"t":"follow","topic":"case/../study/x"}',
  '{"t":"unfollow","topic":7}',
  `{"t":"follow","topic":"case/x","t2":${'['.repeat(90_000)}}`,
];
