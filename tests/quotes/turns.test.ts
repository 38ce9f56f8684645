import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { eventOfStep, stepParts } from '../../shared/quotes/quote-step.ts';
import { linesOf, turnsFault, turnsShown, withOwnTurns } from '../../shared/quotes/turns.ts';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from './quotes-on-trial.ts';

const LINES = ['We tried it once.', 'Twice!', 'Twice, then.'];

describe('[QUOTE-1] turns of an exchange', () => {
  const record = { speakers: ['amal', 'bo'], turns: [0, 1, 0] };

  it('are those of one speaker or of the others, and of nobody once the text has other lines', () => {
    expect(turnsShown(record, { parts: LINES }, 'bo')?.map(({ own }) => own)).toEqual([false, true, false]);
    expect(turnsShown(record, { parts: [...LINES, ' '] }, 'amal')?.length).toBe(3);
    expect(turnsShown(record, { parts: LINES.slice(1) }, 'bo')).toBeNull();
    expect(turnsShown(record, {}, 'bo')).toBeNull();
    expect(turnsShown({ ...record, turns: null }, { parts: LINES }, 'bo')).toBeNull();
  });

  it('give every line a speaker, and every speaker a line', () => {
    expect(turnsFault([0, 1, 0], 2)).toBeNull();
    expect(turnsFault([0, 0, 0], 2)).toBe('silent');
    expect(turnsFault([0, 2, 1], 2)).toBe('nobody');
    expect(turnsFault(new Array(50).fill(0), 1)).toBe('too-many');
    expect(linesOf(' One.\n\n  Two. \n')).toEqual(['One.', 'Two.']);
  });

  it('are corrected alone: no word of anybody else changes', () => {
    const turns = LINES.map((words, at) => ({ own: at !== 1, words }));
    const wording = LINES.join(' ');
    expect(withOwnTurns(wording, turns, ['We tried.', 'Twice, yes.'])).toBe('We tried. Twice! Twice, yes.');
    expect(withOwnTurns(wording, turns, [])).toBe(wording);
  });

  it('[QUOTE-6] stand in the chain by number, and what was shown beside its salt', () => {
    const by = { who: 'member', id: 'm' } as const;
    const shown = {
      ...{ use: 'u', wording: 'a b', context: { before: '', between: [], after: '' }, attribution: null },
      turns: [
        { own: true, words: 'a' },
        { own: false, words: 'b' },
      ],
    };
    const sent = {
      kind: 'sent',
      at: 1,
      by,
      ask: 'k',
      speaker: 's',
      way: 'link',
      shown,
      lapsesAt: 2,
    } as const;
    const captured = { kind: 'captured', at: 1, by, speakers: ['s', 't'], turns: [0, 1] } as const;
    for (const event of [sent, captured]) {
      const { step, words } = stepParts(event);
      expect(step.detail).not.toContain('"a"');
      const hashes = Object.fromEntries(words.map(({ part }) => [part, '']));
      const kept = { ...step, quoteId: 'q', seq: 1, words: hashes, hash: '' };
      expect(eventOfStep(kept, words)).toEqual(event);
      if (event === sent) expect(eventOfStep(kept, [])).toMatchObject({ shown: { turns: null } });
    }
  });
});

describe('on a whole service', () => {
  let trial: QuotesOnTrial;
  beforeAll(async () => {
    trial = await quotesOnTrial();
  });
  afterAll(() => trial.close());

  it('[QUOTE-3] each is shown their own among the others’, and all are needed', async () => {
    const use = { quote: newId(), use: newId() };
    const amal = await trial.speaker('Amal Haddad');
    const bo = await trial.speaker('Bo Berg', { role: 'Mentor' });
    await trial.service.writing.edit(trial.blockId, trial.lead, (doc) => {
      for (const line of LINES) {
        const paragraph = new Y.XmlElement('paragraph');
        const text = new Y.XmlText();
        doc.getXmlFragment(CONTENT).push([paragraph]);
        paragraph.push([text]);
        text.insert(0, line, { [quoteKey(use)]: { ...use } });
      }
    });
    const wording = LINES.join('\n');
    const wanted = {
      ...{ id: use.quote, use: use.use, blockId: trial.blockId, speakerIds: [amal, bo] },
      ...{ how: 'interview' as const, wording, checked: true },
    };
    const capture = (turns: readonly number[]) =>
      trial.calls.ask(
        'POST /api/cases/:caseId/quotes',
        { ...wanted, turns: [...turns], speakerIds: [amal, bo] },
        {
          caseId: trial.caseId,
        },
      );
    expect((await capture([0, 0, 0])).status).toBe(409);
    expect((await capture([0, 1, 0])).status).toBe(200);
    expect((await capture([0, 1, 0])).status).toBe(200);
    expect((await capture([1, 0, 1])).status).toBe(409);
    const evidence = { how: 'phone', note: 'Called on Monday.' } as const;
    for (const [speakerId, own] of [
      [amal, [true, false, true]],
      [bo, [false, true, false]],
    ] as const) {
      const { ask } = await trial.ask(use, speakerId);
      const whole = await trial.calls.call('GET /api/quotes/:quoteId', undefined, { quoteId: use.quote });
      const sent = whole.steps.find(({ event }) => event.kind === 'sent' && event.ask === ask)?.event;
      expect(sent).toMatchObject({ shown: { turns: LINES.map((words, at) => ({ own: own[at], words })) } });
      const answer = {
        ask,
        use: use.use,
        speakerId,
        kind: 'confirmed',
        evidence,
        seen: await trial.seen(use),
      } as const;
      await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: use.quote });
      const { word } = await trial.quote(use.quote);
      expect(word === 'confirmed').toBe(speakerId === bo);
    }
    expect(standings(await trial.quote(use.quote))).toEqual(['verified', 'verified']);
    await trial.retype(use, 'Twice!', 'Thrice!');
    expect(standings(await trial.quote(use.quote))).toEqual(['changed', 'changed']);
  });
});
