import type { Editor } from '@tiptap/core';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { describe, expect, it } from 'vitest';
import { quoteParts, slotFor } from '../../client/editor/quote-slot.ts';
import { CaseQuotesHere } from '../../client/quotes/case-quotes.ts';
import { NOTHING_KNOWN } from '../../client/quotes/known-quotes.ts';
import { renewedUses } from '../../client/quotes/pasted-quotes.ts';
import {
  capturedStretch,
  goOn,
  holdForCapture,
  placedUses,
  type QuoteWatcher,
  quotePart,
  showSigns,
} from '../../client/quotes/quote-part.ts';
import { overlapping, type PlacedUse, placedAt, usesIn, wordsOf } from '../../client/quotes/quote-places.ts';
import { putWords } from '../../client/quotes/restored-words.ts';
import { standsAlone } from '../../client/quotes/spoken-stretch.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import type { BoardWord } from '../../shared/quotes/board-words.ts';

const schema = blockSchema();

/** Text where `[a words]` is the use `a` of the quote `qa`. */
function doc(...lines: string[]) {
  return schema.node(
    'doc',
    null,
    lines.map((line) => {
      const pieces = [...line.matchAll(/\[(\w) ([^\]]*)\]|([^[]+)/g)].map(([, use, words, plain]) =>
        use
          ? schema.text(words ?? '', [schema.mark('quote', { quote: `q${use}`, use })])
          : schema.text(plain ?? ''),
      );
      return schema.node('paragraph', null, pieces);
    }),
  );
}

/** As much of an editor as the plugin sees: what is refused changes nothing. */
class Page {
  state: EditorState;
  readonly asked: { readonly use: string; readonly held: Transaction }[] = [];

  constructor(...lines: string[]) {
    const watcher: QuoteWatcher = {
      changed: () => {},
      chosen: () => {},
      guarded: (use: PlacedUse, held) => this.asked.push({ use: use.use, held }),
      isKnown: () => true,
      standsElsewhere: () => false,
      newId: () => 'new',
    };
    const part = { ...quotePart(watcher, null), updated: () => {} };
    this.state = EditorState.create({ doc: doc(...lines), plugins: [slotFor(() => part)] });
    this.dispatch(this.state.tr);
  }

  get view(): EditorView {
    return this as unknown as EditorView;
  }

  dispatch(transaction: Transaction): void {
    this.state = this.state.applyTransaction(transaction).state;
  }

  type(at: number, words: string): void {
    this.dispatch(this.state.tr.insertText(words, at));
  }

  guard(...uses: string[]): void {
    this.sign('confirmed', true, ...uses);
  }

  sign(word: BoardWord, guarded: boolean, ...uses: string[]): void {
    showSigns(this.view, new Map(uses.map((use) => [use, { word, guarded, whose: 'Amal' }])));
  }

  get text(): string {
    return this.state.doc.textBetween(0, this.state.doc.content.size, '|');
  }
}

describe('the uses of quotes in a text', () => {
  it('are found with all their stretches, and where one stands in another the inner is meant', () => {
    const text = doc('She said [a we tried] and [b it worked].', '[a Twice.]');
    const uses = usesIn(text);
    expect(uses.map(({ use, stretches }) => [use, stretches.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(wordsOf(text, uses[0] as PlacedUse)).toBe('we tried\nTwice.');
    expect(placedAt(uses, { from: 12, to: 14 })?.use).toBe('a');
    expect(placedAt(uses, { from: 2, to: 2 })).toBeNull();
  });
});

describe('whoever changes words that were sent or confirmed', () => {
  it('[QUOTE-2] is asked first, and nothing changes until they go on; then not again', () => {
    const page = new Page('She said [a we tried] it.');
    page.guard('a');
    page.type(13, 'x');
    expect(page.text).toBe('She said we tried it.');
    expect(page.asked.map(({ use }) => use)).toEqual(['a']);
    goOn(page.view, 'a', page.asked[0]?.held as Transaction);
    expect(page.text).toBe('She said we xtried it.');
    page.type(14, 'y');
    expect(page.text).toBe('She said we xytried it.');
    expect(page.asked).toHaveLength(1);
  });

  it('[QUOTE-2] is asked again once the old words stand there, or the new ones are confirmed', () => {
    const page = new Page('She said [a we tried] it.');
    page.guard('a');
    page.type(13, 'x');
    goOn(page.view, 'a', page.asked[0]?.held as Transaction);
    page.sign('needs-you', false, 'a');
    page.type(14, 'y');
    expect(putWords(page.view, 'a', 'we tried')).toBe(true);
    page.guard('a');
    page.type(13, 'x');
    expect(page.text).toBe('She said we tried it.');
    expect(page.asked).toHaveLength(2);

    goOn(page.view, 'a', page.asked[1]?.held as Transaction);
    page.sign('needs-you', false, 'a');
    page.type(14, 'y');
    page.guard('a');
    page.type(15, 'z');
    expect(page.text).toBe('She said we xytried it.');
    expect(page.asked).toHaveLength(3);
  });

  it('[QUOTE-2] is asked although words were put back from the card before', () => {
    const page = new Page('She said [a we x tried] it.');
    page.sign('needs-you', true, 'a');
    expect(putWords(page.view, 'a', 'we tried')).toBe(true);
    expect(page.text).toBe('She said we tried it.');
    page.type(13, 'x');
    expect(page.text).toBe('She said we tried it.');
    expect(page.asked).toHaveLength(1);
  });

  it('is not asked about words around it, a line begun in it, or words taken out as a whole', () => {
    const page = new Page('She said [a we tried] it.');
    page.guard('a');
    page.type(1, 'So ');
    page.type(page.state.doc.content.size - 1, ' And so on.');
    page.dispatch(page.state.tr.split(16));
    expect(page.text).toBe('So She said we |tried it. And so on.');
    const { stretches } = placedUses(page.state)[0] as PlacedUse;
    page.dispatch(page.state.tr.delete(stretches[0]?.from ?? 0, stretches.at(-1)?.to ?? 0));
    expect(page.text).toBe('So She said  it. And so on.');
    expect(page.asked).toEqual([]);
  });

  it('goes on although somebody else changed the text meanwhile: the letter is typed again', () => {
    const page = new Page('She said [a we tried] it.');
    page.guard('a');
    page.type(13, 'x');
    page.type(1, 'So ');
    goOn(page.view, 'a', page.asked[0]?.held as Transaction);
    expect(page.text).toBe('So She said we tried it.');
    page.type(16, 'x');
    expect(page.text).toBe('So She said we xtried it.');
  });
});

describe('words that are being captured', () => {
  it('can be set apart only where nothing that somebody else wrote stands beside them', () => {
    const text = doc('“We tried it.”', 'She said we tried. Then they left.', '');
    expect(standsAlone(text, { from: 2, to: 14 })).toBe(true);
    expect(standsAlone(text, { from: 26, to: 34 })).toBe(false);
    expect(standsAlone(text, { from: 2, to: 34 })).toBe(false);
    expect(standsAlone(text, { from: text.content.size - 1, to: text.content.size - 1 })).toBe(true);
    const item = schema.node('listItem', null, [schema.node('paragraph', null, schema.text('we tried'))]);
    const list = schema.node('doc', null, [schema.node('bulletList', null, [item])]);
    expect(standsAlone(list, { from: 3, to: 11 })).toBe(false);
  });

  it('are held wherever they move to, and what is typed beside them is not of them', () => {
    const page = new Page('She said we tried it.');
    holdForCapture(page.view, { from: 10, to: 18 });
    page.type(1, 'Then ');
    page.type(23, '!');
    const held = capturedStretch(page.state);
    expect(held && page.state.doc.textBetween(held.from, held.to)).toBe('we tried');
    page.dispatch(page.state.tr.delete(1, 24));
    expect(capturedStretch(page.state)).toMatchObject({ from: 1, to: 1 });
  });
});

describe('a quote that is pasted', () => {
  const paste = (stands: readonly string[], known: readonly string[]) => {
    let made = 0;
    const slice = doc('a [a one] b [b two] c [a three]').slice(0);
    return usesIn(
      schema.node(
        'doc',
        null,
        renewedUses(slice, {
          isKnown: (quote) => known.includes(quote),
          stands: (use) => stands.includes(use),
          newId: () => {
            made += 1;
            return `new${made}`;
          },
        }).content,
      ),
    ).map(({ quote, use, stretches }) => [quote, use, stretches.length]);
  };

  it('[QUOTE-2] is a new use where the old one still stands, with all its stretches', () => {
    expect(paste(['a', 'b'], ['qa', 'qb'])).toEqual([
      ['qa', 'new1', 2],
      ['qb', 'new2', 1],
    ]);
  });

  it('[QUOTE-2] stays a quote while nothing is known of the quotes of the case', () => {
    const here = new CaseQuotesHere(() => 'new');
    const state = EditorState.create({ doc: doc('Before.') });
    const dom = { addEventListener: () => {} };
    const editor = {
      view: { state, dom, dispatch: () => {} },
      state,
      isDestroyed: true,
    } as unknown as Editor;
    here.attach('b1', editor, true);
    const pasted = () => {
      const slice = quoteParts.get(editor)?.pasted(doc('[a one]').slice(0), editor.view);
      return usesIn(schema.node('doc', null, slice?.content)).map(({ use }) => use);
    };
    expect(pasted()).toEqual(['a']);
    here.setKnown({ ...NOTHING_KNOWN, complete: true });
    expect(pasted()).toEqual([]);
  });

  it('keeps its use where it was cut out, and is no quote where nobody here knows it', () => {
    expect(paste(['b'], ['qa'])).toEqual([['qa', 'a', 2]]);
  });
});

it('[QUOTE-2] words that are captured anew may stand in a quote already, which is told before', () => {
  const uses = usesIn(doc('We [a tried it] and [b it went] well.'));
  const told = (from: number, to: number) => overlapping(uses, { from, to }).map(({ use }) => use);
  expect(told(1, 5)).toEqual(['a']);
  expect(told(1, 30)).toEqual(['a', 'b']);
  expect(told(1, 4)).toEqual([]);
  expect(told(12, 17)).toEqual([]);
});
