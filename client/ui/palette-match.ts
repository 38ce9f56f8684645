import type { PaletteAction } from './palette.ts';

/** Most entries shown at once; more letters narrow them down. */
const MOST = 40;

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Those actions in which every word sought begins some word, in label order of
 * fit: label before hint before the rest; as given where they fit alike.
 */
export function matchingActions(actions: readonly PaletteAction[], sought: string): readonly PaletteAction[] {
  const words = folded(sought).split(/\s+/).filter(Boolean);
  if (words.length === 0) return actions.slice(0, MOST);
  return actions
    .map((action) => ({ action, fit: fitOf(action, words) }))
    .filter((entry) => entry.fit > 0)
    .sort((one, other) => other.fit - one.fit)
    .slice(0, MOST)
    .map((entry) => entry.action);
}

/** 0: does not fit. Each word counts 4 at the start of the label, 3 at a word of it, 2 in the hint or group, 1 elsewhere. */
function fitOf(action: PaletteAction, words: readonly string[]): number {
  const label = folded(action.label);
  const beside = folded(`${action.hint ?? ''} ${action.group}`);
  const also = folded(action.also ?? '');
  let fit = 0;
  for (const word of words) {
    const one = label.startsWith(word)
      ? 4
      : beginsAWord(label, word)
        ? 3
        : beginsAWord(beside, word)
          ? 2
          : beginsAWord(also, word)
            ? 1
            : 0;
    if (one === 0) return 0;
    fit += one;
  }
  return fit;
}

function beginsAWord(text: string, word: string): boolean {
  return text.split(/[^\p{L}\p{N}.]+/u).some((part) => part.startsWith(word));
}
