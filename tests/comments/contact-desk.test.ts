import { expect, it } from 'vitest';
import {
  anchorsShown,
  type BegunInCopy,
  ContactDesk,
  lineOfBegun,
} from '../../client/comments/contact-desk.ts';
import type { ThreadView } from '../../shared/api/comments.ts';

const words = (quote: string): BegunInCopy['target'] => ({
  ...{ on: 'range', anchor: `x-${quote}` },
  selected: { quote, prefix: '', suffix: '', occurrence: 0 },
});
const begun = (id: string, target: BegunInCopy['target'], line: number | null): BegunInCopy => ({
  ...{ id, act: `a-${id}`, blockId: 'block', target, line },
});

it('[SAVE-3] a comment that somebody at a school began stays when they begin another', () => {
  const desk = new ContactDesk();
  desk.begin(begun('one', words('first'), 0));
  desk.keep('one', { words: 'Half a thought', mentions: [] });
  desk.begin(begun('empty', words('second'), 1));
  expect(desk.begin(begun('two', { on: 'section' }, null))).toBe('two');
  expect(desk.begun.get().map(({ id }) => id)).toEqual(['one', 'two']);
  desk.keep('two', { words: 'Another', mentions: [] });
  // on the same section again: what is begun there is what is meant
  expect(desk.begin(begun('three', { on: 'section' }, null))).toBe('two');
  expect(desk.drafts.get().get('one')?.words).toBe('Half a thought');
  desk.end('one');
  expect(desk.begun.get().map(({ id }) => id)).toEqual(['two']);
  expect(desk.drafts.get().has('one')).toBe(false);
});

it('a comment that was begun goes with its words, and stands at the end once its line is gone', () => {
  const one = begun('one', words('the pump'), 1);
  expect(lineOfBegun(['One.', 'They mend the pump.'], one)).toBe(1);
  expect(lineOfBegun(['They mend the pump.', 'Two.'], one)).toBe(0);
  expect(lineOfBegun(['One.'], one)).toBeNull();
  expect(lineOfBegun(['One.'], begun('two', { on: 'section' }, null))).toBeNull();
});

it('copies are out of date once other words are marked in them, not once something was read', () => {
  const thread = (anchor: string, unread: string[]) =>
    ({ unread, target: { on: 'range', anchor, kept: null } }) as unknown as ThreadView;
  const list = (...threads: ThreadView[]) => anchorsShown({ threads, people: [] });
  expect(list(thread('one', ['c']), thread('two', []))).toBe(list(thread('two', []), thread('one', [])));
  expect(list(thread('one', []))).not.toBe(list(thread('one', []), thread('two', [])));
});
