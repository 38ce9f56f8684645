import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseInThreads } from '../../server/comments/erased-threads.ts';
import { lineageOf, withKeptStill } from '../../server/comments/kept-still.ts';
import { checkThreads } from '../../server/comments/thread-check.ts';
import type { ThreadView } from '../../shared/api/comments.ts';
import { MOST_COMMENT } from '../../shared/comments/thread-event.ts';
import { ACCESS_LEVELS } from '../../shared/permissions/access.ts';
import { erasedPieces } from '../../shared/protection/erased-words.ts';
import {
  mark,
  onSection,
  onWords,
  placeOf,
  say,
  selected,
  type ThreadsOnTrial,
  threadsOnTrial,
} from './threads-on-trial.ts';

const TEXT = 'Every teacher is seen teaching twice a year, and picks the lesson.';

let trial: ThreadsOnTrial;
let people: ThreadsOnTrial['world']['people'];
beforeEach(async () => {
  trial = await threadsOnTrial();
  people = trial.world.people;
  await trial.write(TEXT);
});
afterEach(() => trial.close());

const about = ({ target, place }: ThreadView) => ({
  kept: target.on === 'range' ? target.kept?.quote : null,
  place,
});

describe('a thread on words', () => {
  it('[THREAD-1] of somebody who writes there: their own mark, which may come before or after', async () => {
    const { ada } = people;
    await trial.edit((text) => mark(text, 'twice a year', 'a1'));
    const before = await trial.act(ada, 't1', onWords('a1', 'twice a year'));
    expect(about(before)).toMatchObject({ kept: 'twice a year', place: { where: 'text', lost: false } });
    const after = await trial.act(ada, 't2', onWords('a2', 'picks the lesson'));
    expect(about(after)).toMatchObject({ kept: 'picks the lesson', place: { where: 'text', lost: true } });
    expect((await trial.text()).anchors, 'theirs to set').toEqual(['a1']);
    await trial.edit((text) => mark(text, 'picks the lesson', 'a2'));
    const { threads } = await trial.list(ada);
    expect(threads.map(({ id, place }) => [id, place.where, 'lost' in place && place.lost])).toEqual([
      ['t1', 'text', false],
      ['t2', 'text', false],
    ]);
  });

  it('[THREAD-1] of somebody who may only comment: the mark is set for them, and no word changes', async () => {
    const { dan, ada } = people;
    await trial.grant(dan, 'comment');
    const made = await trial.act(dan, 't', onWords('a', ' twice  a year'));
    expect(about(made)).toMatchObject({
      kept: 'twice a year',
      place: { where: 'text', changes: null, lost: false },
    });
    expect(made.comments).toMatchObject([{ by: dan, side: 'team', words: 'Is this so?' }]);
    expect(await trial.text()).toEqual({ plain: `${TEXT} `, anchors: ['a'] });
    await trial.edit((text) => text.insert(placeOf(text, 'twice'), 'at least '));
    await trial.edit((text) => text.insert(placeOf(text, 'a year'), 'in '));
    const [seen] = (await trial.list(ada)).threads;
    expect(seen?.place).toMatchObject({ where: 'text', lost: false });
    expect(JSON.stringify(seen?.place)).toContain('in ');
  });

  it('[THREAD-1] the same words twice: those that were selected', async () => {
    const { dan } = people;
    await trial.grant(dan, 'comment');
    await trial.write('It is fine. It is fine. It is fine.');
    const one = (anchor: string, occurrence: number) => ({
      ...onWords(anchor, 'fine'),
      target: { on: 'range', anchor, selected: selected('fine', ['It is ', '. It is'], occurrence) } as const,
    });
    const first = await trial.act(dan, 't1', one('a1', 0));
    const second = await trial.act(dan, 't2', one('a2', 1));
    const from = ({ place }: ThreadView) => (place.where === 'text' ? place.from : -1);
    expect(from(second) - from(first)).toBe('fine. It is '.length);
  });

  it('[INPUT-1] [THREAD-1] refuses words that are not there, taken names and foreign places, and changes nothing', async () => {
    const { ada, dan } = people;
    await trial.grant(dan, 'comment');
    await trial.act(ada, 'ours', onSection('team'));
    await trial.edit((text) => mark(text, 'Every', 'evidence'));
    const other = trial.block('2.5');
    await trial.act(ada, 'there', onSection('team'), { blockId: other });
    const before = await dump();
    const at = { blockId: trial.blockId };
    expect(await trial.tries(dan, 'x', onWords('a', 'no such words'))).toBe('conflict');
    expect(await trial.tries(dan, 'x', onWords('a', '   '))).toBe('conflict');
    expect(await trial.tries(dan, 'x', onWords('evidence', 'twice'))).toBe('conflict');
    expect(await trial.tries(dan, 'there', { kind: 'resolved' }, at)).toBe('not-found');
    expect(await trial.tries(dan, 'there', onSection('team'), at)).toBe('conflict');
    expect(await trial.tries(dan, 'none', { kind: 'replied', ...say('x') })).toBe('not-found');
    expect(await trial.tries(dan, 'ours', { kind: 'replied', ...say(' ') })).toBe('bad-request');
    expect(await trial.tries(dan, 'ours', { kind: 'replied', ...say('x'.repeat(MOST_COMMENT + 1)) })).toBe(
      'bad-request',
    );
    expect(await trial.tries(dan, 'ours', { kind: 'replied', ...say('@', people.stranger) })).toBe(
      'conflict',
    );
    expect(await trial.tries(dan, 'ours', { kind: 'linked', link: { to: 'section', block: 'none' } })).toBe(
      'conflict',
    );
    expect(await trial.tries(dan, 'ours', { kind: 'linked', link: { to: 'quote', id: 'none' } })).toBe(
      'conflict',
    );
    const onField = { ...onSection('team'), target: { on: 'field', field: 'field/none' } } as const;
    expect(await trial.tries(dan, 'x', onField)).toBe('conflict');
    const onQuote = { ...onSection('team'), target: { on: 'quote', quote: 'none' } } as const;
    expect(await trial.tries(dan, 'x', onQuote)).toBe('conflict');
    expect(await dump()).toEqual(before);
  });

  it('[REVIEW-3] whose words are deleted waits in the tray, with what it was about, and is put elsewhere', async () => {
    const { ada, dan } = people;
    await trial.grant(dan, 'comment');
    await trial.act(dan, 't', onWords('a', 'picks the lesson'));
    await trial.edit((text) => text.delete(0, text.length));
    expect((await trial.list(ada)).threads.map(about)).toMatchObject([
      { kept: 'picks the lesson', place: { where: 'tray', about: 'picks the lesson' } },
    ]);
    await trial.edit((text) => text.insert(0, 'They choose it themselves.'));
    const placed = await trial.act(dan, 't', {
      kind: 'placed',
      anchor: 'b',
      selected: selected('choose it'),
    });
    expect(about(placed)).toMatchObject({ kept: 'choose it', place: { where: 'text', lost: false } });
    expect((await trial.text()).anchors).toEqual(['b']);
  });

  it('[SAVE-3] an act that is sent again counts once, and sets no mark back', async () => {
    const { dan } = people;
    await trial.grant(dan, 'comment');
    const open = onWords('a', 'twice a year');
    await trial.act(dan, 't', open, { id: 'e1' });
    await trial.act(dan, 't', { kind: 'placed', anchor: 'b', selected: selected('picks') });
    await trial.edit((text) => text.delete(0, 'Every teacher is seen teaching twice a year'.length));
    const again = await trial.act(dan, 't', open, { id: 'e1' });
    expect(again.comments).toHaveLength(1);
    expect((await trial.text()).anchors).toEqual(['b']);
    expect(await trial.tries(dan, 't', onWords('a', 'picks', 'team', 'Something else'), { id: 'e1' })).toBe(
      'conflict',
    );
    const [one, other] = await Promise.all(
      [people.ada, dan].map((by) => trial.tries(by, 't', { kind: 'resolved' })),
    );
    expect([one, other].sort()).toEqual(['conflict', 'ok']);
    await Promise.all(
      [1, 2].map(() => trial.tries(dan, 't', { kind: 'replied', ...say('Once.') }, { id: 'e9' })),
    );
    expect((await trial.list(dan)).threads[0]?.comments.map(({ words }) => words)).toEqual([
      'Is this so?',
      'Once.',
    ]);
  });
});

it('[ACCESS-1] by what they may do with a section, people read and comment, or learn of nothing', async () => {
  const { ada, dan, stranger } = people;
  await trial.act(ada, 'team', onSection('team'));
  for (const level of ACCESS_LEVELS) {
    await trial.grant(dan, level);
    const reads = level !== 'none';
    const comments = !['none', 'read'].includes(level);
    expect(
      (await trial.list(dan)).threads.map(({ id }) => id),
      level,
    ).toEqual(reads ? ['team'] : []);
    const says = await trial.tries(dan, 'team', { kind: 'replied', ...say(level) });
    expect(says, level).toBe(comments ? 'ok' : reads ? 'no-access' : 'not-found');
    const seen = trial.world.outcome(
      'POST /api/blocks/:blockId/threads/seen',
      dan,
      { blockId: trial.blockId },
      { seen: [{ thread: 'team', comment: (await trial.list(ada)).threads[0]?.comments[0]?.id ?? '' }] },
    );
    expect(await seen, level).toBe(reads ? 'ok' : 'not-found');
  }
  expect(await trial.tries(stranger, 'team', { kind: 'replied', ...say('x') })).toBe('not-found');
  await trial.world.call('PATCH /api/cases/:caseId', ada, { caseId: trial.caseId }, { stage: 'approved' });
  expect(await trial.tries(ada, 'team', { kind: 'replied', ...say('x') })).toBe('no-access');
  expect((await trial.list(ada)).threads).toHaveLength(1);
});

it('says what is new to whom, and by whom something is seen to that has not left', async () => {
  const { ada, ben } = people;
  const opened = await trial.act(ada, 't', onSection('team', 'See to this, Ben.', ben));
  await trial.act(ada, 't', { kind: 'assigned', to: ben });
  const [seen] = (await trial.list(ben)).threads;
  expect(seen).toMatchObject({ assignee: ben, unread: [opened.comments[0]?.id] });
  const mine = { blockId: trial.blockId };
  const read = { seen: [{ thread: 't', comment: opened.comments[0]?.id ?? '' }] };
  await trial.world.call('POST /api/blocks/:blockId/threads/seen', ben, mine, read);
  expect((await trial.list(ben)).threads[0]?.unread).toEqual([]);
  expect((await trial.list(ada)).threads[0]?.unread).toEqual([]);
  const { people: named } = await trial.world.call('GET /api/blocks/:blockId/thread-people', ada, mine);
  expect(named.map(({ id, reads }) => [id, reads])).toContainEqual([ben, ['team', 'school']]);
  await trial.world.call('DELETE /api/studies/:studyId/members/:personId', ada, {
    studyId: trial.studyId,
    personId: ben,
  });
  expect((await trial.list(ada)).threads[0]).toMatchObject({ assignee: null });
});

it('[ERASE-1] words that are erased go from what a thread is about, and from every wording of a comment', async () => {
  const { ada } = people;
  await trial.edit((text) => mark(text, 'picks the lesson', 'a'));
  const opened = await trial.act(ada, 't', onWords('a', 'picks the lesson', 'team', 'She PICKS it herself.'));
  const comment = opened.comments[0]?.id ?? '';
  await trial.act(ada, 't', { kind: 'edited', comment, ...say('Is that so?') });
  await trial.act(ada, 't', { kind: 'replied', ...say('It is.') });
  const { parts } = trial.world;
  const { blockId, studyId } = trial;
  const rewritten = { block_id: blockId, erasure_id: 'e', lineage: 'anew', seq: 1, at: 1 };
  await parts.records.read.insertInto('block_rewrites').values(rewritten).execute();
  const pieces = erasedPieces(['picks the lesson', 'She PICKS it herself.']);
  const erase = () => eraseInThreads(parts.records, { id: 'e', study_id: studyId }, pieces);
  expect(await erase()).toEqual([{ thread: 't', caseId: trial.caseId, blockId, audience: 'team' }]);
  expect(await erase()).toEqual([]);
  const [thread] = (await trial.list(ada)).threads;
  expect(thread).toMatchObject({
    target: { anchor: 'a', kept: null },
    place: { where: 'text', changes: null },
  });
  expect(thread?.comments.map(({ words }) => words)).toEqual(['Is that so?', 'It is.']);
  expect(
    JSON.stringify(await parts.records.read.selectFrom('thread_events').selectAll().execute()),
  ).not.toMatch(/picks/i);
  await trial.edit((text) => text.delete(0, text.length));
  expect((await trial.list(ada)).threads[0]?.place).toEqual({ where: 'tray', about: null });
});

it('[ERASE-1] what a page says stood in a text that was rewritten since is not kept', async () => {
  const { ada } = people;
  const { parts } = trial.world;
  const kept = async (id: string) => {
    const row = await parts.records.read
      .selectFrom('thread_events')
      .select('kept')
      .where('thread_id', '=', id)
      .executeTakeFirst();
    return row?.kept ?? null;
  };
  await trial.act(ada, 'early', onWords('e', 'words on their way'));
  expect(await kept('early')).toContain('words on their way');
  const rewritten = { block_id: trial.blockId, erasure_id: 'e', lineage: 'anew', seq: 1, at: 1 };
  await parts.records.read.insertInto('block_rewrites').values(rewritten).execute();
  await trial.act(ada, 'waited', onWords('w', 'words that were erased'));
  expect(await kept('waited')).toBeNull();
  await trial.act(ada, 'stands', onWords('s', 'picks the lesson'));
  expect(await kept('stands')).toContain('picks the lesson');
});

it('[ERASE-1] nothing is kept of words of a text that goes on without its past since they were read', async () => {
  const { records } = trial.world.parts;
  const lineage = await lineageOf(records.read, trial.blockId);
  const keptWords = { quote: 'picks', prefix: '', suffix: '' };
  const head = { id: 'a', thread: 't', by: people.ada, side: 'team', at: 1 } as const;
  const event = { ...head, kind: 'placed', anchor: 'x', kept: keptWords } as const;
  const from = { kept: keptWords, isAsSent: false };
  const { blockId } = trial;
  expect(await withKeptStill(records.read, blockId, event, { ...from, lineage })).toBe(event);
  expect(await withKeptStill(records.read, blockId, event, { ...from, lineage: 'old' })).toMatchObject({
    kept: null,
  });
});

it('is read whole by the check, which names what is missing', async () => {
  const { ada } = people;
  const { records } = trial.world.parts;
  await trial.act(ada, 't', onWords('a', 'picks'));
  await trial.act(ada, 't', { kind: 'replied', ...say('It is.') });
  await trial.act(ada, 'u', onSection('team'));
  expect(await checkThreads(records)).toEqual({ threads: 2, faults: [] });
  await records.read
    .deleteFrom('thread_events')
    .where('kind', '=', 'opened')
    .where('thread_id', '=', 't')
    .execute();
  await records.read.deleteFrom('threads').where('id', '=', 'u').execute();
  expect(await checkThreads(records)).toEqual({
    threads: 1,
    faults: ['thread t: act 1 is missing', 'thread u: something was done in it and it is not there'],
  });
});

/** Everything that is kept of threads, and the text. */
async function dump(): Promise<unknown> {
  const { read } = trial.world.parts.records;
  const tables = await Promise.all([
    read.selectFrom('threads').selectAll().execute(),
    read.selectFrom('thread_events').selectAll().execute(),
    read.selectFrom('audit').select('seq').execute(),
  ]);
  return { tables, text: await trial.text() };
}
