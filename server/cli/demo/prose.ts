import type { ProseMirrorJson, ProseMirrorMark } from '../../../shared/document/reading.ts';

/**
 * A small way of writing running text as data. Within a line, `**bold**`,
 * `*italic*` and `[words](https://…)` are marked; they do not nest.
 */
const MARKED = /\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*]+)\*|\[(?<words>[^\]]+)\]\((?<href>[^)\s]+)\)/g;

function inline(line: string): ProseMirrorJson[] {
  const nodes: ProseMirrorJson[] = [];
  const add = (text: string, mark?: ProseMirrorMark) => {
    if (text !== '') nodes.push({ type: 'text', text, ...(mark && { marks: [mark] }) });
  };
  let from = 0;
  for (const found of line.matchAll(MARKED)) {
    add(line.slice(from, found.index));
    const { bold, italic, words, href } = found.groups ?? {};
    if (bold !== undefined) add(bold, { type: 'bold' });
    else if (italic !== undefined) add(italic, { type: 'italic' });
    else if (words !== undefined && href !== undefined) add(words, { type: 'link', attrs: { href } });
    from = found.index + found[0].length;
  }
  add(line.slice(from));
  return nodes;
}

function element(
  type: string,
  content: ProseMirrorJson[],
  attrs?: ProseMirrorJson['attrs'],
): ProseMirrorJson {
  return { type, ...(attrs && { attrs }), content };
}

/** A paragraph. */
export function p(line: string): ProseMirrorJson {
  return element('paragraph', inline(line));
}

/** A heading inside a section. */
export function h(line: string): ProseMirrorJson {
  return element('heading', inline(line), { level: 3 });
}

/** A heading below `h`. */
export function h4(line: string): ProseMirrorJson {
  return element('heading', inline(line), { level: 4 });
}

export function bullets(...lines: string[]): ProseMirrorJson {
  return element(
    'bulletList',
    lines.map((line) => element('listItem', [p(line)])),
  );
}

export function steps(...lines: string[]): ProseMirrorJson {
  return element(
    'orderedList',
    lines.map((line) => element('listItem', [p(line)])),
    { start: 1 },
  );
}

/** A list to tick off; what starts with `x ` is done. */
export function tasks(...lines: string[]): ProseMirrorJson {
  return element(
    'taskList',
    lines.map((line) => {
      const checked = line.startsWith('x ');
      return element('taskItem', [p(checked ? line.slice(2) : line)], { checked });
    }),
  );
}

export function quotation(...lines: string[]): ProseMirrorJson {
  return element(
    'blockquote',
    lines.map((line) => p(line)),
  );
}

export function rule(): ProseMirrorJson {
  return { type: 'horizontalRule' };
}

/** A table; the first row is its head. */
export function table(head: readonly string[], ...rows: readonly (readonly string[])[]): ProseMirrorJson {
  const row = (cells: readonly string[], cell: string) =>
    element(
      'tableRow',
      cells.map((line) => element(cell, [p(line)])),
    );
  return element('table', [row(head, 'tableHeader'), ...rows.map((cells) => row(cells, 'tableCell'))]);
}
