import type { ClientControl } from '../../shared/protocol/control.ts';
import { MAX_CHANNEL } from '../../shared/protocol/frames.ts';
import { MAX_CONTROL_BYTES } from './bounds.ts';

const TOPIC = /^(case|study|person|threads|own-threads)\/[A-Za-z0-9_-]{1,64}$/;

/** @returns null for what is no control message that a page may send */
export function readClientControl(payload: Uint8Array): ClientControl | null {
  if (payload.byteLength > MAX_CONTROL_BYTES) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const message = value as Record<string, unknown>;
  switch (message.t) {
    case 'open': {
      const { channel, room, schema } = message;
      if (!isChannel(channel) || typeof room !== 'string' || typeof schema !== 'number') return null;
      return { t: 'open', channel, room, schema };
    }
    case 'close':
      return isChannel(message.channel) ? { t: 'close', channel: message.channel } : null;
    case 'follow':
    case 'unfollow': {
      const { topic } = message;
      if (typeof topic !== 'string' || !TOPIC.test(topic)) return null;
      return { t: message.t, topic };
    }
    default:
      return null;
  }
}

function isChannel(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_CHANNEL;
}
