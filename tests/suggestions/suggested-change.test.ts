import { splitBlock, toggleMark } from '@tiptap/pm/commands';
import { wrapInList } from '@tiptap/pm/schema-list';
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { plainChange, suggestedChange } from '../../client/suggestions/suggested-change.ts';
import { readsAs, withoutSuggestions } from '../../shared/document/refusing.ts';
import { suggestionAttributes } from '../../shared/document/suggestion-key.ts';
import { readSuggestions } from '../../shared/suggestions/suggestion.ts';
import { suggestionWords } from '../../shared/suggestions/suggestion-words.ts';
import { schema } from '../collaboration/paper.ts';
import { NOON } from './suggesting-page.ts';

const BY = { id: 's1', author: 'eve', at: NOON };
const doc = schema.node('doc', null, [
  schema.node('paragraph', null, [schema.text('The pair meet every week.')]),
  schema.node('paragraph', null, [schema.text('They talk.')]),
]);

function at(from: number, to = from): EditorState {
  return EditorState.create({ doc, schema, selection: TextSelection.create(doc, from, to) });
}

function done(state: EditorState, command: Command): Transaction {
  let made: Transaction | null = null;
  command(state, (tr) => {
    made = tr;
  });
  if (!made) throw new Error('the command does nothing here');
  return made;
}

const list = (tr: Transaction | null) => tr && readSuggestions(tr.doc.toJSON()).map(suggestionWords);

describe('[REVIEW-1] what somebody does in the page becomes a suggestion', () => {
  it.each<[string, EditorState, (state: EditorState) => Transaction, string[], number]>([
    ['typing', at(5), (state) => state.tr.insertText('old '), ['Add “old ”'], 9],
    ['typing over words', at(5, 9), (state) => state.tr.insertText('two'), ['Replace “pair” with “two”'], 12],
    ['backspace', at(9), (state) => state.tr.delete(8, 9), ['Take out “r”'], 8],
    ['the key for what comes after', at(8), (state) => state.tr.delete(8, 9), ['Take out “r”'], 9],
    ['Enter', at(5), (state) => done(state, splitBlock), ['Start a new paragraph here'], 6],
    [
      'joining paragraphs',
      at(28),
      (state) => state.tr.join(27),
      ['Join the paragraph to the one before'],
      26,
    ],
    [
      'bold',
      at(5, 9),
      (state) => done(state, toggleMark(schema.marks.bold as never)),
      ['Set “pair” in bold'],
      9,
    ],
    [
      'a list',
      at(5),
      (state) => done(state, wrapInList(schema.nodes.bulletList as never)),
      ['Make it an item with a bullet'],
      6,
    ],
    [
      'a heading',
      at(5),
      (state) => state.tr.setBlockType(5, 5, schema.nodes.heading as never, { level: 3 }),
      ['Make it a heading'],
      6,
    ],
    [
      'lines that are pasted',
      at(26),
      (state) =>
        state.tr.replaceSelection(
          schema
            .node('doc', null, [
              schema.node('paragraph', null, [schema.text(' A')]),
              schema.node('paragraph', null, [schema.text('B')]),
            ])
            .slice(1, 6),
        ),
      ['Add “ AB”; Start a new paragraph here'],
      30,
    ],
  ])('%s', (_what, state, wanted, says, caret) => {
    const made = suggestedChange(state, wanted(state), BY);
    expect(list(made)).toEqual(says);
    expect(readsAs(withoutSuggestions(made?.doc.toJSON()))).toBe(readsAs(doc.toJSON()));
    expect(made?.selection.head).toBe(caret);
  });

  it('letter by letter taken out and typed anew, it is one that replaces', () => {
    let state = at(9);
    for (let letter = 9; letter > 5; letter -= 1) {
      state = state.apply(suggestedChange(state, state.tr.delete(letter - 1, letter), BY) as Transaction);
    }
    for (const [nth, letter] of [...'two'].entries()) {
      const by = { ...BY, id: `s${nth + 2}` };
      state = state.apply(suggestedChange(state, state.tr.insertText(letter), by) as Transaction);
    }
    expect(list(state.tr)).toEqual(['Replace “pair” with “two”']);
    expect(state.selection.head).toBe(12);
  });

  it('what cannot be suggested is not done', () => {
    const rule = schema.nodes.blockquote;
    const state = at(5);
    const range = state.doc.resolve(5).blockRange();
    if (!range || !rule) throw new Error('there is a paragraph');
    expect(suggestedChange(state, state.tr.wrap(range, [{ type: rule }]), BY)).toBeNull();
    const words = at(5, 9);
    const quote = toggleMark(schema.marks.quote as never, { quote: 'q', use: 'u' });
    expect(suggestedChange(words, done(words, quote), BY)).toBeNull();
  });

  it('in the text itself, what is typed among suggested words is none of them', () => {
    const mark = schema.mark('insertion', suggestionAttributes({ name: 'insertion', ...BY }));
    const state = at(5).apply(at(5).tr.insert(5, schema.text('good old ', [mark])));
    const made = plainChange(state.tr.insertText('very ', 8));
    expect(withoutSuggestions(made.doc.toJSON()).content?.[0]?.content?.[0]?.text).toContain('The very pair');
  });
});
