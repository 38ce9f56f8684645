import { BOARD_WORDS } from '../../shared/quotes/board-words.ts';
import type { UseSign } from './quote-part.ts';
import { CLOSING_SIGNS } from './quote-places.ts';

/** Texts that are only read, with words of a quote in them. */
const QUOTED = '.prose:not(.ProseMirror) [data-use]';

/**
 * Says beside quotes how they stand where a text has no editor (yet), as its editor will: nothing
 * moves when that comes. Again on the same text, it changes what has changed.
 * @param signs by use; of one that is not known nothing is said
 */
export function drawStaticChips(root: ParentNode, signs: ReadonlyMap<string, UseSign>): void {
  const last = new Map<string, HTMLElement>();
  for (const words of root.querySelectorAll<HTMLElement>(QUOTED)) {
    const { use = '' } = words.dataset;
    const sign = signs.get(use);
    if (!sign) continue;
    const look = `quoted quoted-${sign.word}`;
    if (words.className !== look) words.className = look;
    last.set(use, words);
  }
  for (const [use, words] of last) {
    const sign = signs.get(use) as UseSign;
    const text = words.closest('.prose') ?? root;
    const drawn = text.querySelector<HTMLElement>(`.quote-chip[data-chip="${CSS.escape(use)}"]`);
    if (drawn) say(drawn, sign);
    else putBehind(words, say(chipFor(use), sign));
  }
}

function chipFor(use: string): HTMLElement {
  const chip = document.createElement('span');
  chip.dataset.chip = use;
  chip.setAttribute('role', 'img');
  return chip;
}

function say(chip: HTMLElement, { word, whose }: UseSign): HTMLElement {
  const look = `quote-chip quote-chip-${word}`;
  const name = `Quote${whose === '' ? '' : ` of ${whose}`}: ${BOARD_WORDS[word]}`;
  if (chip.className !== look) chip.className = look;
  if (chip.dataset.word !== BOARD_WORDS[word]) chip.dataset.word = BOARD_WORDS[word];
  if (chip.getAttribute('aria-label') !== name) chip.setAttribute('aria-label', name);
  return chip;
}

/** Behind the words and the signs that close them; not within those of another quote. */
function putBehind(words: HTMLElement, chip: HTMLElement): void {
  let end: Element = words;
  while (end.parentElement?.matches('[data-use], a, em, strong') && !end.nextSibling) end = end.parentElement;
  const next = end.nextSibling;
  const signs = next instanceof Text ? (CLOSING_SIGNS.exec(next.data)?.[0].length ?? 0) : 0;
  if (next instanceof Text && signs > 0) {
    if (signs < next.length) next.splitText(signs);
    next.after(chip);
  } else end.after(chip);
}
