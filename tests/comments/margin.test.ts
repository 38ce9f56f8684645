import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chosenThreads,
  knownThreads,
  stepThread,
  type WaitingAct,
} from '../../client/comments/known-threads.ts';
import { itemOf, marginItems, placeItems } from '../../client/comments/margin-items.ts';
import { nameablesFor, openMention, saidPieces, stillNamed } from '../../client/comments/mentions.ts';
import { outcomeOfAct } from '../../client/comments/standing-acts.ts';
import { ProblemError } from '../../client/ui/request.ts';
import type { CommenterView, ThreadView } from '../../shared/api/comments.ts';
import type { Problem } from '../../shared/api/problem.ts';

const MARY: CommenterView = {
  id: 'mary',
  name: 'Mary Lane',
  colour: '#123456',
  initials: 'ML',
  side: 'team',
};
const RUTH: CommenterView = { ...MARY, id: 'ruth', name: 'Ruth Adeyemi', initials: 'RA' };

function view(id: string, change: Partial<ThreadView> = {}): ThreadView {
  const comment = {
    id: `c-${id}`,
    by: 'ruth',
    side: 'team',
    at: 1,
    editedAt: null,
    words: id,
    mentions: [],
  } as const;
  return {
    ...{ id, caseId: 'case', blockId: 'block', audience: 'team', resolved: null, assignee: null, links: [] },
    ...{ target: { on: 'section' }, place: { where: 'section' }, lastAt: 1, unread: [] },
    comments: [{ ...comment, mentions: [] }],
    ...change,
  };
}

const waits = (act: WaitingAct['act'], refused: string | null = null): WaitingAct => ({
  ...{ blockId: 'block', at: 5, act, refused },
});
const opened = (thread: string): WaitingAct['act'] => ({
  ...{ id: `a-${thread}`, thread, kind: 'opened', audience: 'team', words: 'new' },
  target: { on: 'range', anchor: 'x', selected: { quote: 'q', prefix: 'p', suffix: 's', occurrence: 0 } },
});

const REFUSED = {
  code: 'conflict',
  status: 409,
  title: 'Conflict',
  detail: 'It is resolved already.',
} as Problem;

describe('threads as a page knows them', () => {
  it('[SAVE-3] show what waits on this device as done, and say that it waits', () => {
    const reply = { id: 'r1', thread: 'one', kind: 'replied', words: 'yes' } as const;
    const done = { id: 'd1', thread: 'two', kind: 'resolved' } as const;
    const list = { threads: [view('one'), view('two')], people: [RUTH] };
    const { threads } = knownThreads(list, [waits(reply), waits(done), waits(opened('three'))], MARY, 'case');
    expect(threads.map(({ id }) => id)).toEqual(['one', 'two', 'three']);
    expect(threads[0]?.comments.map(({ words, by }) => [by, words])).toEqual([
      ['ruth', 'one'],
      ['mary', 'yes'],
    ]);
    expect([...(threads[0]?.waiting ?? [])]).toEqual(['r1']);
    expect(threads[1]?.resolved).toEqual({ by: 'mary', at: 5 });
    expect(threads[2]).toMatchObject({
      ...{ blockId: 'block', place: { where: 'text' } },
      target: { on: 'range', anchor: 'x', kept: { quote: 'q', prefix: 'p', suffix: 's' } },
    });
  });

  it('show no refusal of what somebody else did first', async () => {
    const done: WaitingAct['act'] = { id: 'd1', thread: 'one', kind: 'resolved' };
    const list = { threads: [view('one', { resolved: { by: 'ruth', at: 3 } })], people: [RUTH] };
    const { threads } = knownThreads(list, [waits(done, 'It is resolved already.')], MARY, 'case');
    expect(threads[0]).toMatchObject({ resolved: { by: 'ruth' }, refused: [] });
    const refusal = () => Promise.reject(new ProblemError(REFUSED));
    expect(await outcomeOfAct(done, refusal(), async () => list)).toBe('sent');
    const open = { threads: [view('one')], people: [] };
    expect(await outcomeOfAct(done, refusal(), async () => open)).toMatchObject({
      refused: expect.any(String),
    });
    const assigned: WaitingAct['act'] = { id: 'd2', thread: 'one', kind: 'assigned', to: 'mary' };
    expect(await outcomeOfAct(assigned, refusal(), async () => open)).not.toBe('sent');
  });

  it('[SAVE-3] show once what arrived and still waits here for its answer', () => {
    const [comment] = view('one').comments;
    if (!comment) throw new Error('a thread has a first comment');
    const reply = { id: 'r1', thread: 'one', kind: 'replied', words: 'yes' } as const;
    const arrived = view('one', { comments: [comment, { ...comment, id: 'r1', by: 'mary', words: 'yes' }] });
    const { threads } = knownThreads(
      { threads: [arrived], people: [] },
      [waits(reply), waits(opened('one'))],
      MARY,
      'case',
    );
    expect(threads[0]?.comments.map(({ id }) => id)).toEqual(['c-one', 'r1']);
    expect(threads[0]?.waiting.size).toBe(0);
  });

  it('say why the server does not take something, and keep nothing of a thread that is gone', () => {
    const reply = { id: 'r1', thread: 'gone', kind: 'replied', words: 'yes' } as const;
    const known = knownThreads(
      { threads: [], people: [] },
      [waits(opened('new'), 'It is full.'), waits(reply)],
      MARY,
      'case',
    );
    expect(known.threads.map(({ id, refused }) => [id, refused])).toEqual([
      ['new', [{ act: 'a-new', why: 'It is full.' }]],
    ]);
  });

  it('are narrowed by state, readers, section and whether they concern one, and stepped through in a ring', () => {
    const list = [
      view('open'),
      view('done', { resolved: { by: 'ruth', at: 2 } }),
      view('school', { audience: 'school', blockId: 'other', assignee: 'mary' }),
    ];
    const { threads } = knownThreads({ threads: list, people: [] }, [], MARY, 'case');
    const ids = (choice: Partial<Parameters<typeof chosenThreads>[1]>) =>
      chosenThreads(
        threads,
        { state: 'all', mine: false, audience: null, blockId: null, ...choice },
        'mary',
      ).map(({ id }) => id);
    expect(ids({})).toEqual(['open', 'done', 'school']);
    expect(ids({ state: 'open' })).toEqual(['open', 'school']);
    expect(ids({ state: 'resolved' })).toEqual(['done']);
    expect(ids({ audience: 'school' })).toEqual(['school']);
    expect(ids({ blockId: 'block' })).toEqual(['open', 'done']);
    expect(ids({ mine: true })).toEqual(['school']);
    expect(stepThread(threads, null, 1)?.id).toBe('open');
    expect(stepThread(threads, 'school', 1)?.id).toBe('open');
    expect(stepThread(threads, 'open', -1)?.id).toBe('school');
    expect(stepThread([], 'open', 1)).toBeNull();
  });
});

describe('the margin', () => {
  it('[REVIEW-3] gathers threads whose words are gone, and leaves out what is resolved unless it is in hand', () => {
    const tray = { where: 'tray', about: 'words' } as const;
    const list = [
      view('lost', { place: tray }),
      view('lost too', { place: tray }),
      view('done', { resolved: { by: 'ruth', at: 2 } }),
      view('elsewhere', { blockId: 'closed' }),
    ];
    const { threads } = knownThreads({ threads: list, people: [] }, [], MARY, 'case');
    const parts = { blockIds: new Set(['block']), lost: [], kept: [], threads, begun: [] };
    expect(marginItems({ ...parts, inHand: null }).map(({ id }) => id)).toEqual(['tray block']);
    const items = marginItems({ ...parts, inHand: 'done' });
    expect(items.map(({ id }) => id)).toEqual(['done', 'tray block']);
    expect(itemOf(items, 'lost too')).toBe('tray block');
    expect(itemOf(items, null)).toBeNull();
  });

  it('draws cards near the view alone, where they stand among all of them, and the one in hand', () => {
    const cards = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        wanted: fc.integer({ min: 0, max: 60_000 }),
        height: fc.integer({ min: 20, max: 400 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 400 },
    );
    fc.assert(
      fc.property(cards, fc.integer({ min: 0, max: 60_000 }), (list, top) => {
        const inHand = list[0]?.id ?? null;
        const view = { top, bottom: top + 900 };
        const { placed, height } = placeItems(list, 10, inHand, view);
        const all = placeItems(list, 10, inHand, { top: 0, bottom: Number.MAX_SAFE_INTEGER });
        const tops = new Map(all.placed.map((one) => [one.id, one.top]));
        const heights = new Map(list.map((one) => [one.id, one.height]));
        expect(height).toBe(all.height);
        for (const one of placed) expect(tops.get(one.id)).toBe(one.top);
        expect(placed.some(({ id }) => id === inHand)).toBe(true);
        const drawn = new Set(placed.map(({ id }) => id));
        for (const { id, top: at } of all.placed) {
          const isInView = at + (heights.get(id) ?? 0) > view.top && at < view.bottom;
          if (isInView) expect(drawn.has(id)).toBe(true);
        }
      }),
    );
  });
});

describe('people named in a comment', () => {
  it('are offered while their names are typed, and meant for as long as these stand there', () => {
    expect(openMention('Ask @Ru', 7)).toEqual({ at: 4, query: 'Ru' });
    expect(openMention('Ask @', 5)).toEqual({ at: 4, query: '' });
    expect(openMention('mary@lane', 9)).toBeNull();
    expect(openMention('Ask @Ru, or', 11)).toBeNull();
    expect(nameablesFor([MARY, RUTH], 'ade').map(({ id }) => id)).toEqual(['ruth']);
    expect(nameablesFor([MARY, RUTH], 'x')).toEqual([]);
    expect(stillNamed('Ask @Ruth Adeyemi', ['ruth', 'mary', 'ruth'], [MARY, RUTH])).toEqual(['ruth']);
    expect(saidPieces('Ask @Ruth Adeyemi, not @Ruth.', ['Ruth Adeyemi'])).toEqual([
      { text: 'Ask ', named: false },
      { text: '@Ruth Adeyemi', named: true },
      { text: ', not @Ruth.', named: false },
    ]);
  });
});
