import * as Y from 'yjs';
import { isMark, isMarkKey } from './grammar.ts';
import type { Misshapen } from './misshapen.ts';

interface BadMark {
  readonly item: Y.Item;
  readonly name: string;
  readonly index: number;
  /** Another mark of this name stood here before; without this one, it would go on. */
  readonly over: boolean;
}

/**
 * What cannot be held in a run of text: marks that the schema does not know or whose
 * values it cannot hold (the words stay, unmarked), and what is no text.
 */
export function textFaults(text: Y.XmlText): Misshapen[] {
  const found: Misshapen[] = [];
  const marks = new Map<string, unknown>();
  const open = new Map<string, BadMark>();
  let index = 0;
  const close = (name: string) => {
    const bad = open.get(name);
    if (!bad) return;
    open.delete(name);
    const { item } = bad;
    const length = index - bad.index;
    if (!bad.over || length === 0) found.push({ edit: 'remove', item, bearable: false });
    else found.push({ edit: 'unmark', item, text, index: bad.index, length, name, bearable: false });
  };
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentString) index += item.length;
    else if (content instanceof Y.ContentFormat) {
      const { key: name, value } = content as unknown as { key: string; value: unknown };
      close(name);
      if (value === null || isMark(name, value)) marks.set(name, value);
      else {
        const over = isMarkKey(name) && (marks.get(name) ?? null) !== null;
        open.set(name, { item, name, index, over });
        if (over) marks.set(name, null);
      }
    } else {
      // an index counts words alone: this goes first
      found.push({ edit: 'remove', item, bearable: false });
    }
  }
  for (const name of [...open.keys()]) close(name);
  for (const item of text._map.values()) {
    if (!item.deleted) found.push({ edit: 'remove', item, bearable: true });
  }
  return found;
}
