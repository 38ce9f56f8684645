import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { compose, noteServed, type Service } from './compose.ts';
import { answerUnread } from './http/unread-requests.ts';
import { createLog, type Log } from './log.ts';
import type { Settings } from './settings.ts';

/** How long calls under way are waited for at a stop, in milliseconds. */
const ANSWER_WITHIN = 5_000;
/** How long a stop may take, in milliseconds, before it is given up with an exit code. */
const STOP_DEADLINE = 25_000;

/** Scripts of package.json that serve, and `npx`. */
const STARTED_BY_NPM = ['start', 'demo', 'npx'];
/** How often the process that started this one is looked for then, in milliseconds. */
const PARENT_EVERY = 250;

export interface Serving {
  readonly service: Service;
  /** Ends the process: 0 when everything accepted was saved, 1 otherwise. */
  stop(reason: string): Promise<never>;
}

/** @returns the log of a process: lines for people on a terminal, JSON elsewhere */
export function processLog(settings: Settings): Log {
  return createLog({
    level: settings.logLevel,
    json: !process.stderr.isTTY,
    now: () => Date.now(),
    write: (line) => process.stderr.write(`${line}\n`),
  });
}

/**
 * Composes the service, listens, and stops in good order on SIGTERM and SIGINT.
 * @param clientRoot absolute path of the built page; null where none is served
 * @throws when the port is taken, or as `compose` does
 */
export async function serve(settings: Settings, clientRoot: string | null): Promise<Serving> {
  const log = processLog(settings);
  const service = await compose(settings, log, clientRoot);
  const server = createServer(service.app);
  server.headersTimeout = 15_000;
  server.requestTimeout = 60_000;
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (error: Error) => log.debug('a socket failed', { reason: error.message }));
    if (/^\/collab(?:[/?]|$)/.test(request.url ?? '')) service.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  server.on('clientError', (error: Error, socket) => {
    log.debug('a request could not be read', { reason: error.message });
    answerUnread(error, socket);
  });
  try {
    await listen(server, settings);
    noteServed(settings);
  } catch (error) {
    await service.stop();
    throw error;
  }
  keepGoing(log);
  return { service, stop: stopper(server, service, log) };
}

function listen(server: Server, settings: Settings): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

/**
 * Nobody's message may end the process for everybody (INPUT-1). Going on is safe
 * here, because nothing is acknowledged before it is on disk.
 */
function keepGoing(log: Log): void {
  // Where nobody reads any more (a closed terminal, a log collector that ended),
  // telling of it would fail in the same way, again and again.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
  process.on('uncaughtException', (error) => log.error('an error that nobody caught', {}, error));
  process.on('unhandledRejection', (reason) => log.error('a rejection that nobody caught', {}, reason));
}

function stopper(server: Server, service: Service, log: Log): Serving['stop'] {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const underWay = new Set<ServerResponse>();
  let told = (): void => {};
  server.prependListener('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) told();
    });
  });
  const answered = (): Promise<void> =>
    new Promise((resolve) => {
      if (underWay.size === 0) return resolve();
      const enough = setTimeout(resolve, ANSWER_WITHIN);
      told = () => {
        clearTimeout(enough);
        resolve();
      };
    });
  let stopping: Promise<never> | null = null;
  const stop = (reason: string): Promise<never> => {
    stopping ??= (async () => {
      log.info('stopping', { reason });
      const overdue = setTimeout(() => {
        log.error('the stop took too long; edits that were not acknowledged may be lost');
        process.exit(1);
      }, STOP_DEADLINE);
      server.close();
      server.closeIdleConnections();
      try {
        const unsaved = await service.stop(answered);
        for (const socket of connections) socket.destroy();
        clearTimeout(overdue);
        if (unsaved.length === 0) process.exit(0);
        process.stderr.write(`Not saved: the last edits of ${unsaved.join(', ')}\n`);
      } catch (error) {
        log.error('the stop failed', {}, error);
      }
      process.exit(1);
    })();
    return stopping;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  whenNpmEnds(() => void stop('npm ended'));
  return stop;
}

/**
 * `npm start` and `npx casebook` run this under a shell, and a signal to npm ends
 * that shell alone: the server would go on, unseen, with its folder and port.
 */
function whenNpmEnds(act: () => void): void {
  if (!STARTED_BY_NPM.includes(process.env.npm_lifecycle_event ?? '')) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, PARENT_EVERY);
  watch.unref();
}
