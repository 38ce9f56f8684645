import type { ChannelEnd, RoomControl } from './shared-socket.ts';

/** A room that was asked for early and that nobody here has wanted yet, with what the server has said in it. */
export class UnclaimedRoom {
  readonly room: string;
  /** Ends the waiting for somebody who wants it. */
  readonly callOff: () => void;
  readonly #heard: (RoomControl | Uint8Array)[] = [];

  constructor(room: string, callOff: () => void) {
    this.room = room;
    this.callOff = callOff;
  }

  hear(said: RoomControl | Uint8Array): void {
    this.#heard.push(said);
  }

  /** Says all of it again, in its order. */
  tell(end: ChannelEnd): void {
    for (const said of this.#heard) {
      if (said instanceof Uint8Array) end.frame(said);
      else end.control(said);
    }
  }
}
