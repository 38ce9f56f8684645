/** y-websocket's messages, as bytes and back (see PROTOCOL.md). */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from './frames.ts';

/** What a client may send in a room. Bytes are views into the frame. */
export type RoomMessage =
  | { readonly kind: 'step-1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step-2'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: Uint8Array }
  | { readonly kind: 'query-awareness' };

const AUTH_PERMISSION_DENIED = 0;

/**
 * @param payload one or several messages, one after another
 * @param most messages that one payload may hold
 * @throws RangeError on anything else; nothing of the payload is then to be used
 */
export function readRoomMessages(payload: Uint8Array, most: number): RoomMessage[] {
  const decoder = decoding.createDecoder(payload);
  const messages: RoomMessage[] = [];
  try {
    while (decoding.hasContent(decoder)) {
      if (messages.length === most) throw new RangeError('too many messages in one frame');
      messages.push(readRoomMessage(decoder));
    }
  } catch (cause) {
    throw new RangeError('no message of a room', { cause });
  }
  if (messages.length === 0) throw new RangeError('an empty message');
  return messages;
}

function readRoomMessage(decoder: decoding.Decoder): RoomMessage {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case MESSAGE_SYNC: {
      const kind = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (kind === SYNC_STEP_1) return { kind: 'step-1', stateVector: bytes };
      if (kind === SYNC_STEP_2) return { kind: 'step-2', update: bytes };
      if (kind === SYNC_UPDATE) return { kind: 'update', update: bytes };
      throw new RangeError(`unknown sync message ${kind}`);
    }
    case MESSAGE_AWARENESS:
      return { kind: 'awareness', states: decoding.readVarUint8Array(decoder) };
    case MESSAGE_QUERY_AWARENESS:
      return { kind: 'query-awareness' };
    default:
      throw new RangeError(`unknown message ${type}`);
  }
}

export function writeSyncStep1(stateVector: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeSync(SYNC_STEP_1, stateVector);
}

export function writeSyncStep2(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeSync(SYNC_STEP_2, update);
}

export function writeUpdate(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeSync(SYNC_UPDATE, update);
}

function writeSync(kind: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, kind);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

/** @param states an awareness update of y-protocols */
export function writeAwareness(states: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(encoder, states);
  return encoding.toUint8Array(encoder);
}

export function writeQueryAwareness(): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_QUERY_AWARENESS);
  return encoding.toUint8Array(encoder);
}

/** What a stock client is told before its socket closes for good. */
export function writePermissionDenied(reason: string): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AUTH);
  encoding.writeVarUint(encoder, AUTH_PERMISSION_DENIED);
  encoding.writeVarString(encoder, reason);
  return encoding.toUint8Array(encoder);
}
