import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Keeps Chromium from calling anybody, and lets it run where a sandbox is not to be had. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @returns the path of the Chromium to test with: the one that is named, Playwright's own, or the system's */
export function findChromium(): string | null {
  const named = process.env.CASEBOOK_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return [ownChromium(), ...INSTALLED].find((path) => path !== null && existsSync(path)) ?? null;
}

/** Playwright throws on systems for which it has none. */
function ownChromium(): string | null {
  try {
    return chromium.executablePath();
  } catch {
    return null;
  }
}

/** @throws where there is none */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium was found; set CASEBOOK_CHROMIUM to the path of one');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
