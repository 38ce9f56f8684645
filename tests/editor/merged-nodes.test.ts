import { Fragment, type Node } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import { mendedNode } from '../../client/editor/merged-nodes.ts';
import { blockSchema } from '../../shared/document/schema.ts';

const schema = blockSchema();
const { nodes } = schema;
const text = (words: string) => schema.text(words);
type Kind = keyof typeof nodes;
const node = (kind: Kind, ...inside: Node[]) =>
  (nodes[kind] as NonNullable<(typeof nodes)[Kind]>).create(null, inside);
const mend = (kind: Kind, ...inside: Node[]) =>
  mendedNode(nodes[kind] as NonNullable<(typeof nodes)[Kind]>, null, Fragment.from(inside));

describe('[SAVE-5] a node that a merge left invalid', () => {
  it.each<[string, Kind, Node[], string]>([
    [
      'an item that begins with a heading',
      'listItem',
      [node('heading', text('a'))],
      'listItem(paragraph, heading("a"))',
    ],
    [
      'a task that begins with a quotation',
      'taskItem',
      [node('blockquote', node('paragraph', text('a')))],
      'taskItem(paragraph, blockquote(paragraph("a")))',
    ],
    [
      'a line straight in a list',
      'bulletList',
      [node('paragraph', text('a')), node('listItem', node('paragraph'))],
      'bulletList(listItem(paragraph("a")), listItem(paragraph))',
    ],
    [
      'a line straight in a row',
      'tableRow',
      [node('paragraph', text('a'))],
      'tableRow(tableCell(paragraph("a")))',
    ],
    ['an empty list', 'bulletList', [], 'bulletList(listItem(paragraph))'],
  ])('is mended around its words: %s', (_, kind, inside, mended) => {
    const made = mend(kind, ...inside);
    made?.check();
    expect(made?.toString()).toBe(mended);
  });

  it('is given up only where no node can hold it', () => {
    expect(mend('paragraph', node('blockquote', node('paragraph', text('a'))))).toBeNull();
  });
});
