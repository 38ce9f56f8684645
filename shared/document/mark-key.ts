import { encodeAny, toBase64 } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';

/** Names made before: a section may have hundreds of marks, and each check of it asks for all. */
const known = new Map<string, string>();
const MOST_KNOWN = 2_000;

/**
 * The name under which y-tiptap formats a text with a mark that may overlap with its own
 * kind: a hash of it stands behind. Under any other name a mark would stand twice for an editor.
 * @param attrs in the order of the schema
 */
export function overlappingKey(type: string, attrs: Readonly<Record<string, string | number>>): string {
  const said = JSON.stringify([type, attrs]);
  const before = known.get(said);
  if (before !== undefined) return before;
  const hash = digest(encodeAny({ type, attrs: { ...attrs } }));
  for (let at = 6; at < hash.length; at += 1) hash[at % 6] = (hash[at % 6] ?? 0) ^ (hash[at] ?? 0);
  const key = `${type}--${toBase64(hash.slice(0, 6))}`;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(said, key);
  return key;
}

const OVERLAPPING = /^(.*)--[a-zA-Z0-9+/=]{8}$/;

/** @returns the mark that a name in Yjs stands for */
export function markName(key: string): string {
  return OVERLAPPING.exec(key)?.[1] ?? key;
}
