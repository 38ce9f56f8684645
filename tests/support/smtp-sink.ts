import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface SmtpSink {
  readonly url: string;
  /** Raw messages, in order. */
  readonly messages: readonly string[];
  /** `RCPT` lines, in order. */
  readonly recipients: readonly string[];
  /** While set, a message is taken and that is never said: its sender waits. */
  silent: boolean;
  /** Resolves when so many messages have come in all. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A mail server that takes everything: just enough of RFC 5321. */
export async function openSmtpSink(): Promise<SmtpSink> {
  const messages: string[] = [];
  const recipients: string[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  let silent = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    let data: string | null = null;
    socket.write('220 sink\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (data !== null) {
          if (line === '.') {
            messages.push(Buffer.from(data, 'latin1').toString('utf8'));
            data = null;
            if (!silent) socket.write('250 taken\r\n');
            for (const look of waiting) look();
          } else data += `${line.replace(/^\./, '')}\r\n`;
          continue;
        }
        if (/^rcpt/i.test(line)) recipients.push(line);
        if (/^data/i.test(line)) {
          data = '';
          socket.write('354 go on\r\n');
        } else if (/^quit/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    messages,
    recipients,
    get silent() {
      return silent;
    },
    set silent(value) {
      silent = value;
    },
    until: (count) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (messages.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
