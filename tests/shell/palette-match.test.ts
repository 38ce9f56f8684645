import { describe, expect, it } from 'vitest';
import type { PaletteAction } from '../../client/ui/palette.ts';
import { matchingActions } from '../../client/ui/palette-match.ts';

const action = (label: string, more: Partial<PaletteAction> = {}): PaletteAction => ({
  id: label,
  label,
  group: 'Cases',
  run: () => {},
  ...more,
});
const found = (actions: readonly PaletteAction[], sought: string): string[] =>
  matchingActions(actions, sought).map(({ label }) => label);

describe('the palette', () => {
  const all = [
    action('Questions before answers', { hint: 'Bexmoor High' }),
    action('Everyone coaches', { hint: 'St Brannoc’s' }),
    action('2.4 Observing', { group: 'Sections' }),
    action('Framework', { group: 'Pages', also: 'questions prompts' }),
    action('École du Nord'),
  ];

  it('offers all in the given order while nothing is sought', () => {
    expect(found(all, '  ')).toEqual(all.map(({ label }) => label));
  });

  it('finds by the beginning of any word of label, hint, group and further words, best first', () => {
    expect(found(all, 'que')).toEqual(['Questions before answers', 'Framework']);
    expect(found(all, 'high')).toEqual(['Questions before answers']);
    expect(found(all, 'sect')).toEqual(['2.4 Observing']);
    expect(found(all, '2.4')).toEqual(['2.4 Observing']);
    expect(found(all, 'uestions')).toEqual([]);
  });

  it('wants every word that is sought, in any order', () => {
    expect(found(all, 'answers quest')).toEqual(['Questions before answers']);
    expect(found(all, 'answers framework')).toEqual([]);
  });

  it('asks for neither accents nor capitals', () => {
    expect(found(all, 'ECOLE')).toEqual(['École du Nord']);
  });

  it('shows no more than can be looked through', () => {
    const many = Array.from({ length: 500 }, (_, index) => action(`Case ${index}`));
    expect(matchingActions(many, '').length).toBe(40);
    expect(matchingActions(many, 'case').length).toBe(40);
  });
});
