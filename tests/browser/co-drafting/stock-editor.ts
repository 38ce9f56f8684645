import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import type { Knows } from './stock-page/main.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Somebody else's site with an editor of their own, which passes sockets on to the server. */
export class StockEditors {
  readonly #folder: string;
  readonly #browser: Browser;
  readonly #site: Server;
  readonly #contexts: BrowserContext[] = [];

  private constructor(folder: string, browser: Browser, site: Server) {
    this.#folder = folder;
    this.#browser = browser;
    this.#site = site;
  }

  /** @param url origin of the server */
  static async build(browser: Browser, url: string): Promise<StockEditors> {
    const folder = await mkdtemp(join(tmpdir(), 'casebook-stock-'));
    await build({
      root: join(import.meta.dirname, 'stock-page'),
      configFile: false,
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
    });
    const site = createServer(async (request, response) => {
      const path = request.url === '/' ? 'index.html' : (request.url ?? '');
      try {
        const body = await readFile(join(folder, path));
        response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    site.on('upgrade', (request, near, head) => passOn(request, near, head, Number(new URL(url).port)));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    return new StockEditors(folder, browser, site);
  }

  /** Opens one in a browser that nobody is signed in to; resolves once it has the server's text. */
  async open(blockId: string, token: string, knows: Knows): Promise<Page> {
    const context = await this.#browser.newContext();
    this.#contexts.push(context);
    const page = await context.newPage();
    const { port } = this.#site.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/#${encodeURIComponent(`block/${blockId}|${token}|${knows}`)}`);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          if (window.stock.provider.synced) resolve();
          else window.stock.provider.once('sync', () => resolve());
        }),
    );
    return page;
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close();
    await new Promise((resolve) => this.#site.close(resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function passOn(request: IncomingMessage, near: Duplex, head: Buffer, port: number): void {
  const far = connect(port, '127.0.0.1');
  const headers = request.rawHeaders.map((part, at) => (at % 2 === 0 ? `${part}: ` : `${part}\r\n`));
  far.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
  far.write(head);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
}
