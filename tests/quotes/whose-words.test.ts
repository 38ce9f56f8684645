import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetSpeaker, quoteRows, speakerRows } from '../../server/protection/quote-rows.ts';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const newUse = () => ({ quote: newId(), use: newId() });

/** @returns the id of an account with this address */
async function account(name: string, email: string): Promise<string> {
  const id = await trial.service.person(name);
  await trial.service.parts.records.read.updateTable('user').set({ email }).where('id', '=', id).execute();
  return id;
}

it('[PRIVACY-3] the file of an account holds no words of people who only share its address, nor does it erase them', async () => {
  const { read } = trial.service.parts.records;
  const email = 'office@school.example';
  const [ann, bob] = [await trial.speaker('Ann Ames', { email }), await trial.speaker('Bob Bole', { email })];
  const use = newUse();
  await trial.write('Bob said: «Nobody asked me.» So.', use);
  await trial.capture(use, 'Nobody asked me.', bob);
  const personId = await account('Office', email);
  const reach = { records: read, personId, email, studyId: null };
  expect(await speakerRows(reach)).toEqual([]);
  expect(await quoteRows(reach)).toEqual([]);
  await forgetSpeaker(read, null, personId);
  const rows = await read.selectFrom('speakers').selectAll().where('id', 'in', [ann, bob]).execute();
  expect(rows.map(({ name, email: address }) => [name, address]).sort()).toEqual([
    ['Ann Ames', ''],
    ['Bob Bole', ''],
  ]);
});

it('[PRIVACY-5] of an exchange, erasing one leaves what the other said, and where that can be found', async () => {
  const { read } = trial.service.parts.records;
  const email = 'cat@school.example';
  const [cat, dan] = [await trial.speaker('Cat Cole', { email }), await trial.speaker('Dan Dale')];
  const use = newUse();
  await trial.write('They sat down. «Shall we? Let us.» They laughed.', use);
  const { caseId, blockId } = trial;
  const exchange = { how: 'interview', wording: 'Shall we? Let us.', checked: true } as const;
  await trial.calls.call(
    'POST /api/cases/:caseId/quotes',
    {
      ...{ id: use.quote, use: use.use, blockId, speakerIds: [cat, dan], ...exchange },
      original: 'Cat: shall we? Dan: well, let us.',
    },
    { caseId },
  );
  for (const [speakerId, note] of [
    [cat, 'Cat Cole called.'],
    [dan, 'Called on Monday.'],
  ] as const) {
    await trial.calls.call(
      'POST /api/quotes/:quoteId/answers',
      {
        ...{ ask: newId(), use: use.use, speakerId, kind: 'confirmed' },
        ...{ evidence: { how: 'phone', note }, seen: await trial.seen(use) },
      },
      { quoteId: use.quote },
    );
  }
  const personId = await account('Cat Cole', email);
  const [row] = await quoteRows({ records: read, personId, email, studyId: null });
  expect(row).toMatchObject({ captured: 'Shall we? Let us.', original: '' });
  await forgetSpeaker(read, null, personId);
  const words = await read.selectFrom('quote_words').selectAll().where('quote_id', '=', use.quote).execute();
  const notes = words.filter(({ part }) => part === 'note').map(({ text }) => text);
  expect(notes).toEqual(['Called on Monday.']);
  const { uses } = await trial.quote(use.quote);
  const standings = uses[0]?.standings.map(({ speakerId, standing }) => [speakerId, standing]);
  expect(standings).toEqual([
    [cat, 'attribution-changed'],
    [dan, 'verified'],
  ]);
});
