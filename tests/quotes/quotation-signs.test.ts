import { describe, expect, it } from 'vitest';
import { afterSigns, bareWords, beforeSigns } from '../../shared/quotes/quotation-signs.ts';

describe('signs around words that are shown between signs', () => {
  it.each([
    ['She said: “', 'She said:'],
    ['She said, "', 'She said,'],
    ['“ “', ''],
    ['Sie sagte: „', 'Sie sagte:'],
    // these close what others said
    ['He said “no”', 'He said “no”'],
    ['He said "no."', 'He said "no."'],
    ['They plan.', 'They plan.'],
  ])('before: %s', (before, shown) => {
    expect(beforeSigns(before)).toBe(shown);
  });

  it.each([
    ['”, and smiled.', ', and smiled.'],
    [',” she said.', 'she said.'],
    ['"', ''],
    ['’s card', '’s card'],
    ['“Next,” he said.', '“Next,” he said.'],
    ['"Next," he said.', '"Next," he said.'],
    ['That is all.', 'That is all.'],
  ])('after: %s', (after, shown) => {
    expect(afterSigns(after)).toBe(shown);
  });

  it('words marked with their own signs are not shown between two pairs', () => {
    expect(bareWords('“Nobody comes in.”')).toBe('Nobody comes in.');
    expect(bareWords('"Nobody"')).toBe('Nobody');
    expect(bareWords('“A” and “B”')).toBe('“A” and “B”');
    expect(bareWords('Nobody')).toBe('Nobody');
  });
});
