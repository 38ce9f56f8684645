import * as Y from 'yjs';

/**
 * Two documents of one block are equal when they know the same structs, have the
 * same of them deleted, and read the same; how much of what is deleted they still
 * hold makes no difference.
 * @returns in what they differ; null when they are equal
 */
export function documentDifference(one: Y.Doc, other: Y.Doc): 'changes' | 'deletions' | 'content' | null {
  const [first, second] = [Y.snapshot(one), Y.snapshot(other)];
  const knowsAs = (state: Map<number, number>, than: Map<number, number>) =>
    state.size === than.size && [...state].every(([client, clock]) => than.get(client) === clock);
  if (!knowsAs(first.sv, second.sv)) return 'changes';
  if (!Y.equalDeleteSets(first.ds, second.ds)) return 'deletions';
  return contentOf(one) === contentOf(other) ? null : 'content';
}

function contentOf(doc: Y.Doc): string {
  const roots = [...doc.share]
    .map(([name, type]) => [name, typeContent(type)] as const)
    .filter(([, { list, map }]) => list.length > 0 || map.length > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(roots);
}

// biome-ignore lint/suspicious/noExplicitAny: whatever its events, which Yjs types by
type AnyType = Y.AbstractType<any>;

interface TypeContent {
  readonly list: unknown[];
  readonly map: [string, unknown[]][];
}

function typeContent(type: AnyType): TypeContent {
  const list: unknown[] = [];
  for (let item = type._start; item !== null; item = item.right) {
    if (!item.deleted) add(list, item.content);
  }
  const map: [string, unknown[]][] = [];
  for (const key of [...type._map.keys()].sort()) {
    const item = type._map.get(key);
    if (!item || item.deleted) continue;
    const value: unknown[] = [];
    add(value, item.content);
    map.push([key, value]);
  }
  return { list, map };
}

/** Neighbouring text is one, however it is cut into items. */
function add(list: unknown[], content: Y.Item['content']): void {
  const last = list.at(-1);
  if (content instanceof Y.ContentString) {
    if (typeof last === 'string') list[list.length - 1] = last + content.str;
    else list.push(content.str);
  } else if (content instanceof Y.ContentType) {
    const { type } = content;
    list.push({ name: type instanceof Y.XmlElement ? type.nodeName : null, ...typeContent(type) });
  } else if (content instanceof Y.ContentFormat) {
    list.push({ mark: content.key, value: content.value });
  } else if (content instanceof Y.ContentBinary) {
    list.push({ binary: [...content.content] });
  } else {
    for (const value of content.getContent()) list.push({ value });
  }
}
