import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const PHONE = { how: 'phone', note: 'On Monday' } as const;

async function captured(wording: string) {
  const use = { quote: newId(), use: newId() };
  const speaker = await trial.speaker(`Ada ${wording.slice(3, -1)}`);
  await trial.write(`She said: «${wording}» And so it did.`, use);
  await trial.capture(use, wording, speaker);
  return { use, speaker, params: { quoteId: use.quote } };
}

describe('where words come from, changed', () => {
  it('[SOURCE-1] [QUOTE-6] before anybody was asked it is put right; from then on it is a step with what stood there', async () => {
    const { use, speaker, params } = await captured('It grew.');
    const before = await trial.quote(use.quote);
    const put = await trial.calls.call('PATCH /api/quotes/:quoteId', { source: 'Notes, page 3' }, params);
    expect(put).toMatchObject({ source: 'Notes, page 3', seq: before.seq });
    const { ask } = await trial.ask(use, speaker);
    const seen = await trial.seen(use);
    const answer = {
      ask,
      use: use.use,
      speakerId: speaker,
      kind: 'confirmed',
      evidence: PHONE,
      seen,
    } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, params);

    const change = { how: 'recording', saidOn: '2026-11-02', source: 'Notes, page 3' } as const;
    const after = await trial.calls.call('PATCH /api/quotes/:quoteId', change, params);
    expect(after).toMatchObject({ how: 'recording', saidOn: '2026-11-02', translated: false });
    expect(standings(after), 'the words are what they confirmed').toEqual(['verified']);
    const again = await trial.calls.call('PATCH /api/quotes/:quoteId', change, params);
    expect(again.seq, 'what is so already is no step').toBe(after.seq);
    const whole = await trial.calls.call('GET /api/quotes/:quoteId', undefined, params);
    expect(whole.mayChange).toBe(true);
    expect(whole.steps.at(-1)).toMatchObject({
      by: 'Imogen Farrell',
      event: {
        ...{ kind: 'source-changed', parts: ['how', 'saidOn'] },
        before: { how: 'interview', saidOn: null, source: 'Notes, page 3' },
        after: { how: 'recording', saidOn: '2026-11-02' },
      },
    });
    const page = await trial.calls.send('GET', `/api/quotes/${use.quote}/certificate.html`);
    expect(page.body).toContain('was changed: how it was said and when it was said');
  });

  it('[SOURCE-1] two who change different parts at once both have theirs', async () => {
    const { use, speaker, params } = await captured('It shrank.');
    await trial.ask(use, speaker);
    await Promise.all([
      trial.calls.call('PATCH /api/quotes/:quoteId', { source: 'Notes, page 4' }, params),
      trial.calls.call('PATCH /api/quotes/:quoteId', { original: 'It, well, shrank.' }, params),
    ]);
    const quote = await trial.quote(use.quote);
    expect(quote).toMatchObject({ source: 'Notes, page 4', original: 'It, well, shrank.' });
  });

  it('[SOURCE-1] [GUARDIAN-1] from when a parent or carer was asked it is a step as well', async () => {
    const use = { quote: newId(), use: newId() };
    const child = await trial.speaker('Lou', { age: 'under-sixteen', role: 'Pupil', email: '' });
    await trial.write('She said: «It strayed.» And so it did.', use);
    await trial.capture(use, 'It strayed.', child);
    const asks = [{ id: newId(), quoteId: use.quote, use: use.use }];
    const guardian = { name: 'Her mother', email: 'mother@home.example' };
    await trial.calls.call(
      'POST /api/cases/:caseId/guardian-asks',
      { id: newId(), speakerId: child, guardian, asks },
      { caseId: trial.caseId },
    );
    const params = { quoteId: use.quote };
    await trial.calls.call('PATCH /api/quotes/:quoteId', { original: 'It, well, strayed.' }, params);
    const { steps } = await trial.calls.call('GET /api/quotes/:quoteId', undefined, params);
    expect(steps.at(-1)?.event.kind).toBe('source-changed');
  });

  it('[ACCESS-1] who may not write in the section changes nothing, and is told so before', async () => {
    const { params } = await captured('It slept.');
    const viewer = await trial.service.person('Vera Viewer');
    await trial.service.join(trial.studyId, viewer, 'viewer');
    const calls = await trial.service.program(viewer);
    expect((await calls.call('GET /api/quotes/:quoteId', undefined, params)).mayChange).toBe(false);
    const refused = await calls.refused('PATCH /api/quotes/:quoteId', { source: 'x' }, params);
    expect(refused.code).toBe('no-access');
  });

  it('[SOURCE-1] of words that were taken back nothing is changed any more', async () => {
    const { speaker, params } = await captured('It left.');
    const back = { speakerId: speaker, from: 'speaker', evidence: PHONE } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/withdraw', back, params);
    const refused = await trial.calls.refused('PATCH /api/quotes/:quoteId', { source: 'x' }, params);
    expect(refused.detail).toContain('taken these words back');
  });
});
