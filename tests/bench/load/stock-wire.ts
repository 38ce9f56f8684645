import * as decoding from 'lib0/decoding';
import {
  MESSAGE_AUTH,
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
} from '../../../shared/protocol/frames.ts';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from '../../../shared/protocol/messages.ts';
import { type Heard, NO_STATE, type Wire } from './wire.ts';

/** y-websocket's own wire: the room stands in the address. */
export const stockWire: Wire = {
  greeting: () => writeSyncStep1(NO_STATE),
  question: () => writeSyncStep1(NO_STATE),
  answer: (_room, update) => writeSyncStep2(update),
  update: (_room, update) => writeUpdate(update),
  read(bytes) {
    const decoder = decoding.createDecoder(bytes);
    const heard: Heard[] = [];
    while (decoding.hasContent(decoder)) heard.push(readMessage(decoder));
    return heard;
  },
};

function readMessage(decoder: decoding.Decoder): Heard {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case MESSAGE_SYNC:
      return readSync(decoder);
    case MESSAGE_AWARENESS:
      decoding.readVarUint8Array(decoder);
      return { kind: 'other' };
    case MESSAGE_AUTH:
      decoding.readVarUint(decoder);
      return { kind: 'refused', reason: decoding.readVarString(decoder) };
    case MESSAGE_QUERY_AWARENESS:
      return { kind: 'other' };
    default:
      throw new RangeError(`unknown message ${type}`);
  }
}

/** Reads what follows the type of a sync message, on every wire of these. */
export function readSync(decoder: decoding.Decoder): Heard {
  const kind = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (kind === SYNC_STEP_1) return { kind: 'question' };
  return { kind: kind === SYNC_STEP_2 ? 'answer' : 'update', update: bytes };
}
