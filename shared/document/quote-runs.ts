import { QUOTE_MARK, type QuoteUse, quoteUse } from './quote-key.ts';
import type { ProseMirrorJson } from './reading.ts';

/** Stands in a copy for words that are not shown there. */
export const HELD_WORDS = '[A quote, shown here once its speaker has confirmed it.]';
/** Stands in a draft behind words that nobody has confirmed as they are. */
export const NOT_CONFIRMED = ' [quote not confirmed]';
/** The same of words that are confirmed, where consent does not cover print. */
export const NOT_FOR_PRINT = ' [quote confirmed, but not for print]';

const placeKey = ({ quote, use }: QuoteUse): string => `${quote} ${use}`;

/** @returns the text with a placeholder for the words of each use that is held back, and no mark of any quote (ACCESS-5) */
export function withheld(json: ProseMirrorJson, isHeld: (use: QuoteUse) => boolean): ProseMirrorJson {
  const shown = new Set<string>();
  const visit = (node: ProseMirrorJson): ProseMirrorJson[] => {
    if (node.type !== 'text') {
      return [{ ...node, ...(node.content && { content: node.content.flatMap(visit) }) }];
    }
    const held = usesOf(node).filter(isHeld);
    if (held.length === 0) return [plain(node)];
    // one placeholder for each place, however many pieces its words are in
    const isNew = held.some((use) => !shown.has(placeKey(use)));
    for (const use of held) shown.add(placeKey(use));
    return isNew ? [{ type: 'text', text: HELD_WORDS }] : [];
  };
  return visit(json)[0] ?? json;
}

/** @returns the text with a note behind each use that cannot be printed: what `noteOn` says of it */
export function annotated(json: ProseMirrorJson, noteOn: (use: QuoteUse) => string | null): ProseMirrorJson {
  const last = new Map<string, { readonly node: ProseMirrorJson; readonly note: string }>();
  const look = (node: ProseMirrorJson): void => {
    for (const use of usesOf(node)) {
      const note = noteOn(use);
      if (note !== null) last.set(placeKey(use), { node, note });
    }
    for (const child of node.content ?? []) look(child);
  };
  look(json);
  if (last.size === 0) return json;
  const ends = new Map<ProseMirrorJson, Set<string>>();
  for (const { node, note } of last.values()) ends.set(node, (ends.get(node) ?? new Set()).add(note));
  const visit = (node: ProseMirrorJson): ProseMirrorJson[] => {
    const same = node.content ? { ...node, content: node.content.flatMap(visit) } : node;
    return [same, ...[...(ends.get(node) ?? [])].map((text) => ({ type: 'text', text }))];
  };
  return visit(json)[0] ?? json;
}

function usesOf(node: ProseMirrorJson): QuoteUse[] {
  if (node.type !== 'text') return [];
  return (node.marks ?? []).flatMap(({ type, attrs }) => {
    const use = type === QUOTE_MARK ? quoteUse(attrs) : null;
    return use ? [use] : [];
  });
}

function plain(node: ProseMirrorJson): ProseMirrorJson {
  const marks = (node.marks ?? []).filter(({ type }) => type !== QUOTE_MARK);
  const { marks: _, ...rest } = node;
  return marks.length > 0 ? { ...rest, marks } : rest;
}
