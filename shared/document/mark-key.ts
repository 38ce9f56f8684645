import { encodeAny, toBase64 } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';

/**
 * The name under which y-tiptap formats a text with a mark that may overlap with its own
 * kind: a hash of it stands behind. Under any other name a mark would stand twice for an editor.
 * @param attrs in the order of the schema
 */
export function overlappingKey(type: string, attrs: Readonly<Record<string, string | number>>): string {
  const hash = digest(encodeAny({ type, attrs: { ...attrs } }));
  for (let at = 6; at < hash.length; at += 1) hash[at % 6] = (hash[at % 6] ?? 0) ^ (hash[at] ?? 0);
  return `${type}--${toBase64(hash.slice(0, 6))}`;
}

const OVERLAPPING = /^(.*)--[a-zA-Z0-9+/=]{8}$/;

/** @returns the mark that a name in Yjs stands for */
export function markName(key: string): string {
  return OVERLAPPING.exec(key)?.[1] ?? key;
}
