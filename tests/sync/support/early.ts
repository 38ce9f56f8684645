/** A connection on which a room was asked for before its page came. */
import { earlyAsking } from '../../../client/sync/early-room.ts';
import type { FakeSocket, Network } from './network.ts';

export class EarlyConnection {
  readonly room: string;
  readonly socket: FakeSocket;
  readonly #heard: ArrayBuffer[] = [];

  constructor(network: Network, personId: string, room: string) {
    this.room = room;
    this.socket = network.connect(personId);
    this.socket.onmessage = ({ data }) => this.#heard.push(data);
    for (const bytes of earlyAsking(room)) this.socket.send(bytes);
  }

  /** As `takeEarlySocket`: what was heard is said again once its taker listens. */
  take(): FakeSocket {
    queueMicrotask(() => {
      for (const data of this.#heard) this.socket.onmessage?.({ data });
    });
    return this.socket;
  }
}
