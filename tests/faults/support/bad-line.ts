import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Dice } from '../../support/dice.ts';

export interface Weather {
  /** Milliseconds that every piece is on its way, in each direction. */
  readonly latency: number;
  /** Up to so many milliseconds more, by chance; what was sent earlier still arrives earlier. */
  readonly jitter: number;
  /** A connection breaks once in so many pieces, without a goodbye; 0: never. */
  readonly resetOnceIn: number;
}

const CALM: Weather = { latency: 0, jitter: 0, resetOnceIn: 0 };

/** A bad network between clients and the server: seeded, so that its chances can be had again. */
export class BadLine {
  weather: Weather = CALM;
  readonly #listener: Server;
  readonly #lines = new Set<Socket>();
  readonly #dice: Dice;
  #frozen = false;
  #unplugged = false;
  #resets = 0;

  private constructor(to: string, seed: number) {
    this.#dice = new Dice(seed);
    const port = Number(new URL(to).port);
    this.#listener = createServer({ noDelay: true }, (near) => {
      if (this.#unplugged) {
        near.resetAndDestroy();
        return;
      }
      const far = connect({ port, host: '127.0.0.1', noDelay: true });
      this.#carry(near, far);
      this.#carry(far, near);
    });
  }

  /** @param to origin of the server */
  static async to(to: string, seed: number): Promise<BadLine> {
    const proxy = new BadLine(to, seed);
    await new Promise<void>((resolve) => proxy.#listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The server's address at this end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  /** Connections that chance has broken so far. */
  get resets(): number {
    return this.#resets;
  }

  /** Nothing goes through any more, and nobody is told: as when a laptop leaves the Wi-Fi. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Breaks what is connected, and lets nobody connect until it is plugged in again. */
  unplug(): void {
    this.#unplugged = true;
    for (const line of this.#lines) line.resetAndDestroy();
  }

  plugIn(): void {
    this.#unplugged = false;
  }

  async close(): Promise<void> {
    for (const line of this.#lines) line.destroy();
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()));
  }

  #carry(from: Socket, to: Socket): void {
    this.#lines.add(from);
    let lastAt = 0;
    // Of two timers that are due at once either may fire first; what is on its way stays in its order.
    const onTheirWay: (() => void)[] = [];
    const later = (act: () => void) => {
      const { latency, jitter } = this.weather;
      const at = Math.max(lastAt, Date.now() + latency + this.#dice.roll(jitter + 1));
      lastAt = at;
      onTheirWay.push(act);
      setTimeout(() => {
        const next = onTheirWay.shift();
        if (!this.#frozen && !to.destroyed) next?.();
      }, at - Date.now());
    };
    from.on('error', () => from.destroy());
    from.on('data', (piece: Buffer) => {
      const { resetOnceIn } = this.weather;
      if (resetOnceIn > 0 && this.#dice.once(resetOnceIn)) {
        this.#resets += 1;
        from.resetAndDestroy();
        to.resetAndDestroy();
        return;
      }
      later(() => to.write(piece));
    });
    from.on('close', () => {
      this.#lines.delete(from);
      later(() => to.destroy());
    });
  }
}
