import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import { type Machine, obtainChromium } from './obtain-chromium.ts';
import { verdict } from './tally.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-chromium-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

async function program(name: string, mode = 0o755): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '');
  await chmod(path, mode);
  return path;
}

describe('finding a Chromium', () => {
  it('takes the one that is named, and no other in its place', async () => {
    const named = await program('mine');
    const own = await program('own');
    expect(findChromium({ CASEBOOK_CHROMIUM: named, PATH: folder }, own)).toBe(named);
    expect(findChromium({ CASEBOOK_CHROMIUM: join(folder, 'gone'), PATH: folder }, own)).toBeNull();
  });

  it('otherwise takes Playwright’s own, then what the PATH has', async () => {
    const own = await program('own');
    const browser = await program('chromium-browser');
    expect(findChromium({ PATH: folder }, own)).toBe(own);
    expect(findChromium({ PATH: ['', join(folder, 'none'), folder].join(delimiter) }, null)).toBe(browser);
    expect(findChromium({ PATH: folder }, join(folder, 'gone'))).toBe(browser);
    await program('chromium', 0o644);
    expect(findChromium({ PATH: folder }, null)).toBe(browser);
  });

  it('finds none where there is none', async () => {
    await mkdir(join(folder, 'chromium'));
    expect(findChromium({ PATH: folder }, null)).toBeNull();
    expect(findChromium({}, null)).toBeNull();
  });
});

describe('getting a Chromium', () => {
  /** A machine on which a command puts a Chromium there, or nothing does. */
  const machine = (comesBy: RegExp | null, more: Partial<Machine> = {}): { ran: string[] } & Machine => {
    const ran: string[] = [];
    let there = false;
    return {
      ran,
      env: {},
      isRoot: false,
      find: () => (there ? '/somewhere/chromium' : null),
      run: (command, args) => {
        const line = [command, ...args].join(' ');
        ran.push(line);
        if (comesBy?.test(line)) there = true;
        return there;
      },
      ...more,
    };
  };

  it('gets none where one is', () => {
    const has = machine(null, { find: () => '/usr/bin/chromium' });
    expect(obtainChromium(has)).toEqual({ path: '/usr/bin/chromium' });
    expect(has.ran).toEqual([]);
  });

  it('downloads one, or as root installs one', () => {
    const online = machine(/playwright-core/);
    expect(obtainChromium(online)).toEqual({ path: '/somewhere/chromium' });
    expect(online.ran.some((line) => line.startsWith('apt-get'))).toBe(false);
    expect(obtainChromium(machine(/apt-get install/, { isRoot: true }))).toEqual({
      path: '/somewhere/chromium',
    });
  });

  it('says in one line why there is none, and installs nothing for whoever is not root', () => {
    const bare = machine(null);
    expect(obtainChromium(bare)).toEqual({
      path: null,
      why: expect.stringMatching(/^no Chromium was found.+CASEBOOK_CHROMIUM$/),
    });
    expect(bare.ran).toHaveLength(1);
    expect(obtainChromium(machine(null, { isRoot: true })).path).toBeNull();
  });

  it('gets nothing in place of one that was named and is not there', () => {
    const named = machine(/./, { env: { CASEBOOK_CHROMIUM: '/gone' } });
    expect(obtainChromium(named)).toEqual({ path: null, why: 'CASEBOOK_CHROMIUM names no program (/gone)' });
    expect(named.ran).toEqual([]);
  });
});

describe('what the run says at its end', () => {
  const tally = { passed: 12, failed: 0, failures: [], skipped: ['the browser tests, because …'] };

  it('what was skipped is one line, and no failure', () => {
    expect(verdict(tally, false)).toEqual({
      lines: ['Skipped: the browser tests, because …', '12 passed, 0 failed'],
      ok: true,
    });
  });

  it('with CI set, what was skipped has failed', () => {
    expect(verdict(tally, true)).toEqual({
      lines: [
        'Skipped: the browser tests, because …',
        'With CI set, what is skipped has failed.',
        '12 passed, 1 failed',
      ],
      ok: false,
    });
  });

  it('what failed is named, in CI or not', () => {
    const failing = { passed: 3, failed: 2, failures: ['lint', 'unit tests'], skipped: [] };
    for (const inCI of [false, true]) {
      expect(verdict(failing, inCI)).toEqual({
        lines: ['Failed: lint, unit tests', '3 passed, 2 failed'],
        ok: false,
      });
    }
  });
});
