/** Which lists a person keeps folded, on this device alone. */
const PREFIX = 'casebook.folded.';
/** What could not be kept on the device holds at least as long as the page. */
const here = new Map<string, boolean>();

export function isFolded(key: string): boolean {
  const known = here.get(key);
  if (known !== undefined) return known;
  return storage()?.getItem(PREFIX + key) === 'yes';
}

export function keepFolded(key: string, folded: boolean): void {
  here.set(key, folded);
  try {
    if (folded) storage()?.setItem(PREFIX + key, 'yes');
    else storage()?.removeItem(PREFIX + key);
  } catch (cause) {
    // a device without room keeps the folding for this page only
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
