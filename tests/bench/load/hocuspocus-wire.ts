import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { SYNC_STEP_1, SYNC_STEP_2, SYNC_UPDATE } from '../../../shared/protocol/frames.ts';
import { readSync } from './stock-wire.ts';
import { type Heard, NO_STATE, type Wire } from './wire.ts';

/** Message types of Hocuspocus 4; every message begins with its room's name. */
const SYNC = 0;
const AUTH = 2;
/** As SYNC, but not to be asked back. */
const SYNC_REPLY = 4;
/** Kinds within AUTH. */
const TOKEN = 0;
const DENIED = 1;
const AUTHENTICATED = 2;

/** As Hocuspocus's own provider speaks it: a token first, the question once it was let in. */
export const hocuspocusWire: Wire = {
  greeting: (room) =>
    write(room, AUTH, (encoder) => {
      encoding.writeVarUint(encoder, TOKEN);
      encoding.writeVarString(encoder, 'bench');
    }),
  question: (room) => writeSync(room, SYNC_STEP_1, NO_STATE),
  answer: (room, update) => writeSync(room, SYNC_STEP_2, update),
  update: (room, update) => writeSync(room, SYNC_UPDATE, update),
  read(bytes) {
    const decoder = decoding.createDecoder(bytes);
    // The room's name, in bytes: nobody here is in two rooms on one socket.
    decoding.readVarUint8Array(decoder);
    return [readMessage(decoder)];
  },
};

function readMessage(decoder: decoding.Decoder): Heard {
  const type = decoding.readVarUint(decoder);
  if (type === SYNC || type === SYNC_REPLY) return readSync(decoder);
  if (type !== AUTH) return { kind: 'other' };
  const kind = decoding.readVarUint(decoder);
  if (kind === AUTHENTICATED) return { kind: 'admitted' };
  if (kind === DENIED) return { kind: 'refused', reason: decoding.readVarString(decoder) };
  return { kind: 'other' };
}

function writeSync(room: string, kind: number, bytes: Uint8Array): Uint8Array {
  return write(room, SYNC, (encoder) => {
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

function write(room: string, type: number, body: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, room);
  encoding.writeVarUint(encoder, type);
  body(encoder);
  return encoding.toUint8Array(encoder);
}
