import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unconfirmedWords } from '../../client/sharing/sharing-words.ts';
import { type QuotesOnTrial, quotesOnTrial } from '../quotes/quotes-on-trial.ts';
import { newId } from '../support/team.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

describe('sharing a section in which quotes stand', () => {
  it('[ACCESS-5] [ACCESS-6] tells how many are not confirmed, and whose, to whoever may read them', async () => {
    const [ada, odo] = [await trial.speaker('Ada Bell'), await trial.speaker('Odo Grey')];
    const uses = [1, 2, 3].map(() => ({ quote: newId(), use: newId() }));
    const [first, second, third] = uses as [(typeof uses)[0], (typeof uses)[0], (typeof uses)[0]];
    for (const [at, use] of uses.entries()) {
      await trial.write(`She said: «It worked ${at}.» So.`, use);
      await trial.capture(use, `It worked ${at}.`, ...(at === 1 ? [ada, odo] : [at === 0 ? ada : odo]));
    }
    const { ask } = await trial.ask(third, odo);
    const { uses: asked } = await trial.quote(third.quote);
    const seen = {
      wording: asked[0]?.wording ?? '',
      context: asked[0]?.context ?? { before: '', between: [], after: '' },
    };
    const evidence = { how: 'phone', note: 'Called on Monday.' } as const;
    const answer = { ask, use: third.use, speakerId: odo, kind: 'confirmed', evidence, seen } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: third.quote });
    const sections = async () =>
      (await trial.calls.call('GET /api/cases/:caseId/sharing', undefined, { caseId: trial.caseId }))
        .sections;
    const section = (await sections()).find(({ blockId }) => blockId === trial.blockId);
    expect(section?.unconfirmed).toEqual({ quotes: 2, speakers: ['Ada Bell', 'Odo Grey'] });
    expect(section && unconfirmedWords(section)).toBe(
      'They will see 2 quotes that are not confirmed yet, of Ada Bell and Odo Grey.',
    );
    expect((await sections()).filter(({ unconfirmed }) => unconfirmed)).toHaveLength(1);
    for (const { quote } of [first, second]) expect((await trial.quote(quote)).word).not.toBe('confirmed');
  });
});
