import { describe, expect, it } from 'vitest';
import { BOARD_WORDS, boardWord, boardWordOf, STANDING_WORDS } from '../../shared/quotes/board-words.ts';
import type { Consent } from '../../shared/quotes/consent.ts';
import { BLOCK_WORDS, type Publication, publicationBlocks } from '../../shared/quotes/publication.ts';
import type { Standing } from '../../shared/quotes/standing.ts';
import { NAMED, QuoteScene, type Step, speaker, wordsInText } from './quote-scene.ts';

const IT = wordsInText('It worked for us.');
const ELSEWHERE = wordsInText(IT.wording, {
  use: 'u2',
  context: { before: 'The head said:', between: [], after: 'So.' },
});
const WIDE: Consent = { channels: ['print', 'web', 'talks'], until: null, naming: 'name-and-role' };

function verified(...speakers: string[]): QuoteScene {
  const scene = new QuoteScene(...speakers);
  for (const id of speakers) {
    scene.ask(`a-${id}`, IT, id).answer('confirmed', `a-${id}`, id);
    scene.must({ kind: 'consented', speaker: id, from: 'speaker', consent: WIDE, by: speaker(id) });
  }
  return scene;
}

describe('how words in the text stand', () => {
  it('[QUOTE-2] a copy elsewhere matches on its own: the same words, shown among others', () => {
    const scene = verified('s1');
    expect(scene.standing(IT)).toBe('verified');
    expect(scene.standing(ELSEWHERE)).toBe('context-changed');
    expect(scene.standing({ ...ELSEWHERE, context: IT.context })).toBe('verified');
    expect(scene.standing(wordsInText('It worked.', { use: 'u2' }))).toBe('captured');
  });

  it('[QUOTE-2] [NAME-1] another way of naming the speaker ends it, and the agreed one restores it', () => {
    const scene = verified('s1');
    scene.attributions.set('s1', { ...NAMED, text: 'Ada Bell, head' });
    expect(scene.standing(IT)).toBe('attribution-changed');
    scene.attributions.set('s1', { naming: 'anonymous', text: NAMED.text });
    expect(scene.standing(IT)).toBe('attribution-changed');
    scene.attributions.set('s1', { ...NAMED, text: ' Ada  Bell, headteacher' });
    expect(scene.standing(IT)).toBe('verified');
  });

  it('[QUOTE-7] an editor may find other surroundings fair, these and no others, with a reason', () => {
    const scene = verified('s1');
    const fair = (reason: string, at = ELSEWHERE): Step => ({
      ...{ kind: 'found-fair', speaker: 's1', shown: scene.shown(at), reason },
    });
    expect(scene.do(fair(' '))).toBe('no-reason');
    expect(scene.do(fair('x', wordsInText('It failed.')))).toBe('never-verified');
    scene.must(fair('Only a heading is new.'));
    expect(scene.standing(ELSEWHERE)).toBe('verified');
    const after = { ...ELSEWHERE, context: { ...ELSEWHERE.context, after: 'Or not.' } };
    expect(scene.standing(after)).toBe('context-changed');
    expect(scene.standing({ ...ELSEWHERE, use: 'u3' })).toBe('context-changed');
  });

  it('[QUOTE-7] what tells more closely who they are always asks again, whatever an editor found', () => {
    const scene = verified('s1');
    scene.must({ kind: 'found-fair', speaker: 's1', shown: scene.shown(ELSEWHERE), reason: 'Nothing new.' });
    scene.identifying = ['head'];
    expect(scene.standing(ELSEWHERE)).toBe('context-closer');
    scene.facts = { ...scene.facts, isCloser: true };
    const again: Step = { kind: 'found-fair', speaker: 's1', shown: scene.shown(ELSEWHERE), reason: 'x' };
    expect(scene.do(again)).toBe('asks-again');
    scene.ask('a2', ELSEWHERE);
    expect(scene.standing(ELSEWHERE)).toBe('sent');
    scene.answer('confirmed', 'a2');
    expect(scene.standing(ELSEWHERE)).toBe('verified');
    expect(scene.standing(IT), 'and there as before').toBe('verified');
  });

  it('[ERASE-1] words that were erased verify nothing', () => {
    const scene = verified('s1');
    for (const part of ['wording', 'context', 'attribution'] as const) {
      const [one] = scene.record.verifications;
      if (!one) throw new Error('nothing verified');
      const erased = { ...scene.record, verifications: [{ ...one, shown: { ...one.shown, [part]: null } }] };
      const other = new QuoteScene();
      other.record = erased;
      expect(other.standing(IT), part).not.toBe('verified');
    }
  });

  it('of an exchange, waits for all who speak in it', () => {
    const scene = new QuoteScene('s1', 's2');
    const word = () => boardWordOf(scene.record, scene.present(IT));
    expect(word()).toBe('to-send');
    scene.ask('a1', IT, 's1');
    expect(word()).toBe('to-send');
    scene.ask('a2', IT, 's2').answer('confirmed', 'a1', 's1');
    expect(word()).toBe('waiting');
    scene.answer('confirmed', 'a2', 's2');
    expect(word()).toBe('confirmed');
    scene.answer('disputed', 'a2', 's2');
    expect(word()).toBe('needs-you');
    scene.answer('declined', 'a2', 's2');
    expect(word()).toBe('not-used');
    expect(boardWordOf(scene.record, scene.present())).toBe('not-used');
  });

  it('has one of five words, and says what it means', () => {
    for (const standing of Object.keys(STANDING_WORDS) as Standing[]) {
      expect(BOARD_WORDS[boardWord(standing)]).toMatch(/^[A-Z]/);
      if (standing !== 'verified') expect(BLOCK_WORDS[standing]).toMatch(/\.$/);
    }
    expect(boardWord('verified')).toBe('confirmed');
  });
});

describe('[QUOTE-3] what keeps a text from being published', () => {
  const print: Publication = { channel: 'print', at: 1_000, age: () => 'sixteen-or-over' };
  const reasons = (scene: QuoteScene, where = print, ...uses: (typeof IT)[]) =>
    publicationBlocks(scene.record, scene.present(...(uses.length > 0 ? uses : [IT])), where).map(
      ({ use, speaker: id, reason }) => `${use} ${id} ${reason}`,
    );

  it('is every use that is not verified, for each of its speakers', () => {
    const scene = verified('s1', 's2');
    expect(reasons(scene)).toEqual([]);
    expect(reasons(scene, print, IT, ELSEWHERE)).toEqual(['u2 s1 context-changed', 'u2 s2 context-changed']);
    expect(publicationBlocks(scene.record, scene.present(), print)).toEqual([]);
    expect(publicationBlocks(null, scene.present(IT), print)).toMatchObject([{ reason: 'no-record' }]);
    scene.answer('disputed', 'a-s2', 's2');
    expect(reasons(scene)).toEqual(['u1 s2 disputed']);
    scene.must({ kind: 'set-aside' });
    expect(reasons(scene)).toEqual(['u1 s1 set-aside', 'u1 s2 set-aside']);
    scene.must({ kind: 'taken-up' }, { kind: 'withdrawn', speaker: 's1', from: 'speaker', by: speaker() });
    expect(reasons(scene)).toEqual(['u1 s1 withdrawn', 'u1 s2 withdrawn']);
  });

  it('is consent that is missing, over, or for something else', () => {
    const scene = verified('s1');
    const consent = (more: Partial<Consent>) =>
      scene.must({
        ...{ kind: 'consented', speaker: 's1', from: 'speaker', by: speaker() },
        consent: { ...WIDE, ...more },
      });
    consent({ until: 999 });
    expect(reasons(scene)).toEqual(['u1 s1 consent-ended']);
    consent({ until: 1_000 });
    expect(reasons(scene)).toEqual([]);
    consent({ channels: ['web'] });
    expect(reasons(scene)).toEqual(['u1 s1 consent-channel']);
    consent({ naming: 'role-only' });
    expect(reasons(scene)).toEqual(['u1 s1 consent-naming']);
    const never = new QuoteScene('s1').ask('a1', IT).answer('confirmed', 'a1');
    expect(reasons(never)).toEqual(['u1 s1 consent-missing']);
  });

  it('is a child whose parent or carer has not agreed to the same', () => {
    const scene = verified('s1');
    const child: Publication = { ...print, age: () => 'under-sixteen' };
    scene.age('under-sixteen');
    expect(reasons(scene, child)).toEqual(['u1 s1 consent-guardian-missing']);
    const guardian = (consent: Consent) =>
      scene.must({
        ...{ kind: 'consented', speaker: 's1', from: 'guardian', consent },
        by: { who: 'guardian', of: 's1' },
      });
    guardian({ ...WIDE, naming: 'anonymous' });
    expect(reasons(scene, child)).toEqual(['u1 s1 consent-naming']);
    guardian({ ...WIDE, channels: ['web'] });
    expect(reasons(scene, child)).toEqual(['u1 s1 consent-channel']);
    guardian(WIDE);
    expect(reasons(scene, child)).toEqual([]);
  });
});
