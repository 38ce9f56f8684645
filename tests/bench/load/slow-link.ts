import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A way to a server over a link with a round trip of so many milliseconds and no
 * other limit. What is sent first waits one round trip more: on a real link the
 * connection would have to be made first, while here it stands at once.
 */
export class SlowLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number, roundTripMs: number): Promise<SlowLink> {
    const oneWay = roundTripMs / 2;
    const link = new SlowLink(createServer({ noDelay: true }));
    link.#server.on('connection', (near) => {
      const openedAt = performance.now();
      const far = connect({ port, host: '127.0.0.1', noDelay: true });
      link.#pass(near, far, () => oneWay + Math.max(0, openedAt + roundTripMs - performance.now()));
      link.#pass(far, near, () => oneWay);
    });
    await new Promise<void>((resolve) => link.#server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #pass(from: Socket, to: Socket, delay: () => number): void {
    this.#sockets.add(from);
    // Timers are rounded to milliseconds and may swap: each sends what waits longest.
    const waiting: Buffer[] = [];
    from.on('data', (bytes: Buffer) => {
      waiting.push(bytes);
      setTimeout(() => to.write(waiting.shift() as Buffer), delay());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
