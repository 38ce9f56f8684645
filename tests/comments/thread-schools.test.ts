import JSZip from 'jszip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createPerson } from '../../server/accounts/people.ts';
import { eraseAccount } from '../../server/protection/account-erasure.ts';
import { commentRows } from '../../server/protection/thread-rows.ts';
import { loadCaseContent } from '../../server/publishing/case-content.ts';
import { draftDocx } from '../../server/publishing/docx-draft.ts';
import { roomAccess } from '../../server/studies/room-access.ts';
import { anchorKey } from '../../shared/document/anchor-key.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { caseOutline } from '../../shared/publishing/case-outline.ts';
import { draftHtml } from '../../shared/publishing/draft-html.ts';
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

const AT = { way: 'page', tokenId: null, from: '' } as const;

describe('somebody at a school', () => {
  it('[REVIEW-4] [ACCESS-5] learns nothing of threads of the team: by no answer, no number and no announcement', async () => {
    const { ada, ben, eve } = people;
    await trial.act(ada, 'shared', onWords('anchor-shared', 'twice a year', 'school', 'Is it twice?'));
    const { parts } = trial.world;
    const access = roomAccess(parts);
    const before = { told: await told(eve), heard: parts.published.length };

    const secret = onWords('anchor-secret', 'picks the lesson', 'team', 'secret-words');
    await trial.act(ben, 'thread-secret', secret, { id: 'event-secret' });
    await trial.edit((text) => text.format(0, 5, { [anchorKey('anchor-secret')]: { id: 'anchor-secret' } }));
    await trial.act(ben, 'thread-secret', { kind: 'replied', ...say('secret-reply', ada) });
    await trial.act(ada, 'shared', { kind: 'assigned', to: ben });
    const link = { to: 'thread', id: 'shared' } as const;
    await trial.act(ben, 'thread-secret', { kind: 'linked', link });

    const after = await told(eve);
    for (const word of ['secret', ben, 'Ben Editor']) expect(after).not.toContain(word);
    // the section was written in, and its copy says when it was saved
    const unnumbered = (text: string) => text.replace(/"seq":\d+/g, '');
    expect(unnumbered(after)).toBe(unnumbered(before.told));
    const heard = [];
    for (const message of parts.published.slice(before.heard)) {
      if (message.t === 'changed' && (await access.topic(eve, message.topic)) === 'open') heard.push(message);
    }
    expect(heard).toEqual([]);
    const refused = [
      await trial.tries(eve, 'thread-secret', { kind: 'replied', ...say('x') }),
      await trial.tries(eve, 'thread-secret', { kind: 'resolved' }, { id: 'event-secret' }),
      await trial.tries(eve, 'thread-secret', onSection('school')),
      await trial.tries(eve, 'thread-none', { kind: 'replied', ...say('x') }),
    ];
    expect(new Set(refused)).toEqual(new Set(['not-found']));
    expect(await trial.tries(eve, 'mine', onSection('team'))).toBe('conflict');
    expect(await trial.tries(eve, 'mine', onSection('school', 'Hello', ben)), 'whom they do not know').toBe(
      'conflict',
    );
  });

  it('[THREAD-1] comments on their copy, answers what is shared, and ends their own', async () => {
    const { ada, eve } = people;
    const { parts } = trial.world;
    const opened = await trial.act(
      eve,
      'mine',
      onWords('mine-a', 'twice a year', 'school', 'Three times, now.'),
    );
    expect(opened).toMatchObject({
      target: { on: 'range', kept: { quote: 'twice a year', prefix: '', suffix: '' } },
      place: { where: 'text', lost: false },
      comments: [{ by: eve, side: 'school' }],
    });
    expect((await trial.text()).anchors).toEqual(['mine-a']);
    expect(parts.published).toContainEqual({ t: 'changed', topic: `threads/${trial.caseId}` });
    expect(await copy(eve)).toContain('<span data-anchor="mine-a">twice a year</span>');
    const answered = await trial.act(ada, 'mine', { kind: 'replied', ...say('Since when?', eve) });
    expect(answered.unread).toEqual([]);
    const theirs = await trial.atSchool(eve);
    expect(theirs.threads).toMatchObject([{ unread: [answered.comments[1]?.id] }]);
    expect(theirs.people).toMatchObject([{ side: 'school' }, { name: 'Ada Lead', side: 'team' }]);
    expect(JSON.stringify(theirs)).not.toContain('@team.example');
    const { people: named } = await trial.world.call('GET /api/blocks/:blockId/thread-people', eve, {
      blockId: trial.blockId,
    });
    expect(named.map(({ id }) => id)).toEqual([ada]);
    await trial.act(eve, 'mine', { kind: 'resolved' });
    await trial.act(ada, 'theirs', onSection('school'));
    expect(await trial.tries(eve, 'theirs', { kind: 'resolved' })).toBe('conflict');
    expect(await trial.tries(eve, 'mine', { kind: 'assigned', to: eve })).toBe('conflict');
  });

  it('[ACCESS-1] reads and does not comment where they may only read, and nothing where nothing is shared', async () => {
    const { ada, eve } = people;
    await trial.act(ada, 'shared', onSection('school'));
    await trial.grant(eve, 'read');
    expect((await trial.atSchool(eve)).threads.map(({ id }) => id)).toEqual(['shared']);
    expect(await trial.tries(eve, 'shared', { kind: 'replied', ...say('x') })).toBe('no-access');
    await trial.grant(eve, 'none');
    expect((await trial.atSchool(eve)).threads).toEqual([]);
    expect(await trial.tries(eve, 'shared', { kind: 'replied', ...say('x') })).toBe('not-found');
    const field = (id: string) => ({ ...onSection('school'), target: { on: 'field', field: id } }) as const;
    const contacts = trial.block('4-culture');
    expect(await trial.tries(ada, 'x', onSection('school'), { blockId: contacts }), 'the team’s alone').toBe(
      'conflict',
    );
    expect(await trial.tries(ada, 'x', field('field/none'))).toBe('conflict');
  });

  it('[THREAD-2] [ACCESS-5] is told no words that are held back in their copy', async () => {
    const { ada, ben, eve } = people;
    const quote = { quote: 'q', use: 'use-q' };
    const { studyId, caseId, schoolId, blockId } = trial;
    await plantQuote(trial.world.parts, { id: 'q', studyId, caseId, schoolId, blockId });
    await trial.world.write(blockId, ada, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      doc.getXmlFragment('content').push([paragraph]);
      const text = new Y.XmlText();
      paragraph.push([text]);
      text.insert(0, 'When we asked them they said “', {});
      text.insert(30, 'it was dreadful', { [quoteKey(quote)]: quote });
      text.insert(45, '” about it, and went on.', {});
    });
    expect(await copy(eve)).not.toContain('dreadful');
    await trial.act(ada, 'on-quote', onWords('a', 'it was dreadful', 'school', 'Please look.'));
    await trial.act(ben, 'on-card', { ...onSection('school'), target: { on: 'quote', quote: 'q' } });
    expect(await told(eve)).not.toContain('dreadful');
    expect((await trial.atSchool(eve)).threads).toMatchObject([{ id: 'on-quote', target: { kept: null } }]);
    const guess = (words: string, around: readonly [string, string]) => ({
      ...onWords('b', words, 'school'),
      target: { on: 'range', anchor: 'b', selected: selected(words, around) } as const,
    });
    expect(await trial.tries(eve, 'x', guess('it was dreadful', ['', '']))).toBe('conflict');
    expect(
      await trial.tries(
        eve,
        'x',
        guess('anything', ['When we asked them they said “', '” about it, and went on.']),
      ),
    ).toBe('conflict');
    expect(await trial.tries(eve, 'x', { ...onSection('school'), target: { on: 'quote', quote: 'q' } })).toBe(
      'conflict',
    );
    // their own words, from before somebody quoted in them, stay theirs to see
    const held = '[A quote, shown here once its speaker has confirmed it.]';
    const mine = await trial.act(
      eve,
      'mine',
      guess(`said “${held}” about it`, ['When we asked them they ', ', and went on.']),
    );
    expect(mine.target).toMatchObject({ kept: { quote: `said “${held}” about it` } });
    expect(await told(eve)).not.toContain('dreadful');
  });

  it('[THREAD-2] [ACCESS-5] learns of nobody at another school of the case', async () => {
    const { ada, eve } = people;
    const { world, studyId, caseId } = trial;
    const schoolId = 'other-school';
    const school = { id: schoolId, name: 'Other School', place: '' };
    await world.call('POST /api/studies/:studyId/schools', ada, { studyId }, school);
    const schoolIds = [trial.schoolId, schoolId];
    await world.call('PATCH /api/cases/:caseId', ada, { caseId }, { schoolIds });
    const fay = (
      await createPerson(world.parts.records.read, world.parts, {
        name: 'Fay Other',
        email: 'fay@other.example',
        isHost: false,
      })
    ).id;
    await world.joinAsContact(caseId, schoolId, fay);
    await trial.grant(fay, 'comment');
    await trial.act(fay, 'fays', onWords('fays-a', 'twice a year', 'school', 'Not with us.'));
    await trial.act(ada, 'all', onSection('school', 'How often, Fay?', fay));
    await trial.act(fay, 'all', { kind: 'replied', ...say('Fay says once.') });
    const eves = await told(eve);
    for (const word of ['fays', fay, 'Fay Other', 'Fay says', 'Not with us'])
      expect(eves).not.toContain(word);
    expect(await trial.tries(eve, 'fays', { kind: 'replied', ...say('x') })).toBe('not-found');
    expect((await trial.list(ada)).threads.map(({ id, comments }) => [id, comments.length])).toEqual([
      ['all', 2],
      ['fays', 1],
    ]);
  });

  it('reads threads on fields of what they fill in themselves, and answers there', async () => {
    const { ada, eve } = people;
    const blockId = trial.block('4-facts', trial.schoolId);
    const onField = { on: 'field', field: 'field/description' } as const;
    await trial.act(ada, 'facts', { ...onSection('school'), target: onField }, { blockId });
    await trial.act(ada, 'ours', { ...onSection('team'), target: onField }, { blockId });
    expect(await trial.tries(eve, 'facts', { kind: 'replied', ...say('Yes.') }, { blockId })).toBe('ok');
    expect((await trial.atSchool(eve)).threads).toMatchObject([
      { id: 'facts', blockId, target: onField, place: { where: 'field', field: 'field/description' } },
    ]);
    await trial.write('We opened in 1962.', blockId);
    const own = await trial.act(eve, 'own', onWords('own-a', 'in 1962', 'school'), { blockId });
    expect(own.target).toMatchObject({ kept: { quote: 'in 1962' } });
    expect((await trial.text(blockId)).anchors, 'theirs to set').toEqual([]);
  });

  it('[PRIVACY-3] gets in their file what they said and did, and where they were named, without the words of others', async () => {
    const { ada, eve } = people;
    await trial.act(eve, 'mine', onWords('a', 'twice a year', 'school', 'Three times.'));
    await trial.act(ada, 'mine', { kind: 'replied', ...say('Since when, Eve?', eve) });
    await trial.act(ada, 'team', onSection('team', 'Not for Eve.'));
    const rows = [];
    const records = trial.world.parts.records.read;
    for await (const row of commentRows({ records, personId: eve, email: '', studyId: null })) rows.push(row);
    expect(rows).toMatchObject([
      { part: 'did', kind: 'opened', words: 'Three times.', concerning: 'twice a year', audience: 'school' },
      { part: 'named', kind: 'replied', words: null, concerning: null },
    ]);
    expect(rows).toHaveLength(2);
  });

  it('[PRIVACY-5] [ERASE-1] whose account is deleted leaves what they said, under no name', async () => {
    const { ada, eve } = people;
    await trial.act(eve, 'mine', onSection('school', 'We do it otherwise.'));
    await trial.act(ada, 'mine', { kind: 'replied', ...say('How, Eve?', eve) });
    const comment = (await trial.atSchool(eve)).threads[0]?.comments[1]?.id ?? '';
    const seen = { seen: [{ thread: 'mine', comment }] };
    await trial.world.call('POST /api/blocks/:blockId/threads/seen', eve, { blockId: trial.blockId }, seen);
    await eraseAccount(trial.world.parts, eve, { ...AT, personId: eve });
    const { threads, people: named } = await trial.list(ada);
    expect(threads[0]?.comments[0]).toMatchObject({ by: eve, words: 'We do it otherwise.' });
    expect(JSON.stringify(named)).not.toContain('Eve');
    expect(await trial.world.parts.records.read.selectFrom('thread_reads').selectAll().execute()).toEqual([]);
  });
});

it('[REVIEW-4] no export, and no text that is read or printed, has anything of anchors', async () => {
  const { ada } = people;
  await trial.edit((text) => text.format(6, 7, { [anchorKey('anchor-x')]: { id: 'anchor-x' } }));
  const { blocks } = await trial.world.call('GET /api/cases/:caseId/text', ada, { caseId: trial.caseId });
  const content = await loadCaseContent(trial.world.parts, ada, trial.caseId);
  expect(JSON.stringify(content)).toContain('anchor-x');
  const outline = caseOutline(content);
  const document = await wordsOfDocx(await draftDocx(outline));
  expect(document).toContain('teacher');
  for (const written of [JSON.stringify(blocks), draftHtml(outline), document]) {
    expect(written).not.toContain('anchor');
  }
});

async function copy(personId: string): Promise<string> {
  const { cases } = await trial.world.call('GET /api/contact', personId, {});
  return cases.flatMap(({ copies }) => copies).find(({ blockId }) => blockId === trial.blockId)?.html ?? '';
}

/** Everything that somebody at a school is told of the case. */
async function told(personId: string): Promise<string> {
  const { world, caseId, blockId } = trial;
  return JSON.stringify([
    await world.call('GET /api/contact', personId, {}),
    await world.call('GET /api/cases/:caseId/text', personId, { caseId }),
    await trial.atSchool(personId),
    await world.call('GET /api/blocks/:blockId/thread-people', personId, { blockId }),
  ]);
}

async function wordsOfDocx(bytes: Buffer): Promise<string> {
  const files = Object.values((await JSZip.loadAsync(bytes)).files);
  return (await Promise.all(files.map((file) => file.async('string')))).join('');
}
