import fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectedAt } from '../../client/comments/selected-words.ts';
import { schoolCopy } from '../../server/comments/school-copy.ts';
import { type AnchoredText, anchoredText, type SelectedWords } from '../../shared/document/anchors.ts';
import { drawnText } from '../../shared/document/drawn-text.ts';
import { flattenText, type Place } from '../../shared/document/flat-text.ts';
import { withheld } from '../../shared/document/quote-runs.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { withoutSuggestions } from '../../shared/document/refusing.ts';

const suggested = (name: string, more = {}) => ({
  type: name,
  attrs: { id: 's', author: 'ann', at: 5, ...more },
});
const anchored = { type: 'anchor', attrs: { id: 'a' } };
const quoted = (use: string) => ({ type: 'quote', attrs: { quote: 'q', use } });

const KINDS = ['plain', 'anchored', 'suggested', 'deleted', 'name', 'break', 'held', 'line'] as const;
type Kind = (typeof KINDS)[number];

/** @param said the words that are held back */
function textOf(kinds: readonly Kind[], said: string): ProseMirrorJson {
  const lines: ProseMirrorJson[][] = [[]];
  const add = (node: ProseMirrorJson) => lines.at(-1)?.push(node);
  for (const [at, kind] of kinds.entries()) {
    const words = (marks: ProseMirrorJson['marks']) =>
      add({ type: 'text', text: `word${at} of all `, marks });
    if (kind === 'plain') words([]);
    else if (kind === 'anchored') words([anchored]);
    else if (kind === 'suggested') words([suggested('insertion')]);
    else if (kind === 'deleted') words([suggested('deletion', { words: `word${at} of all ` })]);
    else if (kind === 'name') add({ type: 'reference', attrs: { kind: 'school', id: 'h' } });
    else if (kind === 'break') add({ type: 'hardBreak' });
    else if (kind === 'held') add({ type: 'text', text: said, marks: [quoted(`use-${at}`), anchored] });
    else lines.push([]);
  }
  return { type: 'doc', content: lines.map((content) => ({ type: 'paragraph', content })) };
}

const draw = () => 'Hillside School';
const hold = (json: ProseMirrorJson) => withheld(json, () => true);
/** As the page of somebody at a school has it. */
const onPage = (json: ProseMirrorJson) => anchoredText(hold(drawnText(withoutSuggestions(json), draw)));

it('[ACCESS-5] [REVIEW-3] what is selected in a copy is found in the text, whatever is held back there', () => {
  const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(kinds, fc.nat(400), fc.nat(400), fc.string({ minLength: 1 }), (all, one, other, said) => {
      const json = textOf(all, 'it was dreadful');
      const page = onPage(json);
      const size = page.flat.text.length;
      const [from, to] = [Math.min(one, other) % (size + 1), Math.max(one, other) % (size + 1)];
      const selected = selectedOn(page, { from, to: Math.max(from, to) });
      if (!selected) return;
      const copy = schoolCopy(json, draw, hold);
      const found = copy.find(selected);
      expect(found).not.toBeNull();
      if (!found) return;
      expect(found.quote).not.toContain('Hillside');
      expect(copy.text.plain).toContain(found.quote);
      if (!all.includes('held')) expect(wordsAt(json, found.place)).toBe(found.quote);

      const others = schoolCopy(textOf(all, said), draw, hold);
      expect(others.find(selected)?.quote).toBe(found.quote);
      expect(others.text).toEqual(copy.text);
    }),
    { seed: 20261128, numRuns: 400 },
  );
});

it('[ACCESS-5] words around a quote that is held back stand around it in the text', () => {
  const json = textOf(['plain', 'held', 'plain'], 'it was dreadful');
  const page = onPage(json);
  const selected = selectedOn(page, { from: 9, to: page.flat.text.length - 9 });
  const found = selected && schoolCopy(json, draw, hold).find(selected);
  expect(found && wordsAt(json, found.place)).toBe('all it was dreadfulword2');
});

function selectedOn(page: AnchoredText, place: Place): SelectedWords | null {
  const words = selectedAt(page, place);
  return words && { ...words, occurrence: words.occurrence ?? 0 };
}

function wordsAt(json: ProseMirrorJson, { from, to }: Place): string {
  const { text, runs } = flattenText(json);
  return runs
    .filter((run) => !run.suggested)
    .map((run) => text.slice(Math.max(from, run.from), Math.max(from, Math.min(to, run.to))))
    .join('')
    .replace(/\s+/gu, ' ')
    .trim();
}
