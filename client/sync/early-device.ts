/** What `public/head-start.js` asked this device before the app itself was there. */
import { deviceDatabaseName } from './device-name.ts';

declare global {
  interface Window {
    /** Databases that this device had when the page was asked for. */
    casebookDevice?: Promise<readonly { readonly name?: string }[]>;
  }
}

/** Milliseconds since the page was asked for, after which another tab may long have kept something. */
const FRESH = 15_000;

/**
 * @returns whether this device may hold something of this person's; false only where it is
 *   known to have nothing, so that nobody need wait until its database is made
 */
export async function deviceMayHold(personId: string): Promise<boolean> {
  const isNew = deviceIsNewTo(personId);
  // Once: what this page itself keeps from now on, it does not know of.
  delete globalThis.window?.casebookDevice;
  return !(await isNew);
}

/** @returns whether this device had nothing of this person's when the page was asked for; false where that is not known */
export async function deviceIsNewTo(personId: string): Promise<boolean> {
  const early = globalThis.window?.casebookDevice;
  if (!early || performance.now() > FRESH) return false;
  try {
    const name = deviceDatabaseName(personId);
    return !(await early).some((database) => database.name === name);
  } catch {
    return false;
  }
}
