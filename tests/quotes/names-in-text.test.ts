import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { forgetSpeaker } from '../../server/protection/quote-rows.ts';
import { takeOut } from '../../server/quotes/quote-text.ts';
import { loadSpeakers } from '../../server/quotes/speakers.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { type QuoteUse, quoteKey } from '../../shared/document/quote-key.ts';
import { readText } from '../../shared/document/reading.ts';
import { plainText } from '../../shared/document/words.ts';
import { ERASED_PERSON, SOMEBODY } from '../../shared/quotes/names-in-text.ts';
import type { Naming } from '../../shared/quotes/naming.ts';
import { TAKEN_BACK } from '../../shared/quotes/placeholder.ts';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

type Part = string | { readonly said: string } | { readonly kind: string; readonly id: string };

/** A paragraph of words, of words that are a use, and of nodes that name somebody. */
function writeLine(doc: Y.Doc, parts: readonly Part[], use?: QuoteUse): void {
  const paragraph = new Y.XmlElement('paragraph');
  doc.getXmlFragment(CONTENT).push([paragraph]);
  for (const part of parts) {
    if (typeof part === 'object' && 'id' in part) {
      const node = new Y.XmlElement('reference');
      paragraph.push([node]);
      node.setAttribute('kind', part.kind);
      node.setAttribute('id', part.id);
      continue;
    }
    const text = new Y.XmlText();
    paragraph.push([text]);
    if (typeof part === 'string') text.insert(0, part, {});
    else if (use) text.insert(0, part.said, { [quoteKey(use)]: { ...use } });
  }
}

const write = (parts: readonly Part[], use?: QuoteUse) =>
  trial.service.writing.edit(trial.blockId, trial.lead, (doc) => writeLine(doc, parts, use));
const person = (id: string) => ({ kind: 'participant', id });
const read = () => trial.service.parts.records.read;
const name = (id: string, naming: string, chosen = 1) =>
  read().updateTable('speakers').set({ naming, chosen }).where('id', '=', id).execute();
const draft = async () =>
  String((await trial.calls.send('GET', `/api/cases/${trial.caseId}/export.html`)).body);

it('[NAME-1] people and schools are drawn everywhere as they are named now, by name only once they chose it', async () => {
  const { caseId, schoolId, blockId, service } = trial;
  const ruth = await trial.speaker('Ruth Okafor', { role: 'Deputy head' });
  const other = await service.study(trial.lead);
  await write(['We met ', person(ruth), ' at ', { kind: 'school', id: schoolId }, '.']);
  await write(['Elsewhere ', { kind: 'school', id: other.schoolId }, ' and ', person('somebody'), '.']);
  const school = (await trial.calls.call('GET /api/cases/:caseId', undefined, { caseId })).schools[0]?.name;
  const shows = async (words: string) => {
    const line = `We met <span class="named">${words}</span> at <span class="named">${school}</span>.`;
    expect(await trial.text()).toContain(line);
    expect(await draft()).toContain(line);
    const { blocks, names } = await trial.calls.call('GET /api/cases/:caseId', undefined, { caseId });
    expect(names).toContainEqual({ kind: 'participant', id: ruth, words, who: 'Ruth Okafor, Deputy head' });
    return blocks.find((block) => block.blockId === blockId)?.words;
  };
  expect(await shows('Deputy head')).toBe(14);
  const text = await trial.text();
  expect(text).toContain(
    'Elsewhere <span class="named">an unknown school</span> and <span class="named">an unknown person</span>.',
  );
  expect(text).not.toContain('Ruth');
  await name(ruth, 'name-and-role');
  await shows('Ruth Okafor');
  await name(ruth, 'anonymous');
  await shows(SOMEBODY);
  await read().updateTable('speakers').set({ name: '' }).where('id', '=', ruth).execute();
  expect(await trial.text()).toContain(`We met <span class="named">${ERASED_PERSON}</span>`);
});

it('[ACCESS-5] a contact reads them as they are drawn, and is told of nobody who is not in what they fill in', async () => {
  const { service, caseId, schoolId, studyId, blockId } = trial;
  const ola = await trial.speaker('Ola Other', { role: 'Mentor' });
  await trial.speaker('Pim Pupil', { role: 'Pupil', naming: 'anonymous' });
  await write(['We met ', person(ola), ' as well.']);
  const contact = await service.person('Mo Reader');
  await service.join(studyId, contact, 'contact');
  const place = { case_id: caseId, school_id: schoolId, user_id: contact, since: 0 };
  await read().insertInto('case_contacts').values(place).execute();
  const page = await service.signedIn(contact);
  for (const level of ['read', 'write']) {
    await read().deleteFrom('block_grants').execute();
    const grant = { block_id: blockId, person_id: contact, level, set_by: null, set_at: 0 };
    await read().insertInto('block_grants').values(grant).execute();
    const { cases } = await page.call('GET /api/contact', undefined);
    const told = JSON.stringify(cases);
    expect(told).not.toMatch(/Ola|Pim/);
    const mentor = { kind: 'participant', id: ola, words: 'Mentor', who: '' };
    if (level === 'read')
      expect(cases[0]?.copies[0]?.html).toContain('We met <span class="named">Mentor</span>');
    else {
      const { names = [] } = cases[0] ?? {};
      expect(names).toContainEqual(mentor);
      expect(names.map(({ words }) => words)).not.toContain(SOMEBODY);
    }
  }
});

it('[QUOTE-2] a name within words that were confirmed: drawn otherwise, they are others, and say so', async () => {
  const use = { quote: newId(), use: newId() };
  const speaker = await trial.speaker('Amal Haddad', { role: 'Teacher' });
  const named = await trial.speaker('Bo Berg', { role: 'Caretaker' });
  await write(['Amal: ', { said: 'I asked ' }, person(named), { said: ' to come.' }], use);
  await trial.capture(use, 'I asked Caretaker to come.', speaker);
  const { ask } = await trial.ask(use, speaker);
  const evidence = { how: 'phone', note: 'Called on Monday.' } as const;
  const answer = {
    ask,
    use: use.use,
    speakerId: speaker,
    kind: 'confirmed',
    evidence,
    seen: await trial.seen(use),
  } as const;
  await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: use.quote });
  expect(standings(await trial.quote(use.quote))).toEqual(['verified']);
  await name(named, 'name-and-role');
  const changed = await trial.quote(use.quote);
  expect(standings(changed)).toEqual(['changed']);
  expect(changed.uses[0]?.wording).toBe('I asked Bo Berg to come.');
  expect(await draft()).toContain('</span> to come. [quote not confirmed]');
  await name(named, 'role-only');
  expect(standings(await trial.quote(use.quote))).toEqual(['verified']);
});

it('[NAME-1] [GUARDIAN-1] a child is named by no more than a parent or carer agreed to, in text and beside their words', async () => {
  const use = { quote: newId(), use: newId() };
  const child = await trial.speaker('Mina Secretname', { age: 'under-sixteen', role: 'Pupil', email: '' });
  await write(['They met ', person(child), ', who said: ', { said: 'It glowed.' }], use);
  await trial.capture(use, 'It glowed.', child);
  const evidence = { how: 'phone', note: 'Called on Monday.' } as const;
  const say = (from: 'guardian' | 'speaker', naming: Naming, channels: 'print'[] = ['print']) =>
    trial.calls.call(
      'POST /api/quotes/:quoteId/consent',
      { speakerId: child, from, naming, channels, evidence },
      { quoteId: use.quote },
    );
  const shows = async (words: string, beside: string) => {
    const html = await trial.text();
    expect(html).toContain(`They met <span class="named">${words}</span>`);
    expect((await loadSpeakers(read(), trial.studyId)).attribution(child).text).toBe(beside);
  };
  await say('speaker', 'name-and-role');
  await shows('Pupil', 'Pupil');
  await say('guardian', 'anonymous');
  await shows(SOMEBODY, '');
  expect(await draft()).not.toContain('Secretname');
  await say('guardian', 'name-and-role');
  await shows('Mina Secretname', 'Mina Secretname, Pupil');
  await say('guardian', 'name-and-role', []);
  await shows('Pupil', 'Pupil');
});

it('[QUOTE-7] whoever chose to be named otherwise is not asked again because the text does so', async () => {
  const use = { quote: newId(), use: newId() };
  const speaker = await trial.speaker('Cy Dale', { role: 'Governor', naming: 'role-only' });
  const other = await trial.speaker('Di Eve', { role: 'Bursar', naming: 'role-only' });
  await write(['Both ', person(speaker), ' and ', person(other), ' came: ', { said: 'We did.' }], use);
  await trial.capture(use, 'We did.', speaker);
  const { ask } = await trial.ask(use, speaker);
  const evidence = { how: 'phone', note: 'Called on Monday.' } as const;
  const answer = {
    ask,
    use: use.use,
    speakerId: speaker,
    kind: 'confirmed',
    evidence,
    seen: await trial.seen(use),
  } as const;
  await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: use.quote });
  for (const naming of ['name-and-role', 'anonymous', 'role-only'] as const) {
    await trial.calls.call(
      'POST /api/quotes/:quoteId/consent',
      { speakerId: speaker, from: 'speaker', channels: [], naming, evidence },
      { quoteId: use.quote },
    );
    expect(standings(await trial.quote(use.quote)), naming).toEqual(['verified']);
  }
  await name(other, 'name-and-role');
  expect(standings(await trial.quote(use.quote))).toEqual(['context-changed']);
  await name(other, 'role-only');
  // the name in plain words says more than they chose
  await trial.editLast((text) => text.insert(0, 'Cy Dale: ', {}));
  expect(standings(await trial.quote(use.quote))).toEqual(['context-closer']);
});

it('[ERASE-1] of whoever is erased no name is left in what was read of the text', async () => {
  const { service } = trial;
  const gone = await service.person('Zed Quill');
  const speaker = await trial.speaker('Zed Quill', { role: 'Librarian' });
  await read()
    .updateTable('speakers')
    .set({ person_id: gone, naming: 'name-and-role', chosen: 1 })
    .where('id', '=', speaker)
    .execute();
  await write(['We met ', person(speaker), ' among the books.']);
  expect(await trial.text()).toContain('We met <span class="named">Zed Quill</span> among');
  await service.parts.records.transaction((records) => forgetSpeaker(records, null, gone));
  expect(JSON.stringify(await read().selectFrom('projections').selectAll().execute())).not.toContain('Quill');
  expect(await trial.text()).toContain(`We met <span class="named">${ERASED_PERSON}</span> among`);
});

it('[NAME-1] a name within words that are taken back goes with them, and no other does', () => {
  const doc = new Y.Doc();
  const use = { quote: 'q', use: 'u' };
  writeLine(
    doc,
    [person('a'), { said: 'I asked ' }, person('b'), person('c'), { said: ' in.' }, person('d')],
    use,
  );
  expect(takeOut(doc, 'q')).toBe(true);
  const text = plainText(readText(doc));
  expect(text.replace(/\[nobody is named here\]/g, '')).toBe(TAKEN_BACK);
  const paragraph = doc.getXmlFragment(CONTENT).get(0) as Y.XmlElement;
  const ids = paragraph
    .toArray()
    .flatMap((node) => (node instanceof Y.XmlElement ? [node.getAttribute('id')] : []));
  expect(ids).toEqual(['a', 'd']);
});
