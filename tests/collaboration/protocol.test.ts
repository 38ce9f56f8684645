import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  CLOSE_REASONS,
  closeCode,
  MANY_ROOMS_SUBPROTOCOL,
  PROTOCOL_VERSION,
  type ServerControl,
} from '../../shared/protocol/control.ts';
import {
  emptyAwarenessMessage,
  readFrame,
  readServerControl,
  writeControl,
  writeFrame,
} from '../../shared/protocol/frames.ts';
import {
  readRoomMessages,
  writeAwareness,
  writePermissionDenied,
  writeQueryAwareness,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from '../../shared/protocol/messages.ts';
import { parseRoomName, roomName } from '../../shared/protocol/rooms.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/**
 * Pages that are open, and strangers' editors, speak these bytes. If one of them
 * has to change, raise PROTOCOL_VERSION, or older pages break in silence.
 */
describe('the wire', () => {
  test('has the bytes that it had', () => {
    expect([PROTOCOL_VERSION, MANY_ROOMS_SUBPROTOCOL]).toEqual([1, 'casebook.1']);
    const some = Uint8Array.of(1, 2, 3);
    expect(hex(writeSyncStep1(some))).toBe('000003010203');
    expect(hex(writeSyncStep2(some))).toBe('000103010203');
    expect(hex(writeUpdate(some))).toBe('000203010203');
    expect(hex(writeAwareness(some))).toBe('0103010203');
    expect(hex(emptyAwarenessMessage())).toBe('010100');
    expect(hex(writeQueryAwareness())).toBe('03');
    expect(hex(writePermissionDenied('locked'))).toBe('0200066c6f636b6564');
    expect(hex(writeFrame(300, some))).toBe('ac02010203');
    expect(hex(writeControl({ t: 'alive' }))).toBe(`00${Buffer.from('{"t":"alive"}').toString('hex')}`);
  });

  test('has the words that it had', () => {
    const said: ServerControl[] = [
      { t: 'welcome', protocol: 1, schema: 1, personId: 'p' },
      { t: 'opened', channel: 1, access: 'write', lineage: 'l' },
      { t: 'denied', channel: 1, reason: 'not-found' },
      { t: 'closed', channel: 1, reason: 'access-changed' },
      { t: 'saved', channel: 1, n: 4 },
      { t: 'refused', channel: 1, n: 5, reason: 'too-large' },
      { t: 'changed', topic: 'case/c' },
      { t: 'alive' },
    ];
    for (const message of said) {
      expect(readServerControl(readFrame(writeControl(message)).payload)).toEqual(message);
    }
    expect(CLOSE_REASONS.map((reason) => [reason, closeCode(reason)])).toEqual([
      ['not-signed-in', 4403],
      ['not-found', 4403],
      ['no-access', 4403],
      ['access-changed', 4403],
      ['locked', 4403],
      ['outdated-page', 4403],
      ['lineage', 4403],
      ['too-large', 4403],
      ['not-a-suggestion', 4403],
      ['too-many', 4503],
      ['bad-message', 4503],
      ['load-failed', 4503],
      ['store-failed', 4503],
      ['too-slow', 4503],
      ['stopping', 4503],
    ]);
  });

  test('reads several messages of one frame, and nothing that is cut short', () => {
    const parts = [writeSyncStep1(Y.encodeStateVector(new Y.Doc())), writeUpdate(Uint8Array.of(0, 0))];
    const packed = Uint8Array.from(parts.flatMap((part) => [...part]));
    expect(readRoomMessages(packed, 2).map(({ kind }) => kind)).toEqual(['step-1', 'update']);
    expect(() => readRoomMessages(packed, 1)).toThrow(RangeError);
    for (let length = 0; length < packed.length; length++) {
      if (length !== parts[0]?.length) {
        expect(() => readRoomMessages(packed.subarray(0, length), 2), String(length)).toThrow(RangeError);
      }
    }
    for (const unknown of [[2, 0, 0], [4], [0, 3, 0]]) {
      expect(() => readRoomMessages(Uint8Array.from(unknown), 9)).toThrow(RangeError);
    }
  });

  test('names rooms', () => {
    expect(parseRoomName('block/a_B-9')).toEqual({ kind: 'block', id: 'a_B-9' });
    expect(parseRoomName(roomName({ kind: 'case', id: 'c' }))).toEqual({ kind: 'case', id: 'c' });
    for (const name of ['', 'block', 'block/', 'block/a/b', 'page/a', 'block/ä', `block/${'a'.repeat(65)}`]) {
      expect(parseRoomName(name)).toBeNull();
    }
  });
});
