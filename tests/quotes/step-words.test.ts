import { expect, it } from 'vitest';
import type { Consent } from '../../shared/quotes/consent.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { stepWords } from '../../shared/quotes/step-words.ts';

const consented = (consent: Consent, from: 'speaker' | 'guardian' = 'speaker'): QuoteEvent => ({
  kind: 'consented',
  at: 0,
  by: { who: 'speaker', id: 's1' },
  speaker: 's1',
  from,
  consent,
});

it('[QUOTE-6] a step tells where words may appear, how they are named there, and until when', () => {
  const name = () => 'the speaker';
  expect(stepWords(consented({ channels: ['print', 'web'], naming: 'role-only', until: null }), name)).toBe(
    'The speaker said that the words may appear in the printed booklet and on the web, with the role alone',
  );
  const until = Date.UTC(2027, 5, 30);
  expect(stepWords(consented({ channels: ['talks'], naming: 'anonymous', until }, 'guardian'), name)).toBe(
    'A parent or carer of the speaker said that the words may appear in talks and training, without name or role, until 30 June 2027',
  );
  expect(stepWords(consented({ channels: [], naming: 'role-only', until: null }), name)).toBe(
    'The speaker said that the words may appear nowhere yet',
  );
});
