import WebSocket from 'ws';

/** How a line came to its end: a close code, or the status with which the upgrade was refused. */
export interface LineEnd {
  readonly code: number;
  readonly reason: string;
}

/** A WebSocket that says any bytes, and keeps all that it was told. */
export class RawLine {
  readonly heard: Uint8Array[] = [];
  /** Set once the line is down. */
  end: LineEnd | null = null;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  private constructor(url: string, protocols: readonly string[], headers: Readonly<Record<string, string>>) {
    this.#socket = new WebSocket(url, [...protocols], { headers });
    this.#socket.binaryType = 'nodebuffer';
    this.#socket.on('error', () => {});
    this.#socket.on('unexpected-response', (request, response) => {
      this.#finish({ code: response.statusCode ?? 0, reason: '' });
      request.destroy();
    });
    this.#socket.on('message', (data: Buffer) => {
      this.heard.push(data);
      this.#look();
    });
    this.#socket.on('close', (code, reason) => this.#finish({ code, reason: String(reason) }));
    this.#socket.on('open', () => this.#look());
  }

  /** Resolves once it is open, or over. */
  static async open(
    url: string,
    protocols: readonly string[],
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RawLine> {
    const line = new RawLine(url, protocols, headers);
    await line.until(() => line.#socket.readyState === WebSocket.OPEN || line.end !== null);
    return line;
  }

  say(bytes: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes);
  }

  /** Resolves once it is so, now or after something was heard; also where the line ends. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.end === null && !isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #finish(end: LineEnd): void {
    this.end ??= end;
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}
