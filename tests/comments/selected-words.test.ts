import { Node } from '@tiptap/pm/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editorPlace, flatPlace } from '../../client/comments/flat-places.ts';
import { selectedAt } from '../../client/comments/selected-words.ts';
import { anchoredText } from '../../shared/document/anchors.ts';
import { flattenText } from '../../shared/document/flat-text.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { blockSchema } from '../../shared/document/schema.ts';

const schema = blockSchema();

const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, marks });
const cell = (words: string) => ({ type: 'tableCell', content: [paragraph(text(words))] });

/** Headings, lists in lists, a table, breaks, marks and an empty line. */
const DOC = Node.fromJSON(schema, {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 3 }, content: [text('What they do')] },
    paragraph(text('One '), text('bold', { type: 'bold' }), { type: 'hardBreak' }, text('and on.')),
    { type: 'paragraph' },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [
            paragraph(text('first')),
            { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph(text('inner'))] }] },
          ],
        },
      ],
    },
    { type: 'horizontalRule' },
    { type: 'table', content: [{ type: 'tableRow', content: [cell('left'), cell('right')] }] },
    paragraph(text('One bold and on. One bold and on.')),
  ],
});

it('[REVIEW-3] selected words stand in the flat text where they stand in the editor, and the other way round', () => {
  const flat = flattenText(DOC.toJSON() as ProseMirrorJson);
  const size = DOC.content.size;
  fc.assert(
    fc.property(fc.nat(size), fc.nat(size), (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const place = flatPlace(DOC, { from, to });
      const words = flat.text.slice(place.from, place.to).replace(/[\n\u2028]/g, '');
      expect(words).toBe(DOC.textBetween(from, to));
      if (words === '') return;
      const back = editorPlace(DOC, place);
      expect(back && DOC.textBetween(back.from, back.to)).toBe(words);
    }),
  );
});

it('[REVIEW-3] words that stand several times between the same are told apart by how many stand before', () => {
  const line = 'Same here. ';
  const json = { type: 'doc', content: [paragraph(text(line.repeat(30)))] } as unknown as ProseMirrorJson;
  const there = anchoredText(json);
  const at = (nth: number) => selectedAt(there, { from: nth * line.length, to: nth * line.length + 4 });
  expect(at(0)).toMatchObject({ quote: 'Same', prefix: '', occurrence: 0 });
  const [tenth, eleventh] = [at(10), at(11)];
  expect(tenth?.prefix).toBe(eleventh?.prefix);
  expect((eleventh?.occurrence ?? 0) - (tenth?.occurrence ?? 0)).toBe(1);
  expect(selectedAt(there, { from: 4, to: 5 })).toBeNull();
});
