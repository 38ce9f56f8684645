import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { replaceUse, takeOut } from '../../server/quotes/quote-text.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { TAKEN_BACK } from '../../shared/quotes/placeholder.ts';

/** A paragraph, with uses of the quote `q` on some of its letters. */
function textWith(words: string, uses: Readonly<Record<string, readonly [from: number, to: number]>>) {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  doc.getXmlFragment(CONTENT).push([paragraph]);
  paragraph.push([text]);
  text.insert(0, words, {});
  for (const [use, [from, to]] of Object.entries(uses)) {
    const marked = { quote: 'q', use };
    text.format(from, to - from, { [quoteKey(marked)]: marked });
  }
  const plain = () => (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
  return { doc, plain };
}

it('[SAVE-5] words that are taken back take none of their neighbours along, although two uses lie over one another', () => {
  for (const uses of [
    { a: [4, 9], b: [4, 9] },
    { a: [4, 9], b: [6, 9] },
    { a: [4, 8], b: [6, 9] },
  ] as const) {
    const { doc, plain } = textWith('One two! three four.', { ...uses });
    expect(takeOut(doc, 'q')).toBe(true);
    expect(plain()).toBe(`One ${TAKEN_BACK}three four.`);
  }
});

it('leave one placeholder for each place, however many stretches it is in', () => {
  const { doc, plain } = textWith('One two three four.', { a: [0, 3], b: [14, 18] });
  expect(takeOut(doc, 'q')).toBe(true);
  expect(plain()).toBe(`${TAKEN_BACK} two three ${TAKEN_BACK}.`);
  const other = textWith('One two three four.', { a: [0, 3] });
  expect(takeOut(other.doc, 'nobody’s')).toBe(false);
  expect(other.plain()).toBe('One two three four.');
});

it('a correction is put in as one line, whatever box it was written in', () => {
  const { doc, plain } = textWith('He said we tried it.', { a: [8, 16] });
  expect(replaceUse(doc, 'q', 'a', '\nwe tried\r\n  twice\n')).toBe(true);
  expect(plain()).toBe('He said we tried twice it.');
  const spaced = textWith('He said we tried it.', { a: [7, 17] });
  expect(replaceUse(spaced.doc, 'q', 'a', 'we did')).toBe(true);
  expect(spaced.plain()).toBe('He said we did it.');
});
