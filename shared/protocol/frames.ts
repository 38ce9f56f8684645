/**
 * Frames of the many-rooms socket: `varUint channel` + payload (see PROTOCOL.md).
 * Channel 0 carries one JSON control message as UTF-8; any other channel carries
 * y-websocket messages, one or several, one after another.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { ClientControl, ServerControl } from './control.ts';

export const CONTROL_CHANNEL = 0;
export const MAX_CHANNEL = 2 ** 31 - 1;

/** y-websocket's message types. */
export const MESSAGE_SYNC = 0;
export const MESSAGE_AWARENESS = 1;
export const MESSAGE_AUTH = 2;
export const MESSAGE_QUERY_AWARENESS = 3;

/** Kinds within MESSAGE_SYNC. */
export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
export const SYNC_UPDATE = 2;

export interface Frame {
  readonly channel: number;
  /** A view into the frame's own bytes. */
  readonly payload: Uint8Array;
}

export function writeFrame(channel: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  if (channel < 0x80) {
    const frame = new Uint8Array(1 + payload.byteLength);
    frame[0] = channel;
    frame.set(payload, 1);
    return frame;
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, channel);
  encoding.writeUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

/** @throws RangeError on a frame without a channel, or with one beyond MAX_CHANNEL */
export function readFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes);
  let channel: number;
  try {
    channel = decoding.readVarUint(decoder);
  } catch {
    throw new RangeError('frame without a channel');
  }
  if (channel > MAX_CHANNEL) throw new RangeError('channel beyond the limit');
  return { channel, payload: bytes.subarray(decoder.pos) };
}

const utf8 = new TextEncoder();

export function writeControl(message: ClientControl | ServerControl): Uint8Array<ArrayBuffer> {
  return writeFrame(CONTROL_CHANNEL, utf8.encode(JSON.stringify(message)));
}

/**
 * For the page alone, which trusts its own server; the server checks shapes itself.
 * @throws SyntaxError on what is no JSON
 */
export function readServerControl(payload: Uint8Array): ServerControl {
  return JSON.parse(new TextDecoder().decode(payload)) as ServerControl;
}

/** A y-websocket awareness message that names nobody: keeps the stock provider's watchdog quiet. */
export function emptyAwarenessMessage(): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(encoder, Uint8Array.of(0));
  return encoding.toUint8Array(encoder);
}
