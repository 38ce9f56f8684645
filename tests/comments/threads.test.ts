import { beforeEach, describe, expect, it } from 'vitest';
import { type Commenter, judge, mayRead, type ThreadRefusal } from '../../shared/comments/acts.ts';
import { threadsFor, unreadBy } from '../../shared/comments/reading.ts';
import { after, type Thread, threadOf } from '../../shared/comments/thread.ts';
import { MOST_COMMENT, type ThreadEvent } from '../../shared/comments/thread-event.ts';
import { anchoredText } from '../../shared/document/anchors.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import type { Access } from '../../shared/permissions/access.ts';

const someone = (id: string, side: 'team' | 'school', access: Access): Commenter => ({ id, side, access });
const PEOPLE: Readonly<Record<string, Commenter>> = {
  ann: someone('ann', 'team', 'write'),
  ben: someone('ben', 'team', 'comment'),
  vic: someone('vic', 'team', 'read'),
  derek: someone('derek', 'school', 'comment'),
  dora: someone('dora', 'school', 'comment'),
  gone: someone('gone', 'team', 'none'),
};
const people = (id: string): Commenter => PEOPLE[id] ?? someone(id, 'team', 'none');

type Act = ThreadEvent extends infer E
  ? E extends ThreadEvent
    ? Omit<E, 'id' | 'thread' | 'by' | 'side' | 'at'>
    : never
  : never;

let threads: Map<string, Thread>;
let events: ThreadEvent[];
let at: number;
beforeEach(() => {
  [threads, events, at] = [new Map(), [], 0];
});

function send(event: ThreadEvent): ThreadRefusal | null | 'known' {
  const thread = threads.get(event.thread) ?? null;
  const verdict = judge(thread, event, people(event.by), people, (id) => threads.get(id)?.audience ?? null);
  if (!verdict.taken) return verdict.refusal ?? 'known';
  threads.set(event.thread, after(thread, event));
  events.push(event);
  return null;
}

function act(by: string, thread: string, what: Act, id = `e${at + 1}`): ThreadRefusal | null | 'known' {
  at += 1;
  return send({ id, thread, by, side: people(by).side, at, ...what } as ThreadEvent);
}

const say = (words: string, ...mentions: string[]) => ({ words, mentions });
const open = (audience: 'team' | 'school', words = 'Is this so?'): Act => ({
  kind: 'opened',
  target: { on: 'section' },
  audience,
  ...say(words),
});
const thread = (id = 't') => threads.get(id) as Thread;

describe('a thread', () => {
  it('is opened, answered, edited, resolved, reopened, assigned and linked', () => {
    expect(act('ann', 't', open('team'), 'c1')).toBeNull();
    expect(act('ben', 't', { kind: 'replied', ...say('It is, @Ann.', 'ann') }, 'c2')).toBeNull();
    expect(act('ben', 't', { kind: 'edited', comment: 'c2', ...say('It was.') })).toBeNull();
    expect(act('ann', 't', { kind: 'assigned', to: 'ben' })).toBeNull();
    expect(act('ann', 't', { kind: 'linked', link: { to: 'quote', id: 'q1' } })).toBeNull();
    expect(act('ben', 't', { kind: 'resolved' })).toBeNull();
    expect(thread()).toMatchObject({
      comments: [
        { id: 'c1', by: 'ann', words: 'Is this so?', editedAt: null },
        { id: 'c2', by: 'ben', words: 'It was.', mentions: [], editedAt: 3 },
      ],
      assignee: 'ben',
      links: [{ to: 'quote', id: 'q1' }],
      resolved: { by: 'ben', at: 6 },
    });
    expect(act('ann', 't', { kind: 'reopened' })).toBeNull();
    expect(act('ann', 't', { kind: 'unlinked', link: { to: 'quote', id: 'q1' } })).toBeNull();
    expect(thread()).toMatchObject({ resolved: null, links: [], lastAt: 8 });
    expect(threadOf(events)).toEqual(thread());
  });

  it('[SAVE-3] what was written offline and is sent again counts once; something else under its name is refused', () => {
    act('ann', 't', open('team'), 'c1');
    expect(act('ann', 't', open('team'), 'c1')).toBe('known');
    act('ben', 't', { kind: 'replied', ...say('Yes.') }, 'c2');
    const before = thread();
    expect(act('ben', 't', { kind: 'replied', ...say('Yes.') }, 'c2')).toBe('known');
    expect(act('ben', 't', { kind: 'replied', ...say('No.') }, 'c2')).toBe('id-taken');
    expect(act('ann', 't', { kind: 'replied', ...say('Yes.') }, 'c2')).toBe('id-taken');
    expect(thread()).toBe(before);
  });

  it.each<[string, string, Act, ThreadRefusal]>([
    ['who only reads', 'vic', { kind: 'replied', ...say('x') }, 'may-not-comment'],
    ['who is not there', 'gone', { kind: 'replied', ...say('x') }, 'not-there'],
    ['a contact, of the team’s', 'derek', { kind: 'replied', ...say('x') }, 'not-there'],
    ['nothing said', 'ann', { kind: 'replied', ...say(' \n\u200b') }, 'empty'],
    ['too much said', 'ann', { kind: 'replied', ...say('x'.repeat(MOST_COMMENT + 1)) }, 'too-long'],
    ['somebody else’s words', 'ben', { kind: 'edited', comment: 'c1', ...say('x') }, 'not-yours'],
    ['no such words', 'ann', { kind: 'edited', comment: 'c9', ...say('x') }, 'no-comment'],
    ['opened twice', 'ann', open('team'), 'opened-already'],
    ['open already', 'ann', { kind: 'reopened' }, 'not-resolved'],
    ['naming who cannot read it', 'ann', { kind: 'replied', ...say('x', 'derek') }, 'cannot-see'],
    ['naming a crowd', 'ann', { kind: 'replied', ...say('x', ...Array(21).fill('ben')) }, 'too-many-named'],
    ['given to who cannot read it', 'ann', { kind: 'assigned', to: 'derek' }, 'cannot-see'],
    ['given to nobody, again', 'ann', { kind: 'assigned', to: null }, 'assigned-already'],
    ['no such link', 'ann', { kind: 'unlinked', link: { to: 'quote', id: 'q' } }, 'no-link'],
    ['a link to no thread', 'ann', { kind: 'linked', link: { to: 'thread', id: 'x' } }, 'not-there'],
    ['put elsewhere, of a section', 'ann', { kind: 'placed', anchor: 'a', kept: null }, 'not-a-range'],
  ])('[ACCESS-1] [REVIEW-4] refuses %s', (_what, by, what, refusal) => {
    act('ann', 't', open('team'), 'c1');
    expect(act(by, 't', what)).toBe(refusal);
  });
});

describe('[ACCESS-5] [REVIEW-4] a school contact', () => {
  beforeEach(() => {
    act('ann', 'team', open('team', 'Do not tell Derek.'), 'c1');
    act('derek', 'own', open('school', 'We call it coaching.'), 'c2');
    act('ann', 'shared', open('school', 'Which year?'), 'c3');
  });

  it('opens and answers what the school shares, and nothing of the team', () => {
    expect(act('derek', 'x', open('team'))).toBe('team-only');
    expect(act('dora', 'own', { kind: 'replied', ...say('So do I.') })).toBeNull();
    expect(act('derek', 'shared', { kind: 'replied', ...say('2024, @Ann', 'ann') })).toBeNull();
    expect(act('derek', 'shared', { kind: 'assigned', to: 'derek' })).toBe('not-a-member');
    expect(act('dora', 'own', { kind: 'resolved' })).toBe('not-yours-to-resolve');
    expect(act('derek', 'own', { kind: 'resolved' })).toBeNull();
    // nor whether an act of the team came before
    expect(act('derek', 'team', open('team', 'Do not tell Derek.'), 'c1')).toBe('not-there');
    expect(mayRead(people('derek'), 'team')).toBe(false);
  });

  it('learns of no thread of the team: by no list, number, link, name or act', () => {
    act('ann', 'team', { kind: 'linked', link: { to: 'thread', id: 'own' } });
    act('ann', 'own', { kind: 'assigned', to: 'ben' });
    act('ann', 'own', { kind: 'linked', link: { to: 'quote', id: 'q-secret' } });
    expect(act('ann', 'own', { kind: 'linked', link: { to: 'thread', id: 'team' } })).toBe('other-audience');
    act('ann', 'own', { kind: 'linked', link: { to: 'thread', id: 'shared' } });
    const read = threadsFor(people('derek'), [...threads.values()], anchoredText({ type: 'doc' }), new Map());
    expect(read.map(({ thread: { id } }) => id)).toEqual(['own', 'shared']);
    expect(read[0]?.thread.links).toEqual([{ to: 'thread', id: 'shared' }]);
    const told = JSON.stringify(read.map((one) => ({ ...one, known: [...one.thread.known] })));
    for (const secret of ['"audience":"team"', 'tell Derek', 'ben', 'secret'])
      expect(told).not.toContain(secret);
    expect(
      threadsFor(people('gone'), [...threads.values()], anchoredText({ type: 'doc' }), new Map()),
    ).toEqual([]);
  });
});

describe('what is read', () => {
  const text = (...lines: [string, string | null][][]): ProseMirrorJson => ({
    type: 'doc',
    content: lines.map((pieces) => ({
      type: 'paragraph',
      content: pieces.map(([words, anchor]) => ({
        type: 'text',
        text: words,
        ...(anchor && { marks: [{ type: 'anchor', attrs: { id: anchor } }] }),
      })),
    })),
  });
  const about = (anchor: string, quote: string, prefix = '', suffix = ''): Act => ({
    ...{ kind: 'opened', target: { on: 'range', anchor, kept: { quote, prefix, suffix } }, audience: 'team' },
    ...say('Hm.'),
  });

  it('[REVIEW-3] stands in the order of the text, with what became of its words, or in the tray', () => {
    act('ann', 'gone', about('a1', 'never again', 'They said: ', ' So they left.'));
    act('ann', 'late', about('a2', 'every week'));
    act('ann', 'changed', about('a3', 'The pair'));
    act('ann', 'section', open('team'));
    const read = threadsFor(
      people('ann'),
      [...threads.values()],
      anchoredText(
        text([
          ['The two', 'a3'],
          [' meet ', null],
          ['every week', 'a2'],
        ]),
      ),
      new Map(),
    );
    expect(read.map(({ thread: { id }, place }) => [id, place])).toEqual([
      ['section', { where: 'section' }],
      [
        'changed',
        {
          ...{ where: 'text', from: 0, to: 7, lost: false },
          changes: [
            { kind: 'same', words: 'The ' },
            { kind: 'gone', words: 'pair' },
            { kind: 'new', words: 'two' },
          ],
        },
      ],
      ['late', { where: 'text', from: 13, to: 23, changes: null, lost: false }],
      ['gone', { where: 'tray', about: 'never again' }],
    ]);
    expect(
      act('ben', 'gone', {
        kind: 'placed',
        anchor: 'a2',
        kept: { quote: 'every week', prefix: '', suffix: '' },
      }),
    ).toBeNull();
    expect(thread('gone').target).toMatchObject({ anchor: 'a2' });
    expect(act('ben', 'gone', { kind: 'placed', anchor: 'no id', kept: null })).toBe('no-place');
  });

  it('is new to whoever has not seen it, until they answer', () => {
    act('ann', 't', open('team'), 'c1');
    act('ben', 't', { kind: 'replied', ...say('Yes.') }, 'c2');
    act('ann', 't', { kind: 'replied', ...say('Then say so.') }, 'c3');
    const unread = (who: string, last: string | null) => unreadBy(who, thread(), last).map(({ id }) => id);
    expect(unread('vic', null)).toEqual(['c1', 'c2', 'c3']);
    expect(unread('vic', 'c2')).toEqual(['c3']);
    expect(unread('ben', null)).toEqual(['c3']);
    expect(unread('ann', null)).toEqual([]);
    expect(unread('vic', 'unknown')).toHaveLength(3);
  });
});
