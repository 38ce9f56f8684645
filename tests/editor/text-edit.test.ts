import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editBetween, mapIndex, mapLetters, type TextDelta } from '../../client/editor/text-edit.ts';

const HALVES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '👩', '🏫', '🏠', '\n'), maxLength: 24 });

function applied(text: string, edit: ReturnType<typeof editBetween>): string {
  return edit ? text.slice(0, edit.index) + edit.insert + text.slice(edit.index + edit.remove) : text;
}

describe('the one replacement between two texts', () => {
  it('[SAVE-4] turns the one into the other, wherever the caret is said to be', () => {
    fc.assert(
      fc.property(words, words, fc.nat(30), (before, after, caret) => {
        expect(applied(before, editBetween(before, after, caret))).toBe(after);
      }),
      { seed: 20260314 },
    );
  });

  it('never takes out or puts in half of a letter outside the basic plane', () => {
    fc.assert(
      fc.property(words, words, fc.nat(30), (before, after, caret) => {
        const edit = editBetween(before, after, caret);
        if (!edit) return;
        expect(edit.insert).not.toMatch(HALVES);
        expect(before.slice(edit.index, edit.index + edit.remove)).not.toMatch(HALVES);
      }),
      { seed: 20260315 },
    );
  });

  it('changes a whole face, though two faces share their first half', () => {
    expect(editBetween('a🏫b', 'a🏠b', 3)).toEqual({ index: 1, remove: 2, insert: '🏠' });
  });

  it('puts a doubled letter where the caret stands, not at the end of the run', () => {
    expect(editBetween('aaaa', 'aaaaa', 2)).toEqual({ index: 1, remove: 0, insert: 'a' });
    expect(editBetween('aaaa', 'aaa', 1)).toEqual({ index: 1, remove: 1, insert: '' });
  });

  it('is nothing between equal texts', () => {
    expect(editBetween('same', 'same')).toBeNull();
  });
});

describe('a place in a text that others change', () => {
  /** What Yjs itself says became of a text, for what is done to it. */
  function deltaOf(before: string, change: (text: Y.Text) => void): { after: string; delta: TextDelta } {
    const text = new Y.Doc().getText('t');
    text.insert(0, before);
    let delta: TextDelta = [];
    text.observe((event) => {
      delta = event.changes.delta as TextDelta;
    });
    change(text);
    return { after: text.toString(), delta };
  }

  it('stays with its letter under insertions and deletions before it', () => {
    const { after, delta } = deltaOf('focus card', (text) => {
      text.doc?.transact(() => {
        text.delete(0, 2);
        text.insert(0, 'the lo');
      });
    });
    expect(after).toBe('the locus card');
    expect(after[mapIndex(6, delta)]).toBe('c');
  });

  it('stays before words that somebody else types exactly there', () => {
    const { delta } = deltaOf('ab', (text) => text.insert(1, 'XYZ'));
    expect(mapIndex(1, delta)).toBe(1);
    expect(mapIndex(1, delta, false)).toBe(4);
  });

  it('falls to where a deletion began when its letter is gone', () => {
    const { delta } = deltaOf('abcdef', (text) => text.delete(1, 4));
    expect(mapIndex(3, delta)).toBe(1);
  });

  it('[SAVE-5] takes out only the letters that it meant, not those that others put among them', () => {
    const { after, delta } = deltaOf('abcd', (text) => {
      text.doc?.transact(() => {
        text.delete(2, 1);
        text.insert(2, 'NEW');
      });
    });
    let left = after;
    for (const place of mapLetters(1, 3, [delta])) left = left.slice(0, place) + left.slice(place + 1);
    expect(left).toBe('aNEW');
  });
});
