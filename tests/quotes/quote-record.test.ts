import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkQuotes } from '../../server/quotes/quote-check.ts';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
const use = { quote: newId(), use: newId() };
const PHONE = { how: 'phone', note: 'Called on Monday.' } as const;
let speaker = '';
beforeAll(async () => {
  trial = await quotesOnTrial();
  speaker = await trial.speaker('Ada <Bell>', { email: 'ada@school.example' });
  await trial.write('She said: «It <b>worked</b>.» So.', use);
  await trial.capture(use, 'It <b>worked</b>.', speaker);
  const { ask } = await trial.ask(use, speaker);
  const seen = await trial.seen(use);
  const answer = { ask, use: use.use, speakerId: speaker, kind: 'confirmed', evidence: PHONE, seen } as const;
  await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: use.quote });
});
afterAll(() => trial.close());

describe('the record of a quote', () => {
  it('[QUOTE-6] is one page with a code that says whether it is still all, and nothing runs in it', async () => {
    const page = await trial.calls.send('GET', `/api/quotes/${use.quote}/certificate.html`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = String(page.body);
    expect(html).toContain('It &lt;b&gt;worked&lt;/b&gt;.');
    expect(html).toContain('Ada &lt;Bell&gt;, Headteacher');
    expect(html).toContain('Confirmed, in these words, by phone · ');
    const code = /<code>([^<]+)<\/code>/.exec(html)?.[1] ?? '';
    const check = () => trial.service.browser().call('GET /api/certificates/:code', undefined, { code });
    expect(await check()).toMatchObject({ steps: 4, since: 0 });
    await trial.calls.call('PUT /api/quotes/:quoteId/used', { used: false }, { quoteId: use.quote });
    expect(await check()).toMatchObject({ steps: 4, since: 1 });
    // whoever follows the link reads a sentence
    const read = (which: string) =>
      fetch(`${trial.service.url}/api/certificates/${which}`, { headers: { Accept: 'text/html,*/*;q=0.8' } });
    const sentence = await read(code);
    expect([sentence.status, sentence.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await sentence.text()).toContain('One step was taken with the quote since');
    expect((await read(`${use.quote}.<b>`)).status).toBe(404);
    const other = { code: `${use.quote}.${'0'.repeat(20)}` };
    const refused = await trial.service.browser().refused('GET /api/certificates/:code', undefined, other);
    expect(refused.code).toBe('not-found');
  });

  it('[QUOTE-6] [ERASE-1] a step that was changed, added or taken away is seen; words that were erased are no fault', async () => {
    const { records } = trial.service.parts;
    expect((await checkQuotes(records)).faults).toEqual([]);
    const steps = await records.read.selectFrom('quote_steps').selectAll().execute();
    const last = steps.at(-1);
    if (!last) throw new Error('no steps');
    const faults = async () => (await checkQuotes(records)).faults.join();
    await records.read.updateTable('quote_steps').set({ at: 1 }).where('seq', '=', 2).execute();
    expect(await faults()).toContain('step 2 is not as it was written');
    // whoever reads the record or its certificate is told, and not that it is confirmed
    const inQuote = { quoteId: use.quote };
    expect(await trial.calls.call('GET /api/quotes/:quoteId', undefined, inQuote)).toMatchObject({
      broken: 2,
    });
    const certificate = await trial.calls.send('GET', `/api/quotes/${use.quote}/certificate.html`);
    expect(String(certificate.body)).toContain('<dd>Not to be relied on: its record was changed</dd>');
    await records.read
      .updateTable('quote_steps')
      .set({ at: steps[1]?.at ?? 0 })
      .where('seq', '=', 2)
      .execute();
    await records.read.deleteFrom('quote_steps').where('seq', '=', last.seq).execute();
    expect(await faults()).toContain(`step ${last.seq} is missing`);
    await records.read.insertInto('quote_steps').values(last).execute();
    await records.read.updateTable('quote_words').set({ text: 'Other.' }).where('seq', '=', 2).execute();
    expect(await faults()).toContain('step 2 has other words');
    await records.read.deleteFrom('quote_words').execute();
    expect(await faults()).toBe('');
  });
});
