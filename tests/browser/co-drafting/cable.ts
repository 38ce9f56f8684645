import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One person's way to the server, which can be cut, as in a school whose Wi-Fi is gone. */
export class Cable {
  readonly #lines = new Set<Socket>();
  readonly #port: number;
  #listener: Server | null = null;
  #here = 0;

  private constructor(to: string) {
    this.#port = Number(new URL(to).port);
  }

  /** @param to origin of the server */
  static async to(to: string): Promise<Cable> {
    const cable = new Cable(to);
    await cable.mend();
    return cable;
  }

  /** The server's address at this end; stays the same when cut and mended. */
  get url(): string {
    return `http://127.0.0.1:${this.#here}`;
  }

  /** A link to the server, by way of this cable. */
  through(link: string): string {
    const { pathname, search, hash } = new URL(link);
    return `${this.url}${pathname}${search}${hash}`;
  }

  /** Ends all that goes through it; nothing comes through any more. */
  async cut(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    const closed = new Promise<void>((resolve) => listener?.close(() => resolve()) ?? resolve());
    for (const line of this.#lines) line.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    const listener = createServer((near) => {
      const far = connect(this.#port, '127.0.0.1');
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#lines.add(one);
        one.setNoDelay();
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#lines.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve) => listener.listen(this.#here, '127.0.0.1', resolve));
    this.#here = (listener.address() as AddressInfo).port;
    this.#listener = listener;
  }
}
