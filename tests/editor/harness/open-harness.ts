import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../../support/chromium.ts';
import type { Harness } from './main.tsx';

declare global {
  interface Window {
    readonly harness: Harness;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
/** As strict as the page's own: what needs an inline style element or script would fail here. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:";

/** The page of two writers (main.tsx), built and served on loopback, in a real Chromium. */
export class OpenHarness {
  private readonly folder: string;
  private readonly server: Server;
  private readonly browser: Browser;
  /** What the pages complained of. */
  readonly complaints: string[] = [];

  private constructor(folder: string, server: Server, browser: Browser) {
    this.folder = folder;
    this.server = server;
    this.browser = browser;
  }

  static async open(): Promise<OpenHarness> {
    const folder = await mkdtemp(join(tmpdir(), 'casebook-editor-'));
    await build({
      configFile: false,
      logLevel: 'error',
      root: import.meta.dirname,
      plugins: [react()],
      build: { outDir: folder, emptyOutDir: true, target: 'es2023', minify: false },
    });
    const server = createServer(async (request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://here').pathname);
      const file = join(folder, path === '/' ? 'index.html' : path);
      try {
        const body = await readFile(file);
        response.writeHead(200, {
          'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': POLICY,
        });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new OpenHarness(folder, server, await launchChromium());
  }

  /** A fresh page, both texts empty. */
  async page(
    options: { readonly query?: string; readonly width?: number; readonly height?: number } = {},
  ): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 1480, height: options.height ?? 1200 },
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/favicon|404/.test(message.text()))
        this.complaints.push(message.text());
    });
    const { port } = this.server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/${options.query ?? ''}`);
    await page.waitForSelector('.ProseMirror');
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await new Promise((closed) => this.server.close(closed));
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Name = 'ruth' | 'tom';

/** What one person does in their half of the page, and what their copy of the block says. */
export class WriterAtPage {
  readonly page: Page;
  readonly name: Name;

  constructor(page: Page, name: Name) {
    this.page = page;
    this.name = name;
  }

  /** The half of the page that is theirs. */
  get part() {
    return this.page.locator(`#${this.name}`);
  }

  get text() {
    return this.part.locator('.ProseMirror');
  }

  html(): Promise<string> {
    return this.page.evaluate((name) => window.harness.html(name), this.name);
  }

  values(): Promise<Readonly<Record<string, string | boolean>>> {
    return this.page.evaluate((name) => window.harness.values(name), this.name);
  }

  /** Puts caret or selection there (ProseMirror positions), with the keyboard in the text. */
  async select(from: number, to = from): Promise<void> {
    await this.page.evaluate(
      ([name, start, end]) => {
        const editor = window.harness.editors[name];
        editor?.view.focus();
        editor?.commands.setTextSelection({ from: start, to: end });
      },
      [this.name, from, to] as const,
    );
  }

  async toEnd(): Promise<void> {
    const end = await this.page.evaluate((name) => {
      const { doc } = (window.harness.editors[name] as NonNullable<Harness['editors']['ruth']>).state;
      return doc.content.size;
    }, this.name);
    await this.select(end);
  }

  type(words: string): Promise<void> {
    return this.page.keyboard.type(words);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  paste(clip: { html?: string; text?: string }): Promise<boolean> {
    return this.page.evaluate(([name, what]) => window.harness.paste(name, what), [this.name, clip] as const);
  }
}
