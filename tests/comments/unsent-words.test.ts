import { expect, it } from 'vitest';
import { editKey } from '../../client/comments/comments-here.ts';
import type { ThreadHere, WaitingAct } from '../../client/comments/known-threads.ts';
import { unsentWords } from '../../client/comments/unsent-words.ts';

const waits = (act: object, blockId = 'open', refused: string | null = null) =>
  ({ blockId, at: 1, refused, act }) as unknown as WaitingAct;
const thread = (id: string, change: object = {}) =>
  ({
    id,
    blockId: 'open',
    resolved: null,
    comments: [{ id: `c-${id}` }],
    ...change,
  }) as unknown as ThreadHere;
const draft = (words: string) => ({ words, mentions: [] });

const PARTS: Parameters<typeof unsentWords>[0] = {
  ...{ waiting: [], begun: [], drafts: new Map(), threads: [thread('here')], told: true },
  shown: (blockId) => blockId === 'open',
  mayComment: () => true,
};
const found = (change: Partial<typeof PARTS>) =>
  unsentWords({ ...PARTS, ...change }).map(({ words }) => words);

it('[SAVE-3] words for what is gone or closed are shown apart, with why', () => {
  const waiting = [
    waits({ id: 'a', thread: 'erased', kind: 'replied', words: 'for an erased thread' }, 'open', 'Gone.'),
    waits({ id: 'b', thread: 'new', kind: 'opened', words: 'for a closed section' }, 'closed'),
    waits({ id: 'c', thread: 'here', kind: 'edited', comment: 'c-other', words: 'for another comment' }),
    waits({ id: 'd', thread: 'here', kind: 'replied', words: 'in its thread' }),
    waits({ id: 'e', thread: 'erased', kind: 'resolved' }),
  ];
  expect(unsentWords({ ...PARTS, waiting })[0]).toEqual({
    ...{ id: 'a', kind: 'act', words: 'for an erased thread', why: 'Gone.' },
  });
  expect(found({ waiting })).toEqual([
    ...['for an erased thread', 'for a closed section', 'for another comment'],
  ]);
  // a list that the device kept may not know the thread yet
  expect(found({ waiting, told: false })).toEqual(['for a closed section']);
});

it('[SAVE-3] drafts that no thread takes any more are shown apart', () => {
  const drafts = new Map([
    ['here', draft('an answer')],
    [editKey('c-here'), draft('a change')],
    ['erased', draft('for an erased thread')],
    [editKey('c-erased'), draft('a change of what is erased')],
    ['done', draft('for what is resolved')],
  ]);
  const threads = [thread('here'), thread('done', { resolved: { by: 'ruth', at: 1 } })];
  expect(found({ drafts, threads })).toEqual([
    ...['for an erased thread', 'a change of what is erased', 'for what is resolved'],
  ]);
  expect(found({ drafts, threads, mayComment: () => false })).toContain('an answer');
});
