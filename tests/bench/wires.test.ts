import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import { writeAwareness, writePermissionDenied } from '../../shared/protocol/messages.ts';
import { hocuspocusWire } from './load/hocuspocus-wire.ts';
import { stockWire } from './load/stock-wire.ts';
import { NO_UPDATE, type Wire } from './load/wire.ts';

const ROOM = 'block/Käse';
const UPDATE = Uint8Array.of(1, 2, 3);

/** As Hocuspocus sends it: the name, the type, the rest. */
function fromHocuspocus(type: number, rest: (encoder: encoding.Encoder) => void = () => {}): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, ROOM);
  encoding.writeVarUint(encoder, type);
  rest(encoder);
  return encoding.toUint8Array(encoder);
}

const wires: readonly (readonly [string, Wire])[] = [
  ['y-websocket', stockWire],
  ['Hocuspocus', hocuspocusWire],
];

describe.each(wires)('the wire of %s', (_name, wire) => {
  test('reads back what it writes', () => {
    expect(wire.read(wire.question(ROOM))).toEqual([{ kind: 'question' }]);
    expect(wire.read(wire.answer(ROOM, NO_UPDATE))).toEqual([{ kind: 'answer', update: NO_UPDATE }]);
    expect(wire.read(wire.update(ROOM, UPDATE))).toEqual([{ kind: 'update', update: UPDATE }]);
  });

  test('throws on half a message', () => {
    const whole = wire.update(ROOM, UPDATE);
    expect(() => wire.read(whole.subarray(0, -1))).toThrow();
  });
});

test('y-websocket: several messages may stand in one frame', () => {
  const frame = Buffer.concat([
    writeAwareness(Uint8Array.of(0)),
    stockWire.update(ROOM, UPDATE),
    stockWire.question(ROOM),
    writePermissionDenied('locked'),
  ]);
  expect(stockWire.read(frame)).toEqual([
    { kind: 'other' },
    { kind: 'update', update: UPDATE },
    { kind: 'question' },
    { kind: 'refused', reason: 'locked' },
  ]);
});

test('Hocuspocus: a token is sent first, and says whether one was let in', () => {
  const greeting = fromHocuspocus(2, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, 'bench');
  });
  expect(hocuspocusWire.greeting(ROOM)).toEqual(greeting);
  const admitted = fromHocuspocus(2, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarString(encoder, 'read-write');
  });
  expect(hocuspocusWire.read(admitted)).toEqual([{ kind: 'admitted' }]);
  const denied = fromHocuspocus(2, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, 'no');
  });
  expect(hocuspocusWire.read(denied)).toEqual([{ kind: 'refused', reason: 'no' }]);
});

test('Hocuspocus: its reply to a question is read as one of ours, its status is passed over', () => {
  const reply = fromHocuspocus(4, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint8Array(encoder, Uint8Array.of(0));
  });
  expect(hocuspocusWire.read(reply)).toEqual([{ kind: 'question' }]);
  const status = fromHocuspocus(8, (encoder) => encoding.writeVarUint(encoder, 1));
  expect(hocuspocusWire.read(status)).toEqual([{ kind: 'other' }]);
});
