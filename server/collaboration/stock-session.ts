import { type CloseReason, isPermanent } from '../../shared/protocol/control.ts';
import { emptyAwarenessMessage } from '../../shared/protocol/frames.ts';
import { writePermissionDenied } from '../../shared/protocol/messages.ts';
import type { Room } from '../../shared/protocol/rooms.ts';
import { BlockChannel } from './block-channel.ts';
import { CaseChannel } from './case-rooms.ts';
import type { Channel, ChannelSink, Desk } from './channel.ts';
import type { Conversation, Line } from './socket-session.ts';

/**
 * A plain y-websocket client: one room, and no words for what was saved or why
 * a room closed but auth-denied and the close code.
 */
export class StockSession implements Conversation {
  readonly #channel: Channel;
  readonly #line: Line;

  /** @param knowsSchema the client offered the present schema; without it, it reads */
  constructor(desk: Desk, line: Line, room: Exclude<Room, { kind: 'notes' }>, knowsSchema: boolean) {
    this.#line = line;
    const sink: ChannelSink = {
      opened: () => {},
      send: (message) => line.send(message),
      saved: () => {},
      refused: (_n, reason) => line.close(reason),
      ended: (reason) => line.close(reason),
    };
    this.#channel =
      room.kind === 'block'
        ? new BlockChannel(desk, line, room.id, knowsSchema, sink)
        : new CaseChannel(desk, line, room.id, sink);
  }

  start(): void {
    this.#line.opened();
    this.#channel.open();
  }

  receive(frame: Uint8Array): number {
    return this.#channel.receive(frame);
  }

  reconsider(): void {
    this.#channel.reconsider();
  }

  changed(): void {}

  alive(): Uint8Array {
    return emptyAwarenessMessage();
  }

  farewell(reason: CloseReason): Uint8Array | null {
    return isPermanent(reason) ? writePermissionDenied(reason) : null;
  }

  leave(): void {
    this.#channel.leave();
  }
}
