import { expect, it } from 'vitest';
import { blockSchema, SCHEMA_VERSION } from '../../shared/document/schema.ts';

const FIRST = [
  'blockquote(block+)',
  'bold',
  'bulletList(listItem+)',
  'doc(block+)',
  'hardBreak()',
  'heading(inline*) level',
  'horizontalRule()',
  'italic',
  'link class href rel target title',
  'listItem(paragraph block*)',
  'orderedList(listItem+) start type',
  'paragraph(inline*)',
  'table(tableRow+)',
  'tableCell(block+) align colspan colwidth rowspan',
  'tableHeader(block+) align colspan colwidth rowspan',
  'tableRow((tableCell | tableHeader)*)',
  'taskItem(paragraph block*) checked',
  'taskList(taskItem+)',
  'text()',
];

const SECOND = [...FIRST, 'quote quote use'];

/** What each version knows; never changed once it was let go. */
const VERSIONS: Readonly<Record<number, readonly string[]>> = {
  1: FIRST,
  2: [...SECOND].sort(),
  3: [
    ...SECOND,
    'anchor id',
    'deletion at author id words',
    'insertion at author id',
    'seam at author id op value',
    'styling at author id style value',
  ].sort(),
};

function written(): string[] {
  const { nodes, marks } = blockSchema();
  const attributes = (attrs: object | undefined) => Object.keys(attrs ?? {}).sort();
  return [
    ...Object.values(nodes).map(({ name, spec }) =>
      [`${name}(${spec.content ?? ''})`, ...attributes(spec.attrs)].join(' '),
    ),
    ...Object.values(marks).map(({ name, spec }) => [name, ...attributes(spec.attrs)].join(' ')),
  ].sort();
}

it('[SAVE-6] the schema changes with its version alone: an older page would delete what it does not know', () => {
  expect(written()).toEqual(VERSIONS[SCHEMA_VERSION]);
});
