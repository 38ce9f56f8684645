import * as decoding from 'lib0/decoding';
import {
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from '../../shared/protocol/frames.ts';

/**
 * Cuts a frame's payload into its y-websocket messages: the stock provider reads
 * one message per event and would drop the rest in silence.
 * @throws Error on a message of an unknown kind, or one cut short
 */
export function splitMessages(payload: Uint8Array): Uint8Array[] {
  const decoder = decoding.createDecoder(payload);
  const messages: Uint8Array[] = [];
  while (decoding.hasContent(decoder)) {
    const from = decoder.pos;
    const kind = decoding.readVarUint(decoder);
    switch (kind) {
      case MESSAGE_SYNC:
        decoding.readVarUint(decoder);
        decoding.readVarUint8Array(decoder);
        break;
      case MESSAGE_AWARENESS:
        decoding.readVarUint8Array(decoder);
        break;
      case MESSAGE_AUTH:
        decoding.readVarUint(decoder);
        decoding.readVarString(decoder);
        break;
      case MESSAGE_QUERY_AWARENESS:
        break;
      default:
        throw new Error(`y-websocket message of kind ${kind}`);
    }
    messages.push(payload.subarray(from, decoder.pos));
  }
  return messages;
}

/** @returns whether the message asks for what its sender lacks */
export function isSyncStep1(message: Uint8Array): boolean {
  return message[0] === MESSAGE_SYNC && message[1] === SYNC_STEP_1;
}

/** A sync write carries content: the whole of what is missing elsewhere, or one update. */
export type SyncWrite = 'everything' | 'update';

/** @returns null for a message that writes nothing */
export function syncWriteOf(message: Uint8Array): SyncWrite | null {
  if (message[0] !== MESSAGE_SYNC) return null;
  if (message[1] === SYNC_STEP_2) return 'everything';
  return message[1] === SYNC_UPDATE ? 'update' : null;
}
