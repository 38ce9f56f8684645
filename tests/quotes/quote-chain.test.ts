import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalStepDetail,
  followChain,
  nextStep,
  type QuoteStep,
  type QuoteWords,
} from '../../shared/quotes/quote-chain.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { recordOf } from '../../shared/quotes/quote-record.ts';
import { eventOfStep, stepParts } from '../../shared/quotes/quote-step.ts';
import type { QuoteSource } from '../../shared/quotes/source.ts';
import { seededRandomness } from '../support/randomness.ts';
import { MEMBER, QuoteScene, SERVER, speaker, wordsInText } from './quote-scene.ts';

const SEED = 20261127;
const IT = wordsInText('It worked for us.', { context: { before: 'She said:', between: ['um'], after: '' } });

/** Every kind of step, once at least. */
function everyStep(): readonly QuoteEvent[] {
  const scene = new QuoteScene('s1', 's2', 's3');
  scene.facts = { ...scene.facts, age: (id) => (id === 's3' ? 'under-sixteen' : 'sixteen-or-over') };
  scene.ask('a1', IT);
  scene.must(
    { kind: 'opened', ask: 'a1', by: speaker() },
    { kind: 'reminded', ask: 'a1', day: 3, by: SERVER },
  );
  scene.answer('correction-proposed', 'a1', 's1', 'It helped us.');
  scene.must({ kind: 'correction-returned', ask: 'a1' });
  scene.answer('correction-proposed', 'a1', 's1', 'It helped us all.');
  scene.must({ kind: 'correction-accepted', ask: 'a1' });
  scene.answer('disputed', 'a1').answer('confirmed', 'a1');
  const other = wordsInText(IT.wording, { use: 'u2' });
  const consent = { channels: ['print', 'web'], until: 5, naming: 'role-only' } as const;
  scene.must(
    { kind: 'found-fair', speaker: 's1', shown: scene.shown(other), reason: 'Only a comma.' },
    { kind: 'consented', speaker: 's1', from: 'speaker', consent, by: speaker() },
    {
      ...{ kind: 'consented', speaker: 's2', from: 'speaker', by: MEMBER },
      ...{
        consent: { ...consent, until: null, channels: [] },
        evidence: { how: 'phone', note: 'Monday, 3 p.m.' },
      },
    },
    scene.sending('a2', IT, 's2'),
    { kind: 'declined', ask: 'a2', by: MEMBER, evidence: { how: 'paper', note: 'sheet 4' } },
    scene.sending('a3', other),
    { kind: 'recalled', ask: 'a3' },
    {
      ...{ kind: 'guardian-asked', ask: 'g1', speaker: 's3', shown: scene.shown(other, 's3') },
      lapsesAt: scene.at + 1e9,
    },
    { kind: 'opened', ask: 'g1', by: { who: 'guardian', of: 's3' } },
    { kind: 'source-changed', parts: ['how', 'source'], before: NOTED, after: NOTED_LATER },
    scene.sending('a4', other),
  );
  scene.at += 1e10;
  scene.must(
    { kind: 'lapsed', ask: 'a4', by: SERVER },
    { kind: 'set-aside' },
    { kind: 'taken-up' },
    { kind: 'withdrawn', speaker: 's1', from: 'speaker', by: speaker() },
  );
  return scene.events;
}

const NOTED: QuoteSource = {
  ...{ how: 'interview', saidOn: '2026-11-02', source: '', original: 'It, er, helped.' },
  ...{ language: '', translated: false },
};
const NOTED_LATER: QuoteSource = { ...NOTED, how: 'recording', source: 'Recording 2, 14:05' };

function kept(events: readonly QuoteEvent[], seed = SEED) {
  const random = seededRandomness(seed);
  const salt = () => Buffer.from(random.bytes(32)).toString('hex');
  const steps: QuoteStep[] = [];
  const words = new Map<number, readonly QuoteWords[]>();
  for (const event of events) {
    const parts = stepParts(event);
    const salted = parts.words.map((one) => ({ ...one, salt: salt() }));
    steps.push(nextStep(steps.at(-1) ?? null, { quoteId: 'q1', ...parts.step }, salted));
    words.set(steps.length, salted);
  }
  return { steps, words };
}

const events = everyStep();

describe('[QUOTE-6] the record of a quote', () => {
  it('keeps every kind of step, and gives each back as it was', () => {
    const { steps, words } = kept(events);
    expect(new Set(events.map(({ kind }) => kind)).size).toBe(20);
    const back = steps.map((step) => eventOfStep(step, words.get(step.seq) ?? []));
    expect(back).toEqual(events);
    expect(recordOf(back)).toEqual(recordOf(events));
    expect(followChain(steps, words, steps.at(-1))).toBeNull();
  });

  it('is hashed byte by byte as it says', () => {
    const [first] = kept([{ at: 7, by: MEMBER, kind: 'checked', wording: 'Ja “ü”' }], 1).steps;
    const [word] = kept([{ at: 7, by: MEMBER, kind: 'checked', wording: 'Ja “ü”' }], 1).words.get(1) ?? [];
    const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
    const hash = sha(`["casebook.quote-words.1","q1",1,"wording","${word?.salt}","Ja “ü”"]`);
    expect(first?.words).toEqual({ wording: hash });
    expect(first?.hash).toBe(
      sha(
        `["casebook.quote.1","q1",1,7,"checked","member","m1","{}",[["wording","${hash}"]],"${'0'.repeat(64)}"]`,
      ),
    );
  });

  it('[ERASE-1] holds without the words, has none of them itself, and verifies nothing any more', () => {
    const { steps } = kept(events);
    expect(followChain(steps, new Map(), steps.at(-1))).toBeNull();
    expect(JSON.stringify(steps)).not.toMatch(/worked|helped|She said|Ada|comma|Monday|sheet/);
    const record = recordOf(steps.map((step) => eventOfStep(step, [])));
    const scene = new QuoteScene();
    scene.record = { ...record, withdrawn: new Set() };
    expect(scene.standing(IT)).not.toBe('verified');
    // the same words with other salts are other hashes
    const [one, other] = [kept(events, 1), kept(events, 2)].map(({ steps: [, two] }) => two?.words.wording);
    expect(one).not.toBe(other);
  });

  it(`names the first step that was changed, taken out, put in or moved (seed ${SEED})`, () => {
    const { steps, words } = kept(events);
    const last = steps.at(-1) as QuoteStep;
    const place = fc.nat(steps.length - 1);
    const fields = fc.constantFrom('seq', 'at', 'kind', 'who', 'whoId', 'detail', 'hash', 'quoteId');
    fc.assert(
      fc.property(place, fields, (at, field) => {
        const forged = steps.map((step, index) =>
          index === at ? { ...step, [field]: typeof step[field as 'at'] === 'number' ? 99 : 'x' } : step,
        );
        const broken = followChain(forged, words, last)?.seq ?? Number.NaN;
        expect(broken).toBeLessThanOrEqual(field === 'quoteId' && at === 0 ? 2 : at + 1);
      }),
      { seed: SEED, numRuns: 200 },
    );
    fc.assert(
      fc.property(place, place, (from, to) => {
        const moved = [...steps];
        const [step] = moved.splice(from, 1);
        expect(followChain(moved, words, last)).not.toBeNull();
        moved.splice(to, 0, step as QuoteStep);
        expect(followChain(moved, words, last) === null).toBe(from === to);
      }),
      { seed: SEED, numRuns: 200 },
    );
    for (const [seq, parts] of words) {
      for (const [at, one] of parts.entries()) {
        const other = parts.map((part, index) => (index === at ? { ...one, text: `${one.text}.` } : part));
        expect(followChain(steps, new Map([...words, [seq, other]]), last)).toEqual({ seq, what: 'words' });
      }
    }
  });

  it('takes no words of people in the clear, and no step or salt that is none', () => {
    expect(() => canonicalStepDetail({ note: 'two words' })).toThrow('holds no words');
    expect(() => canonicalStepDetail({ day: 1.5 })).toThrow('holds no words');
    const step = { quoteId: 'q1', at: 1, kind: 'checked', who: 'member', whoId: 'm', detail: '{}' };
    expect(() => nextStep(null, step, [{ part: 'wording', salt: '', text: 'x' }])).toThrow('salt');
    const first = nextStep(null, step, []);
    expect(() => nextStep(first, { ...step, quoteId: 'q2' }, [])).toThrow('another quote');
    expect(() => eventOfStep({ ...first, who: 'nobody' }, [])).toThrow('by nobody');
    expect(() => eventOfStep({ ...first, kind: 'made-up' }, [])).toThrow('cannot be read');
    expect(() => eventOfStep({ ...first, kind: 'sent' }, [])).toThrow('cannot be read');
  });
});
