import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { findWrapping } from '@tiptap/pm/transform';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { mendShape } from '../../shared/document/mending.ts';
import { findMisshapen, isForeign } from '../../shared/document/shape.ts';
import { Paper, schema } from '../collaboration/paper.ts';
import { seededRandomness } from '../support/randomness.ts';

const node = (type: string, ...inside: Node[]) => schema.node(type, null, inside);
const line = (text: string) => node('paragraph', ...(text === '' ? [] : [schema.text(text)]));
const item = (...inside: Node[]) => node('listItem', ...inside);
const row = (...words: string[]) => node('tableRow', ...words.map((text) => node('tableCell', line(text))));

function start(): Node[] {
  return [
    node('bulletList', item(line('one'), line('two'), node('blockquote', line('said'))), item(line('three'))),
    node('blockquote', line('quoted'), line('twice')),
    node('table', row('a', 'b'), row('c', 'd'), row('e', 'f')),
    node('taskList', node('taskItem', line('to do'), line('and how'))),
  ];
}

/** One thing that a person may do to the text; it stays as the schema wants it. */
function act(tr: Transaction, below: (end: number) => number): Transaction {
  const places: { at: number; found: Node }[] = [];
  tr.doc.descendants((found, at) => {
    places.push({ at, found });
  });
  const { at, found } = places[below(places.length)] as { at: number; found: Node };
  const table = places.find((one) => one.found.type.name === 'table');
  switch (below(6)) {
    case 0:
      return tr.deleteRange(at, at + found.nodeSize);
    case 1:
      return found.isTextblock
        ? tr.setBlockType(at + 1, at + 1, schema.nodes.heading as never, { level: 3 })
        : tr;
    case 2: {
      if (!found.isTextblock) return tr;
      const range = tr.doc.resolve(at + 1).blockRange();
      const around = range && findWrapping(range, schema.nodes.blockquote as never);
      return range && around ? tr.wrap(range, around) : tr;
    }
    case 3:
      if (!table) return tr;
      return tr.insert(
        table.at + 1,
        row(...Array.from({ length: table.found.firstChild?.childCount ?? 1 }, () => '')),
      );
    case 4: {
      if (!table) return tr;
      const ends: number[] = [];
      table.found.forEach((one, offset) => {
        ends.push(table.at + 1 + offset + one.nodeSize - 1);
      });
      for (const end of ends.reverse()) tr.insert(end, node('tableCell', line('')));
      return tr;
    }
    default:
      return found.isTextblock ? tr.insertText('typed ', at + 1) : tr;
  }
}

const SEEDS = Array.from({ length: 20 }, (_, at) => 20 * at);

it.each(SEEDS)(
  '[SAVE-5] what two people left together is mended without losing a word (seed %i)',
  (first) => {
    let mended = 0;
    for (let seed = first; seed < first + 20; seed += 1) {
      const random = seededRandomness(seed);
      const below = (end: number) => (random.bytes(1)[0] as number) % end;
      const doc = new Y.Doc();
      doc.clientID = 1;
      new Paper(doc).write('first');
      new Paper(doc).edit((tr) => tr.insert(tr.doc.content.size, start()));
      const other = new Y.Doc();
      other.clientID = 2;
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
      for (const one of [doc, other]) {
        for (let times = 0; times < 4; times += 1) new Paper(one).edit((tr) => act(tr, below));
      }
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
      const found = findMisshapen(doc);
      if (found.length > 0) mended += 1;
      expect(isForeign(found), `seed ${seed}`).toBe(false);
      expect(mendShape(doc, found), `seed ${seed}`).toEqual([]);
      expect(findMisshapen(doc), `seed ${seed}`).toEqual([]);
      const before = doc.getXmlFragment(CONTENT).toString();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      const root = yXmlFragmentToProseMirrorRootNode(copy.getXmlFragment(CONTENT), schema);
      if (root.childCount > 0) root.check();
      expect(copy.getXmlFragment(CONTENT).toString(), `seed ${seed}`).toBe(before);
    }
    expect(mended, 'merges that needed mending').toBeGreaterThan(0);
  },
);
