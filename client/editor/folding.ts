/** Which lists a person keeps folded, and which rows open, on this device alone. */
const FOLDED = 'casebook.folded.';
const OPENED = 'casebook.opened.';
/** What could not be kept on the device holds at least as long as the page. */
const here = new Map<string, boolean>();

export function isFolded(key: string): boolean {
  return isKept(FOLDED + key);
}

export function keepFolded(key: string, folded: boolean): void {
  keep(FOLDED + key, folded);
}

export function isOpened(key: string): boolean {
  return isKept(OPENED + key);
}

export function keepOpened(key: string, opened: boolean): void {
  keep(OPENED + key, opened);
}

function isKept(key: string): boolean {
  return here.get(key) ?? storage()?.getItem(key) === 'yes';
}

function keep(key: string, is: boolean): void {
  here.set(key, is);
  try {
    if (is) storage()?.setItem(key, 'yes');
    else storage()?.removeItem(key);
  } catch (cause) {
    // a device without room keeps it for this page only
    if (!(cause instanceof DOMException)) throw cause;
  }
}

/** A browser may refuse storage altogether; then nothing is kept beyond the page. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
