import { TableMap } from '@tiptap/pm/tables';
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT, FIELDS } from '../../shared/document/block-parts.ts';
import { mendShape, type RemovedWords, removedWords } from '../../shared/document/mending.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { bringsForeign, findMisshapen, isForeign, MOST_LEVELS } from '../../shared/document/shape.ts';
import {
  block,
  cell,
  disturb,
  element,
  item,
  paragraph,
  putDeep,
  putRaw,
  randomBlock,
  row,
  words,
} from './foreign.ts';

const schema = blockSchema();

const mend = (doc: Y.Doc): RemovedWords[] => mendShape(doc, findMisshapen(doc));

/** Opens it as the stock editor does. @returns how it reads; throws where anything was not as the schema wants it */
function opened(block: Y.Doc): string {
  // two texts side by side are joined by an editor whose client wrote both; this is somebody else's
  const doc = copyOf(block, 4_000_000);
  let updates = 0;
  const count = () => {
    updates += 1;
  };
  doc.on('update', count);
  const root = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(CONTENT), schema);
  doc.off('update', count);
  expect(updates).toBe(0);
  if (root.childCount > 0) root.check();
  root.descendants((node) => {
    if (node.type.name === 'table') expect(TableMap.get(node).problems ?? []).toEqual([]);
  });
  return root.content.toString().slice(1, -1);
}

function copyOf(doc: Y.Doc, clientId: number): Y.Doc {
  const copy = new Y.Doc();
  copy.clientID = clientId;
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const lost = (doc: Y.Doc) => mend(doc).map((piece) => piece.words);

describe('[INPUT-1] what the schema cannot hold goes, and honest words stay', () => {
  const a = paragraph.bind(null, 'a');
  const beside =
    (...values: unknown[]) =>
    (content: Y.XmlFragment) => {
      content.insert(0, [a()]);
      putRaw(content, ...values);
    };
  it.each<[string, (content: Y.XmlFragment) => void, string, string[]]>([
    ['a healthy text', (c) => c.insert(0, [a()]), 'paragraph("a")', []],
    ['a map in the text', beside(new Y.Map()), 'paragraph("a")', []],
    ['a list in the text', beside(new Y.Array()), 'paragraph("a")', []],
    ['plain values', beside('raw', 7, null), 'paragraph("a")', ['raw']],
    ['bytes', beside(new Uint8Array([1])), 'paragraph("a")', []],
    ['a text of another kind', beside(new Y.Text('t')), 'paragraph("a")', ['t']],
    ['text straight in the text', (c) => c.insert(0, [words('lone'), a()]), 'paragraph("a")', ['lone']],
    [
      'an unknown element',
      (c) => c.insert(0, [element('video', [paragraph('b')]), a()]),
      'paragraph("a")',
      ['b'],
    ],
    ['an inherited name', (c) => c.insert(0, [element('constructor', 'b'), a()]), 'paragraph("a")', ['b']],
    [
      'an unknown mark',
      (c) => c.insert(0, [element('paragraph', [words('b', { blink: {} })])]),
      'paragraph("b")',
      [],
    ],
    [
      'a link that would run',
      (c) => c.insert(0, [element('paragraph', [words('b', { link: { href: 'javascript:alert(1)' } })])]),
      'paragraph("b")',
      [],
    ],
    [
      'a wrong level',
      (c) =>
        c.insert(0, [element('heading', 'b', { level: 'x', onclick: 'alert(1)', style: 'x'.repeat(9_000) })]),
      'heading("b")',
      [],
    ],
    ['an item outside a list', (c) => c.insert(0, [item(paragraph('b')), a()]), 'paragraph("a")', ['b']],
    [
      'a line straight in a list',
      (c) => c.insert(0, [element('bulletList', [paragraph('b'), item(a())])]),
      'bulletList(listItem(paragraph("a")))',
      ['b'],
    ],
    ['an empty list', (c) => c.insert(0, [element('bulletList'), a()]), 'paragraph("a")', []],
    [
      'an item that begins with a heading',
      (c) => c.insert(0, [element('bulletList', [item(element('heading', 'b', { level: 3 }))])]),
      'bulletList(listItem(paragraph, heading("b")))',
      [],
    ],
    [
      'a span of a thousand million',
      (c) => c.insert(0, [element('table', [row(cell('b', { colspan: 1e9, rowspan: 1e9 }))])]),
      'table(tableRow(tableCell(paragraph("b"))))',
      [],
    ],
    [
      'a row that is too short',
      (c) =>
        c.insert(0, [
          element('table', [row(cell('b'), cell('c')), row(cell('d')), row(cell('e'), cell('f'))]),
        ]),
      'table(tableRow(tableCell(paragraph("b")), tableCell(paragraph("c"))), tableRow(tableCell(paragraph("d")), tableCell(paragraph)), tableRow(tableCell(paragraph("e")), tableCell(paragraph("f"))))',
      [],
    ],
    [
      'a cell that reaches below its table',
      (c) => c.insert(0, [element('table', [row(cell('b', { rowspan: 3 }), cell('c')), row(cell('d'))])]),
      'table(tableRow(tableCell(paragraph("b")), tableCell(paragraph("c"))), tableRow(tableCell(paragraph("d"))))',
      [],
    ],
    [
      'a cell that holds nothing',
      (c) => c.insert(0, [element('table', [row(element('tableCell'))])]),
      'table(tableRow(tableCell(paragraph)))',
      [],
    ],
    ['a table without cells', (c) => c.insert(0, [element('table', [row()]), a()]), 'paragraph("a")', []],
    [
      'a picture within words',
      (c) => {
        const text = words('before and after');
        c.insert(0, [element('paragraph', [text])]);
        text.insertEmbed(7, { image: 'x' });
      },
      'paragraph("before and after")',
      [],
    ],
  ])('%s', (_, make, after, gone) => {
    const doc = block(make);
    expect(lost(doc)).toEqual(gone);
    expect(findMisshapen(doc)).toEqual([]);
    expect(opened(doc)).toBe(after);
  });

  it('a mark that took the place of a good one goes without giving the words the other', () => {
    const text = words('one two three', { link: { href: 'https://example.org/' } });
    const doc = block((content) => content.insert(0, [element('paragraph', [text])]));
    text.format(4, 3, { link: { href: 'javascript:alert(1)' } });
    expect(lost(doc)).toEqual([]);
    expect(text.toDelta().map((piece: { attributes?: object }) => piece.attributes !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
    expect(findMisshapen(doc)).toEqual([]);
  });

  it('three thousand levels, whose words are kept for the tray', () => {
    const levels = (level: number) => (level % 2 ? 'bulletList' : 'listItem');
    const doc = block((content) => {
      content.insert(0, [paragraph('a')]);
      putDeep(content, 3_000, levels, 'at the bottom');
    });
    expect(lost(doc)).toEqual(['at the bottom']);
    expect(findMisshapen(doc)).toEqual([]);
    expect(opened(doc)).toBe('paragraph("a")');
  });

  it('as many levels as may be stay', () => {
    const doc = block((content) => putDeep(content, MOST_LEVELS - 1, () => 'blockquote', 'at the bottom'));
    expect(findMisshapen(doc)).toEqual([]);
    expect(opened(doc)).toContain('at the bottom');
  });

  it('a table that no editor could lay out', () => {
    const wide = row(...Array.from({ length: 3_000 }, () => cell('x', { colspan: 100 })));
    const rows = Array.from({ length: 1_500 }, () => row());
    const doc = block((content) => content.insert(0, [element('table', [wide, ...rows]), paragraph('a')]));
    expect(lost(doc)[0]).toMatch(/^x\nx\nx/);
    expect(opened(doc)).toBe('paragraph("a")');
  });
});

describe('[SAVE-5] words that go are returned', () => {
  it('with who wrote them, and the text beside', () => {
    const doc = block((content) => content.insert(0, [paragraph('before'), paragraph('after')]), 1);
    const other = copyOf(doc, 2);
    other.getXmlFragment(CONTENT).insert(1, [element('video', [paragraph('first'), paragraph('second')])]);
    const [piece, ...more] = mend(other);
    expect(piece).toMatchObject({ words: 'first\nsecond', before: 'before', after: 'after', client: 2 });
    expect(more).toEqual([]);
  });

  it('apart by the hands that wrote them', () => {
    const doc = block((content) => content.insert(0, [element('video', 'mine')]), 1);
    const other = copyOf(doc, 2);
    const text = (other.getXmlFragment(CONTENT).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(4, ' and theirs');
    expect(mend(other).map(({ words: said, client }) => [client, said])).toEqual([
      [1, 'mine'],
      [2, 'and theirs'],
    ]);
  });
});

describe('[INPUT-1] fields hold plain text and single values alone', () => {
  it('anything else goes; what people wrote there stays or is returned', () => {
    const doc = block((_, made) => {
      const fields = made.getMap(FIELDS);
      fields.set('value/pupils', '120');
      fields.set('option/a/b', true);
      fields.set('prompt/a', 'ask');
      fields.set('row/g/r', 'a0');
      fields.set('value/map', new Y.Map());
      fields.set('value/number', 12);
      fields.set('option/a/c', 'yes');
      fields.set('forged', 'some words');
      made.getText('field/aims').insert(0, 'plain ', { bold: true });
      made.getText('field/aims').insertEmbed(0, { image: 'x' });
      made.getText('field/a/b').insert(0, 'nowhere');
    });
    expect(lost(doc).sort()).toEqual(['nowhere', 'some words', 'yes']);
    expect(doc.getMap(FIELDS).toJSON()).toEqual({
      'value/pupils': '120',
      'option/a/b': true,
      'prompt/a': 'ask',
      'row/g/r': 'a0',
    });
    expect(doc.getText('field/aims').toDelta()).toEqual([{ insert: 'plain ' }]);
    expect(doc.getText('field/a/b').toString()).toBe('');
    expect(findMisshapen(doc)).toEqual([]);
  });
});

const SEEDS = Array.from({ length: 40 }, (_, at) => 25 * at);

describe('random foreign documents', () => {
  it.each(SEEDS)('[INPUT-1] after one mending an editor opens it, and changes nothing (seed %i)', (first) => {
    for (let seed = first; seed < first + 25; seed += 1) {
      const doc = randomBlock(seed);
      const before = allWords(doc);
      const told = removedWords(findMisshapen(doc)).map((piece) => piece.words);
      const gone = lost(doc);
      expect(gone, `seed ${seed}`).toEqual(told);
      expect(findMisshapen(doc), `seed ${seed}`).toEqual([]);
      try {
        opened(doc);
      } catch (cause) {
        throw new Error(`seed ${seed}`, { cause });
      }
      const kept = [...allWords(doc), ...letters(gone.join(''))].sort().join('');
      expect(kept, `seed ${seed}`).toBe(before.sort().join(''));
    }
  });

  it.each(SEEDS.slice(0, 10))(
    '[SAVE-4] two servers that mend at once end equal and whole (seed %i)',
    (first) => {
      for (let seed = first; seed < first + 25; seed += 1) {
        const one = randomBlock(seed);
        const two = copyOf(one, 3_000_000);
        const own = copyOf(one, 3_000_001);
        for (let round = 0; round < 6; round += 1) {
          mend(own);
          mend(two);
          Y.applyUpdate(two, Y.encodeStateAsUpdate(own));
          Y.applyUpdate(own, Y.encodeStateAsUpdate(two));
          if (findMisshapen(own).length === 0) break;
        }
        expect(findMisshapen(own), `seed ${seed}`).toEqual([]);
        expect(own.getXmlFragment(CONTENT).toString()).toBe(two.getXmlFragment(CONTENT).toString());
        opened(own);
      }
    },
  );
});

describe('what one transaction brings', () => {
  it.each(SEEDS)('[INPUT-1] is called foreign exactly where the whole text then is (seed %i)', (first) => {
    for (let seed = first; seed < first + 25; seed += 1) {
      const doc = randomBlock(seed);
      mend(doc);
      const replica = copyOf(doc, 4_000_000);
      disturb(doc, seed);
      let told = false;
      replica.on('beforeObserverCalls', (transaction: Y.Transaction) => {
        told ||= bringsForeign(transaction);
      });
      Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(replica)));
      expect(told, `seed ${seed}`).toBe(isForeign(findMisshapen(replica)));
    }
  });
});

/** All letters and digits that stand in the text and its fields, as typed. */
function allWords(doc: Y.Doc): string[] {
  const found: string[] = [];
  for (const client of doc.store.clients.values()) {
    for (const struct of client) {
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      if (struct.content instanceof Y.ContentString) found.push(...letters(struct.content.str));
      if (
        !(struct.content instanceof Y.ContentAny) ||
        (struct.parent instanceof Y.XmlElement && struct.parentSub !== null)
      )
        continue;
      for (const value of struct.content.arr) if (typeof value === 'string') found.push(...letters(value));
    }
  }
  return found;
}

function letters(text: string): string[] {
  return [...text].filter((letter) => /\S/.test(letter));
}
