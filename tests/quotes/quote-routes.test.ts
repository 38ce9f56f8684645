import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const newUse = () => ({ quote: newId(), use: newId() });
const PHONE = { how: 'phone', note: 'Called on Monday at ten.' } as const;

describe('quotes over HTTP', () => {
  it('[QUOTE-1] [QUOTE-2] captured, asked, confirmed by phone; changed words void it, put back they are verified', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Ada Bell');
    await trial.write('She said: «It worked for us.» And so it did.', use);
    const captured = await trial.capture(use, 'It worked for us.', speaker);
    expect(captured.word).toBe('to-send');
    expect(standings(captured)).toEqual(['checked']);
    const { ask, quotes, link } = await trial.ask(use, speaker);
    expect(link).toMatch(/^http.+#/);
    expect(quotes[0]?.word).toBe('waiting');
    const params = { quoteId: use.quote };
    const answer = { ask, use: use.use, speakerId: speaker, kind: 'confirmed', evidence: PHONE } as const;
    const said = await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, params);
    expect(standings(said.quote)).toEqual(['verified']);
    expect(said.quote.blocks.map(({ reason }) => reason)).toEqual(['consent-missing']);
    // the same call once more takes no second step
    const again = await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, params);
    expect(again.quote.seq).toBe(said.quote.seq);

    await trial.edit((text) => {
      const at = text
        .toString()
        .replace(/<[^>]+>/g, '')
        .indexOf('worked');
      text.delete(at, 'worked'.length);
      text.insert(at, 'failed');
    });
    expect(standings(await trial.quote(use.quote))).toEqual(['changed']);
    const restored = await trial.calls.call('POST /api/quotes/:quoteId/restore', { use: use.use }, params);
    expect(restored.textChanged).toBe(true);
    expect(standings(restored.quote)).toEqual(['verified']);
    expect(await trial.text()).toContain('It worked for us.');

    const consent = { channels: ['print' as const], until: null, naming: 'role-only' as const };
    const agreed = await trial.calls.call(
      'POST /api/quotes/:quoteId/consent',
      { speakerId: speaker, from: 'speaker', ...consent, evidence: PHONE },
      params,
    );
    expect(standings(agreed), 'named as they chose, it stays verified').toEqual(['verified']);
    expect(agreed.blocks).toEqual([]);

    const gone = await trial.calls.call(
      'POST /api/quotes/:quoteId/withdraw',
      { speakerId: speaker, from: 'speaker', evidence: PHONE },
      params,
    );
    expect(gone.textChanged).toBe(true);
    expect(await trial.text()).not.toContain('worked');
    expect(await trial.text()).toContain('taken it back');
    const whole = await trial.calls.call('GET /api/quotes/:quoteId', undefined, params);
    expect(whole.steps.map(({ event }) => event.kind)).toEqual([
      'captured',
      'checked',
      'sent',
      'confirmed',
      'consented',
      'withdrawn',
    ]);
  });

  it('[SAVE-3] capturing is repeated by an outbox without a second quote, before the mark has come', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Ben Carr');
    const first = await trial.capture(use, 'Not yet in the text.', speaker);
    expect(first.word).toBe('not-used');
    const second = await trial.capture(use, 'Not yet in the text.', speaker);
    expect(second.seq).toBe(first.seq);
    await expect(trial.capture({ ...use, use: newId() }, 'Other.', speaker)).rejects.toThrow(/made before/);
  });

  it('a correction that is taken up stands in the text and is verified without asking again', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Cy Dunn');
    await trial.write('He said: «We meet on mondays.» That is all.', use);
    await trial.capture(use, 'We meet on mondays.', speaker);
    const { ask } = await trial.ask(use, speaker);
    const params = { quoteId: use.quote };
    const wording = 'We meet on Tuesdays, all of us.';
    await trial.calls.call(
      'POST /api/quotes/:quoteId/answers',
      { ask, use: use.use, speakerId: speaker, kind: 'correction-proposed', wording, evidence: PHONE },
      params,
    );
    const accepted = await trial.calls.call(
      'POST /api/quotes/:quoteId/asks/:askId/correction',
      { decided: 'accepted' },
      { ...params, askId: ask },
    );
    expect(accepted.textChanged).toBe(true);
    expect(accepted.quote.uses[0]?.wording).toBe(wording);
    expect(standings(accepted.quote)).toEqual(['verified']);
  });
});
