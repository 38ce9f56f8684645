import { describe, expect, it } from 'vitest';
import { MOST_WORDING } from '../../shared/document/wording-form.ts';
import { DAY, MEMBER, QuoteScene, SERVER, type Step, speaker, wordsInText } from './quote-scene.ts';

const IT = wordsInText('It worked for us.');
const answers = ['confirmed', 'disputed', 'declined'] as const;

describe('a quote, step by step', () => {
  it('is captured, checked, sent, opened, verified', () => {
    const scene = new QuoteScene('s1');
    expect(scene.standing(IT)).toBe('captured');
    expect(scene.do(scene.sending('a1', IT))).toBe('not-checked');
    scene.must({ kind: 'checked', wording: IT.wording });
    expect(scene.standing(IT)).toBe('checked');
    scene.must(scene.sending('a1', IT));
    expect(scene.standing(IT)).toBe('sent');
    scene.must({ kind: 'opened', ask: 'a1', by: speaker() });
    expect(scene.standing(IT)).toBe('opened');
    scene.answer('confirmed', 'a1');
    expect(scene.standing(IT)).toBe('verified');
  });

  it('[QUOTE-1] only its speaker answers, or a member with evidence', () => {
    for (const kind of answers) {
      const scene = new QuoteScene('s1', 's2').ask('a1', IT);
      const said = (more: object) => scene.do({ kind, ask: 'a1', ...more } as Step);
      expect(said({ by: speaker('s2') })).toBe('not-the-speaker');
      expect(said({ by: SERVER })).toBe('not-the-speaker');
      expect(said({ by: { who: 'guardian', of: 's1' } })).toBe('not-the-speaker');
      expect(said({ by: MEMBER })).toBe('no-evidence');
      expect(said({ by: MEMBER, evidence: { how: 'phone', note: ' ' } })).toBe('no-evidence');
      expect(scene.standing(IT)).toBe('sent');
      expect(said({ by: MEMBER, evidence: { how: 'paper', note: 'sheet 4' } })).toBeNull();
    }
  });

  it('[QUOTE-4] opening changes nothing, however often', () => {
    const scene = new QuoteScene('s1').ask('a1', IT);
    for (let times = 0; times < 3; times += 1) scene.must({ kind: 'opened', ask: 'a1', by: speaker() });
    expect(scene.standing(IT)).toBe('opened');
    expect(scene.record.verifications).toEqual([]);
  });

  it('[QUOTE-5] silence lapses, and is no answer; after that none is taken', () => {
    const scene = new QuoteScene('s1').ask('a1', IT);
    const lapse: Step = { kind: 'lapsed', ask: 'a1', by: SERVER };
    expect(scene.do({ ...lapse, by: MEMBER })).toBe('not-the-server');
    expect(scene.do(lapse)).toBe('too-early');
    scene.at += 21 * DAY;
    scene.must(lapse);
    expect(scene.standing(IT)).toBe('lapsed');
    expect(scene.do({ kind: 'confirmed', ask: 'a1', by: speaker() })).toBe('lapsed');
    scene.ask('a2', IT);
    expect(scene.standing(IT)).toBe('sent');
  });

  it('a correction taken up letter for letter is verified without asking again, and no other', () => {
    const scene = new QuoteScene('s1')
      .ask('a1', IT)
      .answer('correction-proposed', 'a1', 's1', 'It helped us.');
    const corrected = wordsInText('It helped  us.');
    expect(scene.standing(IT)).toBe('correction-proposed');
    expect(scene.standing(corrected)).toBe('correction-proposed');
    scene.must({ kind: 'correction-accepted', ask: 'a1' });
    expect(scene.standing(IT)).toBe('changed');
    expect(scene.standing(corrected)).toBe('verified');
    expect(scene.standing(wordsInText('It helped us!'))).toBe('changed');
    expect(scene.do({ kind: 'correction-returned', ask: 'a1' })).toBe('no-correction');
  });

  it('a correction of one is not taken up once another has taken the words back', () => {
    const scene = new QuoteScene('s1', 's2')
      .ask('a1', IT)
      .answer('correction-proposed', 'a1', 's1', 'It helped us.');
    scene.must({ kind: 'withdrawn', speaker: 's2', from: 'speaker', by: speaker('s2') });
    expect(scene.do({ kind: 'correction-accepted', ask: 'a1' })).toBe('withdrawn');
    expect(scene.do({ kind: 'correction-returned', ask: 'a1' })).toBe('withdrawn');
  });

  it('a correction that is not taken up leads back to words that the speaker is asked about', () => {
    const scene = new QuoteScene('s1')
      .ask('a1', IT)
      .answer('correction-proposed', 'a1', 's1', 'It helped us.');
    scene.must({ kind: 'correction-returned', ask: 'a1' });
    expect(scene.standing(IT)).toBe('checked');
    expect(scene.standing(wordsInText('It helped us.'))).toBe('captured');
    scene.ask('a2', IT).answer('confirmed', 'a2');
    expect(scene.standing(IT)).toBe('verified');
  });

  it('what is disputed is not sent again in the same words', () => {
    const scene = new QuoteScene('s1').ask('a1', IT).answer('disputed', 'a1');
    expect(scene.standing(IT)).toBe('disputed');
    expect(scene.do(scene.sending('a2', IT))).toBe('disputed');
    const other = wordsInText('Some of it worked.');
    expect(scene.standing(other)).toBe('captured');
    scene.ask('a2', other).answer('confirmed', 'a2');
    expect(scene.standing(other)).toBe('verified');
    expect(scene.standing(IT)).not.toBe('verified');
  });

  it('what is declined or withdrawn is not sent again, and nothing of it holds', () => {
    const scene = new QuoteScene('s1').ask('a1', IT).answer('confirmed', 'a1').answer('declined', 'a1');
    expect(scene.standing(IT)).toBe('declined');
    expect(scene.do(scene.sending('a2', IT))).toBe('declined');
    scene.answer('confirmed', 'a1');
    expect(scene.standing(IT), 'a mind can be changed').toBe('verified');
    scene.must({ kind: 'withdrawn', speaker: 's1', from: 'speaker', by: speaker() });
    expect(scene.standing(IT)).toBe('withdrawn');
    expect(scene.do(scene.sending('a2', IT))).toBe('withdrawn');
    expect(scene.do({ kind: 'confirmed', ask: 'a1', by: speaker() })).toBe('withdrawn');
  });

  it('a newer question about the same place ends the one before', () => {
    const scene = new QuoteScene('s1').ask('a1', IT);
    expect(scene.do(scene.sending('a2', IT))).toBe('already-asked');
    const other = wordsInText('It worked well for us.');
    expect(scene.standing(other)).toBe('changed');
    scene.ask('a2', other);
    expect(scene.do({ kind: 'confirmed', ask: 'a1', by: speaker() })).toBe('replaced');
    expect(scene.standing(other)).toBe('sent');
    scene.must({ kind: 'recalled', ask: 'a2' });
    expect(scene.do({ kind: 'confirmed', ask: 'a2', by: speaker() })).toBe('recalled');
    expect(scene.standing(other)).toBe('checked');
  });

  it('[LINK-1] goes by a link to an address of their own alone', () => {
    for (const address of ['shared', 'none'] as const) {
      const scene = new QuoteScene('s1').must({ kind: 'checked', wording: IT.wording });
      scene.facts = { ...scene.facts, address: () => address };
      expect(scene.do(scene.sending('a1', IT))).toBe('no-address');
      expect(scene.do({ ...scene.sending('a1', IT), way: 'phone' } as Step)).toBeNull();
    }
  });

  it.each([
    ['nothing', ' '],
    ['too much', 'a'.repeat(MOST_WORDING + 1)],
    ['what nobody sees', 'It wor\u200bked.'],
    ['what turns words round', 'It \u202eworked.'],
  ])('does not send %s, and takes no such correction', (_what, wording) => {
    const scene = new QuoteScene('s1').must({ kind: 'checked', wording });
    expect(scene.do(scene.sending('a1', wordsInText(wording)))).toBe('not-sendable');
    scene.ask('a2', IT);
    expect(scene.do({ kind: 'correction-proposed', ask: 'a2', wording, by: speaker() })).toMatch(
      /not-sendable|empty-correction/,
    );
  });

  it('below 16, asks a parent or carer first; whose age nobody knows counts as a child', () => {
    for (const age of ['under-sixteen', 'not-known'] as const) {
      const scene = new QuoteScene('s1').must({ kind: 'checked', wording: IT.wording });
      scene.age(age);
      expect(scene.do(scene.sending('a1', IT))).toBe('guardian-first');
      const consent = { channels: ['print'], until: null, naming: 'anonymous' } as const;
      const consented: Step = { kind: 'consented', speaker: 's1', from: 'guardian', consent };
      expect(scene.do({ ...consented, by: speaker() })).toBe('no-guardian');
      expect(scene.do({ ...consented, by: { who: 'guardian', of: 's2' } })).toBe('no-guardian');
      expect(scene.do(consented)).toBe('no-evidence');
      scene.must({ ...consented, by: { who: 'guardian', of: 's1' } }, scene.sending('a1', IT));
      expect(scene.standing(IT)).toBe('sent');
    }
  });

  it('takes no step before it is captured, and the team’s steps from the team alone', () => {
    const empty = new QuoteScene();
    expect(empty.do({ kind: 'checked', wording: 'x' })).toBe('not-captured');
    expect(empty.do({ kind: 'captured', speakers: [] })).toBe('no-speaker');
    const scene = new QuoteScene('s1').ask('a1', IT);
    const team: Step[] = [
      { kind: 'checked', wording: 'x' },
      scene.sending('a2', IT),
      { kind: 'recalled', ask: 'a1' },
      { kind: 'correction-accepted', ask: 'a1' },
      { kind: 'found-fair', speaker: 's1', shown: scene.shown(IT), reason: 'x' },
      { kind: 'set-aside' },
      { kind: 'taken-up' },
    ];
    for (const step of team) expect(scene.do({ ...step, by: speaker() }), step.kind).toBe('not-a-member');
  });
});
