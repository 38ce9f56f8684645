import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createPerson } from '../../server/accounts/people.ts';
import { caseSight, schoolSight } from '../../server/comments/school-sight.ts';
import { threadOf } from '../../shared/comments/thread.ts';
import type { ThreadEvent } from '../../shared/comments/thread-event.ts';
import { anchoredText, exactPlace, placeOfSelected } from '../../shared/document/anchors.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { HELD_WORDS } from '../../shared/document/quote-runs.ts';
import type { UseInText } from '../../shared/document/wording.ts';
import { plantQuote } from '../support/quote-row.ts';
import {
  onSection,
  onWords,
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
  await trial.grant(people.eve, 'comment');
});
afterEach(() => trial.close());

const onQuote = (audience: 'team' | 'school') =>
  ({ ...onSection(audience), target: { on: 'quote', quote: 'q' } }) as const;
const range = (anchor: string, words: string, around: readonly [string, string]) =>
  ({
    ...onWords(anchor, words, 'school'),
    target: { on: 'range', anchor, selected: selected(words, around) },
  }) as const;

describe('somebody at a school who may comment', () => {
  it('[ACCESS-5] gets no letter of a quote that is held back by trying what stands before it', async () => {
    const { eve } = people;
    await quoted();
    const lead = 'When we asked them they said “';
    const tail = '” about it, and went on.';
    const answers = [];
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      answers.push(
        await trial.tries(eve, `t${letter}`, range(`a${letter}`, HELD_WORDS, [lead + letter, tail])),
      );
      answers.push(
        await trial.tries(eve, `u${letter}`, range(`b${letter}`, `said “${letter}`, ['they ', ''])),
      );
    }
    expect(new Set(answers)).toEqual(new Set(['conflict']));
    expect(await trial.tries(eve, 'real', range('real', HELD_WORDS, [lead, tail]))).toBe('ok');
    const { anchors } = await trial.text();
    expect(anchors).toEqual(['real']);
    expect((await trial.atSchool(eve)).threads).toMatchObject([
      { id: 'real', target: { kept: { quote: HELD_WORDS } }, place: { where: 'text', lost: false } },
    ]);
  });

  it('[THREAD-1] [NAME-1] comments on a line with a name, of which nothing is kept', async () => {
    const { ada, eve } = people;
    await named();
    const line = 'On that day our colleague Hillside told us all about it.';
    const name = (
      await trial.world.parts.records.read.selectFrom('schools').select('name').executeTakeFirstOrThrow()
    ).name;
    const words = line.replace('Hillside', name);
    const opened = await trial.act(eve, 'whole', range('whole', words, [`${TEXT.slice(-40)} `, '']));
    expect(opened).toMatchObject({
      place: { where: 'text', lost: false },
      target: { kept: { quote: line.replace('Hillside', '…') } },
    });
    const around = [`colleague ${name} `, ' about it.'] as const;
    expect(await trial.tries(eve, 'behind', range('behind', 'told us all', around))).toBe('ok');
    const shown = (await trial.list(ada)).threads.map(({ id, place }) => [id, place]);
    expect(shown).toMatchObject([
      ['whole', { where: 'text', changes: null }],
      ['behind', { where: 'text', changes: null }],
    ]);
    await trial.act(ada, 'team', onWords('team', 'colleague … told', 'school'));
    const told = (await trial.atSchool(eve)).threads.find(({ id }) => id === 'team');
    expect(told?.target).toMatchObject({ kept: { quote: 'colleague … told' } });
  });

  it('[QUOTE-2] [NAME-1] reads a quote with a name in it, where it is confirmed as it is shown', async () => {
    const { ada, eve } = people;
    const quote = { quote: 'q', use: 'use-q' };
    const { caseId, blockId } = trial;
    const { parts } = trial.world;
    await trial.world.write(blockId, ada, (doc) => {
      const line = new Y.XmlElement('paragraph');
      doc.getXmlFragment('content').push([line]);
      const [before, name, behind] = [new Y.XmlText(), new Y.XmlElement('reference'), new Y.XmlText()];
      name.setAttribute('kind', 'school');
      name.setAttribute('id', trial.schoolId);
      line.push([before, name, behind]);
      before.insert(0, 'Here at ', { [quoteKey(quote)]: quote });
      behind.insert(0, ' we talk.', { [quoteKey(quote)]: quote });
    });
    const ofCase = await caseSight(parts.records.read, caseId);
    const words = `Here at ${ofCase.names.draw({ kind: 'school', id: trial.schoolId })} we talk.`;
    const confirmed = { ...ofCase.confirmed, isConfirmed: ({ wording }: UseInText) => wording === words };
    const sight = await schoolSight(parts, eve, blockId, { ...ofCase, confirmed }, false);
    expect(sight.readsQuote('q')).toBe(true);
    expect(sight.copy.find(selected(words))).toMatchObject({ quote: 'Here at … we talk.' });
    const held = await schoolSight(parts, eve, blockId, ofCase, false);
    expect(held.readsQuote('q')).toBe(false);
    expect(held.copy.find(selected(words))).toBeNull();
  });

  it('[REVIEW-4] does nothing in a thread that they are not shown, and hears nothing of it', async () => {
    const { ben, eve } = people;
    await quoted();
    const before = trial.world.parts.published.length;
    await trial.act(ben, 'card', onQuote('school'));
    expect(heard(before)).not.toContain(`own-threads/${eve}`);
    expect(await trial.tries(eve, 'card', { kind: 'replied', ...say('hello?') })).toBe('not-found');
    expect((await trial.list(ben)).threads[0]?.comments).toHaveLength(1);
    const { blockId } = trial;
    const comment = (await trial.list(ben)).threads[0]?.comments[0]?.id ?? '';
    const seen = { seen: [{ thread: 'card', comment }] };
    expect(await trial.world.outcome('POST /api/blocks/:blockId/threads/seen', eve, { blockId }, seen)).toBe(
      'not-found',
    );
    const met = await trial.world.call('GET /api/blocks/:blockId/thread-people', eve, { blockId });
    expect(met.people).toEqual([]);
  });

  it('[REVIEW-4] hears nothing of what another school says', async () => {
    const { ada, eve } = people;
    const fay = await otherSchool();
    await trial.act(ada, 'all', onSection('school', 'How often?'));
    const before = trial.world.parts.published.length;
    await trial.act(fay, 'fays', onSection('school', 'Not with us.'));
    await trial.act(fay, 'all', { kind: 'replied', ...say('Once.') });
    expect(heard(before)).toContain(`own-threads/${fay}`);
    expect(heard(before)).not.toContain(`own-threads/${eve}`);
  });

  it('[REVIEW-4] is told the same of an anchor that is taken as of words that are not there', async () => {
    const { ada, eve } = people;
    const blockId = trial.block('4-facts', trial.schoolId);
    await trial.write('We opened in 1962 as a school.', blockId);
    await trial.act(ada, 'secret', onWords('secret', 'We opened', 'team'), { blockId });
    const taken = trial.act(eve, 'mine', onWords('secret', 'We opened', 'school'), { blockId });
    const gone = trial.act(eve, 'mine', onWords('own', 'No such words', 'school'));
    const sentence = 'These words are not in the text any more.';
    await expect(taken).rejects.toThrow(sentence);
    await expect(gone).rejects.toThrow(sentence);
  });

  it('[REVIEW-3] puts a thread elsewhere once more after it stopped half way, and leaves no mark behind', async () => {
    const { eve } = people;
    await trial.act(eve, 'm', onWords('m1', 'twice a year', 'school'));
    const { read } = trial.world.parts.records;
    await read.updateTable('threads').set({ anchor: 'm2' }).where('id', '=', 'm').execute();
    const kept = JSON.stringify({ quote: 'picks the lesson', prefix: '', suffix: '' });
    await read
      .insertInto('thread_events')
      .values({
        ...{ thread_id: 'm', seq: 2, id: 'p1', kind: 'placed', person_id: eve, side: 'school', at: 2 },
        ...{ school_id: trial.schoolId, detail: JSON.stringify({ anchor: 'm2' }), words: null, kept },
      })
      .execute();
    const again = { kind: 'placed', anchor: 'm2', selected: selected('picks the lesson') } as const;
    await trial.act(eve, 'm', again, { id: 'p1' });
    expect((await trial.text()).anchors).toEqual(['m2']);
  });

  it('[REVIEW-3] loses no thread with a school that goes: it stays while something is open there', async () => {
    const { ada, eve } = people;
    const { world, caseId } = trial;
    const blockId = trial.block('4-facts', trial.schoolId);
    await otherSchool();
    await trial.act(eve, 'asked', onSection('school', 'What is this for?'), { blockId });
    await trial.act(eve, 'whole', onWords('whole-a', 'twice a year', 'school'));
    const leave = { schoolIds: ['other-school'] };
    await expect(world.call('PATCH /api/cases/:caseId', ada, { caseId }, leave)).rejects.toThrow(
      /Comments .* open/,
    );
    await trial.act(ada, 'asked', { kind: 'resolved' }, { blockId });
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, leave);
    await world.joinAsContact(caseId, 'other-school', eve);
    await trial.grant(eve, 'comment');
    expect((await trial.atSchool(eve)).threads.map(({ id }) => id)).toEqual(['whole']);
    const { cases } = await world.call('GET /api/contact', eve, {});
    expect(JSON.stringify(cases), 'theirs, for whichever school they speak').toContain('whole-a');
  });

  it('does not fill a section with threads alone', async () => {
    const { ada, eve } = people;
    const { read } = trial.world.parts.records;
    const { studyId, caseId, blockId, schoolId } = trial;
    const ids = Array.from({ length: 200 }, (_, at) => `many-${at}`);
    const place = { study_id: studyId, case_id: caseId, block_id: blockId, audience: 'school' };
    await read
      .insertInto('threads')
      .values(ids.map((id) => ({ ...place, id, school_id: schoolId, anchor: null })))
      .execute();
    const detail = JSON.stringify({ audience: 'school', target: { on: 'section' }, mentions: [] });
    const act = { seq: 1, kind: 'opened', person_id: eve, side: 'school', school_id: schoolId, at: 1 };
    await read
      .insertInto('thread_events')
      .values(ids.map((id) => ({ ...act, thread_id: id, id, detail, words: 'x', kept: null })))
      .execute();
    expect(await trial.tries(eve, 'more', onSection('school'))).toBe('conflict');
    expect(await trial.tries(ada, 'theirs', onSection('school'))).toBe('ok');
  });
});

it('reads thousands of acts of a thread without copying what it knows at each', () => {
  const head = { thread: 't', by: 'a', side: 'team', at: 1 } as const;
  const opening = { ...head, id: 'e0', ...onSection('team') } satisfies ThreadEvent;
  const acts = Array.from(
    { length: 3_000 },
    (_, at): ThreadEvent => ({ ...head, id: `e${at + 1}`, kind: at % 2 ? 'reopened' : 'resolved' }),
  );
  const copied = vi.spyOn(Map.prototype, Symbol.iterator);
  const thread = threadOf([opening, ...acts]);
  const times = copied.mock.calls.length;
  copied.mockRestore();
  expect(thread?.known.size).toBe(3_001);
  expect(times).toBe(0);
});

it('finds long words that are nearly alike everywhere, and none that are not there', () => {
  const line = `${'a'.repeat(40)}b${'a'.repeat(400)}`;
  const content = [
    { type: 'paragraph', content: [{ type: 'text', text: `${'a'.repeat(900)}c${line}${line}` }] },
  ];
  const text = anchoredText({ type: 'doc', content });
  const at = (quote: string, occurrence: number) =>
    exactPlace(text, { quote, prefix: '', suffix: '', occurrence });
  expect(at(line, 0)).toEqual({ from: 901, to: 901 + line.length });
  expect(at(line, 1)).toEqual({ from: 901 + line.length, to: 901 + 2 * line.length });
  expect(at(`c${line}`, 0)).toEqual({ from: 900, to: 901 + line.length });
  expect(at(`${line}b`, 0)).toBeNull();
});

it('looks at so many places of selected words and no more', () => {
  const content = [{ type: 'paragraph', content: [{ type: 'text', text: 'a'.repeat(20_000) }] }];
  const text = anchoredText({ type: 'doc', content });
  const looked = vi.spyOn(String.prototype, 'indexOf');
  const place = placeOfSelected(text, { quote: 'a'.repeat(30), prefix: 'b', suffix: '', occurrence: 0 });
  const times = looked.mock.calls.length;
  looked.mockRestore();
  expect(place).toBeNull();
  expect(times).toBeLessThan(3_000);
});

async function quoted(): Promise<void> {
  const quote = { quote: 'q', use: 'use-q' };
  const { studyId, caseId, schoolId, blockId } = trial;
  await plantQuote(trial.world.parts, { id: 'q', studyId, caseId, schoolId, blockId });
  await paragraph((text) => {
    text.insert(0, 'When we asked them they said “', {});
    text.insert(30, 'it was dreadful', { [quoteKey(quote)]: quote });
    text.insert(45, '” about it, and went on.', {});
  });
}

async function named(): Promise<void> {
  await trial.world.write(trial.blockId, people.ada, (doc) => {
    const line = new Y.XmlElement('paragraph');
    doc.getXmlFragment('content').push([line]);
    const name = new Y.XmlElement('reference');
    name.setAttribute('kind', 'school');
    name.setAttribute('id', trial.schoolId);
    line.push([new Y.XmlText('On that day our colleague '), name, new Y.XmlText(' told us all about it.')]);
  });
}

function paragraph(fill: (text: Y.XmlText) => void): Promise<void> {
  return trial.world.write(trial.blockId, people.ada, (doc) => {
    const line = new Y.XmlElement('paragraph');
    doc.getXmlFragment('content').push([line]);
    const text = new Y.XmlText();
    line.push([text]);
    fill(text);
  });
}

/** @returns the id of somebody who speaks there */
async function otherSchool(): Promise<string> {
  const { world, studyId, caseId } = trial;
  const id = 'other-school';
  const school = { id, name: 'Other School', place: '' };
  await world.call('POST /api/studies/:studyId/schools', people.ada, { studyId }, school);
  await world.call('PATCH /api/cases/:caseId', people.ada, { caseId }, { schoolIds: [trial.schoolId, id] });
  const fay = { name: 'Fay Other', email: 'fay@other.example', isHost: false };
  const { id: fayId } = await createPerson(world.parts.records.read, world.parts, fay);
  await world.joinAsContact(caseId, id, fayId);
  await trial.grant(fayId, 'comment');
  return fayId;
}

function heard(from: number): readonly string[] {
  return trial.world.parts.published
    .slice(from)
    .flatMap((message) => (message.t === 'changed' ? [message.topic] : []));
}
