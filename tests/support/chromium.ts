import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Programs that will do, best first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
/** Where macOS has them, which no PATH names. */
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

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

/**
 * @param env its `CASEBOOK_CHROMIUM` decides alone where it is set; otherwise its `PATH` is searched
 * @param own where Playwright would have put one
 * @returns the path of the Chromium to test with: the one that is named, Playwright's own, or the system's
 */
export function findChromium(
  env: Readonly<NodeJS.ProcessEnv> = process.env,
  own: string | null = ownChromium(),
): string | null {
  const named = env.CASEBOOK_CHROMIUM;
  if (named) return isProgram(named) ? named : null;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(own ? [own] : []), ...installed, ...APPLICATIONS].find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
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
