import { describe, expect, it } from 'vitest';
import { TAKEN_BACK } from '../../shared/quotes/placeholder.ts';
import { unclaimedPassages } from '../../shared/quotes/unclaimed.ts';

describe('words in quotation marks that are nobody’s quote', () => {
  it('are found in whatever marks they stand, and terms are not', () => {
    expect(
      unclaimedPassages(
        'Amal said “we tried it twice before”. A so-called “learning walk” came.\n' +
          '‘We didn’t know what they wanted from us,’ he said; "nobody told us a thing", and «alors on a recommencé».',
        [],
      ),
    ).toEqual([
      'we tried it twice before',
      'We didn’t know what they wanted from us,',
      'nobody told us a thing',
      'alors on a recommencé',
    ]);
  });

  it('are not those that are quotes, hold one, or stand in one', () => {
    const text = '“We tried it twice before anybody was told.” “It went well, she said, for all of them.”';
    expect(unclaimedPassages(text, ['we tried it twice before anybody was told', 'for all of them'])).toEqual(
      [],
    );
    expect(unclaimedPassages(text, ['something else'])).toHaveLength(2);
  });

  it('are not what stands where words were taken back', () => {
    expect(unclaimedPassages(`She said: “${TAKEN_BACK}” And “${TAKEN_BACK}.”`, [])).toEqual([]);
  });

  it('never reach over lines, nor over a page that a stray mark opens', () => {
    expect(unclaimedPassages('“one two three\nfour five six”', [])).toEqual([]);
    expect(unclaimedPassages(`“${'word '.repeat(2_000)}”`, [])).toEqual([]);
    const began = performance.now();
    unclaimedPassages('“a ‘b "c «d '.repeat(20_000), []);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
