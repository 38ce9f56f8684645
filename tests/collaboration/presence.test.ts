import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PRESENCE_CHARACTERS, PRESENCE_AT_ONCE } from '../../server/collaboration/bounds.ts';
import { MESSAGE_AWARENESS } from '../../shared/protocol/frames.ts';
import { writeAwareness, writeQueryAwareness } from '../../shared/protocol/messages.ts';
import { Scene, type StockPeer } from '../support/wire.ts';

type States = Record<number, { clock: number; state: unknown }>;

function presence(
  entries: readonly (readonly [client: number, clock: number, state: unknown])[],
): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const [client, clock, state] of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  }
  return writeAwareness(encoding.toUint8Array(encoder));
}

function readPresence(messages: readonly Uint8Array[]): States[] {
  return messages.flatMap((message) => {
    const decoder = decoding.createDecoder(message);
    if (decoding.readVarUint(decoder) !== MESSAGE_AWARENESS) return [];
    const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    const states: States = {};
    for (let count = decoding.readVarUint(inner); count > 0; count--) {
      const client = decoding.readVarUint(inner);
      const clock = decoding.readVarUint(inner);
      states[client] = { clock, state: JSON.parse(decoding.readVarString(inner)) };
    }
    return [states];
  });
}

describe('who is where', () => {
  let scene: Scene;
  let ann: StockPeer;
  let ben: StockPeer;
  beforeEach(async () => {
    scene = await Scene.create('a');
    ann = scene.stock('ann', 'a');
    ben = scene.stock('ben', 'a');
    await scene.run();
  });
  afterEach(() => scene.close());

  const heard = (peer: StockPeer) => readPresence(peer.others);
  const annUser = {
    id: 'ann',
    name: 'Name of ann',
    colour: '#0a7d62',
    color: '#0a7d62',
    initials: 'an',
  };

  test('[ACCESS-3] names and colours are the server’s, whatever a client claims', async () => {
    ann.say(presence([[11, 1, { user: { name: 'The Head', color: 'red' }, cursor: 4 }]]));
    await scene.run();
    const stamped = { 11: { clock: 1, state: { cursor: 4, user: annUser } } };
    expect(heard(ben)).toEqual([stamped]);
    // The sender hears it too: silence would end its line after 30 seconds.
    expect(heard(ann)).toEqual([stamped]);
  });

  test('[ACCESS-3] nobody speaks for the caret of somebody else, or takes it away', async () => {
    ann.say(presence([[11, 1, { cursor: 4 }]]));
    await scene.run();
    ben.say(presence([[11, 9, { cursor: 99 }]]));
    ben.say(presence([[11, 10, null]]));
    await scene.run();
    expect(heard(ann)).toHaveLength(1);
    // Ben's own line is answered all the same, so that it does not end.
    expect(heard(ben).slice(1)).toEqual([{}]);
    const cem = scene.stock('cem', 'a');
    await scene.run();
    expect(heard(cem)).toEqual([{ 11: { clock: 1, state: { cursor: 4, user: annUser } } }]);
  });

  test('[ACCESS-3] the same person may come back before the old line is known to be dead', async () => {
    ann.say(presence([[11, 1, { cursor: 4 }]]));
    await scene.run();
    const again = scene.stock('ann', 'a');
    again.say(presence([[11, 2, { cursor: 5 }]]));
    await scene.run();
    ann.cut();
    await scene.run();
    expect(heard(ben).at(-1)).toEqual({ 11: { clock: 2, state: { cursor: 5, user: annUser } } });
  });

  test('a newcomer is told who is here, and so is whoever asks', async () => {
    ann.say(presence([[11, 3, { cursor: 4 }]]));
    await scene.run();
    const cem = scene.stock('cem', 'a');
    await scene.run();
    expect(heard(cem)).toHaveLength(1);
    cem.say(writeQueryAwareness());
    await scene.run();
    expect(heard(cem)).toHaveLength(2);
    expect(heard(cem)[1]).toEqual(heard(cem)[0]);
  });

  test('carets go with their line', async () => {
    ann.say(presence([[11, 3, { cursor: 4 }]]));
    await scene.run();
    ann.cut();
    await scene.run();
    expect(heard(ben).at(-1)).toEqual({ 11: { clock: 3, state: null } });
    const cem = scene.stock('cem', 'a');
    await scene.run();
    expect(heard(cem)).toEqual([]);
  });

  test('what moves within a turn goes out once', async () => {
    ann.say(presence([[11, 1, { cursor: 1 }]]));
    ann.say(presence([[11, 2, { cursor: 2 }]]));
    ben.say(presence([[12, 1, { cursor: 3 }]]));
    ann.up();
    ben.up();
    await scene.run();
    expect(heard(ben)).toHaveLength(1);
    expect(Object.keys(heard(ben)[0] as States)).toEqual(['11', '12']);
    expect(heard(ben)[0]?.[11]?.clock).toBe(2);
  });

  test('[INPUT-1] a flood is thinned, and costs nobody anything', async () => {
    for (let i = 0; i < 500; i++) {
      ann.say(presence([[11, i + 1, { cursor: i }]]));
      ann.up();
      await scene.step();
    }
    await scene.run();
    expect(heard(ben)).toHaveLength(PRESENCE_AT_ONCE);
    expect(ann.socket.closed).toBeNull();
  });

  test('[INPUT-1] many carets of one line are not kept', async () => {
    ann.say(presence(Array.from({ length: 100 }, (_, i) => [i + 1, 1, {}] as const)));
    await scene.run();
    expect(Object.keys(heard(ben)[0] as States)).toHaveLength(4);
  });

  test.each([
    ['a giant state', presence([[11, 1, { note: 'x'.repeat(MAX_PRESENCE_CHARACTERS) }]])],
    ['a state that is no object', presence([[11, 1, 'here']])],
    ['a list', presence([[11, 1, [1]]])],
    ['broken JSON', writeAwareness(Uint8Array.of(1, 11, 1, 1, 123))],
    ['a count without states', writeAwareness(Uint8Array.of(200, 1))],
  ])('[INPUT-1] %s closes its own line alone', async (_what, message) => {
    ann.say(message);
    await scene.run();
    expect(ann.socket.closed?.reason).toBe('bad-message');
    expect(ben.socket.closed).toBeNull();
    expect(heard(ben)).toEqual([]);
  });

  test('[ACCESS-5] a school contact is seen and sees nobody', async () => {
    scene.access.people.set('head', { access: 'write', team: false });
    ann.say(presence([[11, 1, { cursor: 4 }]]));
    const head = scene.stock('head', 'a');
    await scene.run();
    head.say(presence([[21, 1, { cursor: 1 }]]));
    head.say(writeQueryAwareness());
    await scene.run();
    expect(heard(head).every((states) => Object.keys(states).length === 0)).toBe(true);
    expect(heard(head).length).toBeGreaterThan(0);
    expect(heard(ben).at(-1)).toHaveProperty('21');
  });

  test('[ACCESS-5] a case’s room is for the team: presence, and nothing to write', async () => {
    scene.access.cases.add('ann');
    scene.access.cases.add('ben');
    const pages = ['ann', 'ben', 'head'].map((who) => scene.page(who));
    for (const page of pages) page.open(1, 'case/c');
    await scene.run();
    pages[0]?.docs.get(1)?.getText('field/aims').insert(0, 'x');
    pages[0]?.say(1, presence([[31, 1, { blockId: 'a' }]]));
    await scene.run();
    expect(pages[2]?.told('denied')).toEqual([{ t: 'denied', channel: 1, reason: 'not-found' }]);
    expect(pages[1]?.told('opened')).toEqual([{ t: 'opened', channel: 1, access: 'read', lineage: '' }]);
    expect(pages[1]?.docs.get(1)?.getText('field/aims').toString()).toBe('');
    expect(readPresence((pages[1]?.others ?? []).map(({ message }) => message))).toEqual([
      { 31: { clock: 1, state: { blockId: 'a', user: annUser } } },
    ]);
    scene.access.cases.delete('ben');
    pages[1]?.session.reconsider();
    await scene.run();
    expect(pages[1]?.told('closed')).toEqual([{ t: 'closed', channel: 1, reason: 'access-changed' }]);
  });
});
