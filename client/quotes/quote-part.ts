import type { EditorState, Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { QuoteUse } from '../../shared/document/quote-key.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { BOARD_WORDS, type BoardWord } from '../../shared/quotes/board-words.ts';
import { type QuotePart, quoteKey } from '../editor/quote-slot.ts';
import { comesFromYjs } from '../editor/text-limit.ts';
import { renewedUses } from './pasted-quotes.ts';
import { chipPlace, type PlacedUse, type Stretch, usesIn, wordsOf } from './quote-places.ts';

/** What stands beside a use. */
export interface UseSign {
  readonly word: BoardWord;
  /** Sent or confirmed: whoever types in it is asked first. */
  readonly guarded: boolean;
  /** Whose words, for those who hear the page. */
  readonly whose: string;
}

/** What the page around an editor knows and does about quotes. */
export interface QuoteWatcher {
  /** The text has other uses, or the same in other words. Not called while it is drawn. */
  changed(view: EditorView): void;
  /** A chip was pressed. */
  chosen(use: QuoteUse): void;
  /** Somebody is about to change words that were sent or confirmed; it did not happen yet. */
  guarded(use: PlacedUse, held: Transaction): void;
  /** Whether the team has a record of this quote for the case. */
  isKnown(quote: string): boolean;
  /** Whether the use stands in another text of the case. */
  standsElsewhere(use: string): boolean;
  newId(): string;
}

interface QuoteState {
  readonly uses: readonly PlacedUse[];
  readonly signs: ReadonlyMap<string, UseSign>;
  /** Words that are being captured, wherever they move to meanwhile. */
  readonly capturing: Stretch | null;
  /** By use, for as long as its words stand changed. */
  readonly leaves: ReadonlyMap<string, Leave>;
  readonly drawn: DecorationSet;
}

/** Somebody goes on changing words that were sent or confirmed. */
interface Leave {
  /** Key of the words that it was given for. */
  readonly words: string;
  /** Whether others stand there now. */
  readonly changed: boolean;
}

type QuoteMeta =
  | { readonly kind: 'signs'; readonly signs: ReadonlyMap<string, UseSign> }
  | { readonly kind: 'capturing'; readonly stretch: Stretch | null };

function quotesOf(state: EditorState): QuoteState | null {
  return (quoteKey.getState(state) as QuoteState | null | undefined) ?? null;
}

export function placedUses(state: EditorState): readonly PlacedUse[] {
  return quotesOf(state)?.uses ?? [];
}

/** @returns where the words are now that are being captured */
export function capturedStretch(state: EditorState): Stretch | null {
  return quotesOf(state)?.capturing ?? null;
}

/** Keeps hold of words while it is asked whose they are; null lets them go. */
export function holdForCapture(view: EditorView, stretch: Stretch | null): void {
  tell(view, { kind: 'capturing', stretch });
}

/** @param signs by use */
export function showSigns(view: EditorView, signs: ReadonlyMap<string, UseSign>): void {
  const present = quotesOf(view.state)?.signs;
  if (present && sameSigns(present, signs)) return;
  tell(view, { kind: 'signs', signs });
}

function tell(view: EditorView, meta: QuoteMeta): void {
  view.dispatch(view.state.tr.setMeta(quoteKey, meta).setMeta('addToHistory', false));
}

function sameSigns(one: ReadonlyMap<string, UseSign>, other: ReadonlyMap<string, UseSign>): boolean {
  if (one.size !== other.size) return false;
  for (const [use, sign] of one) {
    const now = other.get(use);
    if (!now || now.word !== sign.word || now.guarded !== sign.guarded || now.whose !== sign.whose) {
      return false;
    }
  }
  return true;
}

/**
 * Quotes of one editor: a chip behind each use, the question before somebody changes
 * words that were sent or confirmed, and what becomes of a use that is pasted.
 * @param open see `QuotePart`
 */
export function quotePart(watcher: QuoteWatcher, open: (() => void) | null): QuotePart {
  let frame = 0;
  return {
    open,
    apply(transaction, before, state) {
      const now = before as QuoteState | null;
      const meta = transaction.getMeta(quoteKey) as QuoteMeta | undefined;
      const leave = transaction.getMeta(LEAVE) as string | undefined;
      if (now && !meta && !leave && !transaction.docChanged) return now;
      const uses = now && !transaction.docChanged ? now.uses : usesIn(state.doc);
      const signs = meta?.kind === 'signs' ? meta.signs : (now?.signs ?? NO_SIGNS);
      const capturing =
        meta?.kind === 'capturing' ? meta.stretch : moved(now?.capturing ?? null, transaction);
      if (
        now &&
        uses.length === 0 &&
        now.uses.length === 0 &&
        capturing === now.capturing &&
        signs === now.signs
      ) {
        return now;
      }
      const leaves = leavesAfter(now, transaction, leave, uses, signs);
      return { uses, signs, capturing, leaves, drawn: drawnOf(state.doc, uses, signs, capturing, watcher) };
    },
    filter(transaction, state) {
      if (!transaction.docChanged || comesFromYjs(transaction)) return true;
      const now = quotesOf(state);
      const through = [transaction.getMeta(LEAVE), transaction.getMeta(ONCE)];
      const guarded =
        now?.uses.filter(
          ({ use }) => now.signs.get(use)?.guarded && !now.leaves.has(use) && !through.includes(use),
        ) ?? [];
      if (guarded.length === 0) return true;
      const after = new Map(usesIn(transaction.doc).map((use) => [use.use, use]));
      const changed = guarded.find((use) => {
        const next = after.get(use.use);
        // taken out as a whole, it is said by nobody any more
        if (!next) return false;
        return wordingKey(wordsOf(state.doc, use)) !== wordingKey(wordsOf(transaction.doc, next));
      });
      if (!changed) return true;
      watcher.guarded(changed, transaction);
      return false;
    },
    drawn: (state) => quotesOf(state)?.drawn,
    pasted(slice, view) {
      const dragged = view.dragging?.move === true;
      const here = new Set(dragged ? [] : placedUses(view.state).map(({ use }) => use));
      return renewedUses(slice, {
        isKnown: watcher.isKnown,
        stands: (use) => here.has(use) || watcher.standsElsewhere(use),
        newId: watcher.newId,
      });
    },
    updated(view, before) {
      if (view.state.doc === before.doc && quotesOf(before)) return;
      if ((quotesOf(before)?.uses.length ?? 0) === 0 && placedUses(view.state).length === 0) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => watcher.changed(view));
    },
  };
}

const NO_SIGNS: ReadonlyMap<string, UseSign> = new Map();

const NO_LEAVES: ReadonlyMap<string, Leave> = new Map();

const LEAVE = 'quoteLeave';
const ONCE = 'quoteOnce';

/** Makes a change that was held back, and those that follow in the same use while its words stand changed. */
export function goOn(view: EditorView, use: string, held: Transaction): void {
  // a text that others changed meanwhile does not take it: it is typed again
  const same = held.before.eq(view.state.doc);
  const transaction = view.state.tr;
  if (same) for (const step of held.steps) transaction.step(step);
  view.dispatch(transaction.setMeta(LEAVE, use));
}

/** Lets this one change of a use through without asking. */
export function letThrough(transaction: Transaction, use: string): Transaction {
  return transaction.setMeta(ONCE, use);
}

/** @returns leaves that still hold: not where the old words stand again, or those that stand there were sent or confirmed since */
function leavesAfter(
  before: QuoteState | null,
  transaction: Transaction,
  given: string | undefined,
  uses: readonly PlacedUse[],
  signs: QuoteState['signs'],
): QuoteState['leaves'] {
  const leaves = new Map(before?.leaves);
  const meant = before?.uses.find(({ use }) => use === given);
  if (meant && !leaves.has(meant.use)) {
    leaves.set(meant.use, { words: wordingKey(wordsOf(transaction.before, meant)), changed: false });
  }
  for (const [use, leave] of leaves) {
    const placed = uses.find((one) => one.use === use);
    const changed = placed !== undefined && wordingKey(wordsOf(transaction.doc, placed)) !== leave.words;
    if (!placed || (leave.changed && !changed) || isAnew(before?.signs.get(use), signs.get(use))) {
      leaves.delete(use);
    } else leaves.set(use, { ...leave, changed });
  }
  return leaves.size === 0 ? NO_LEAVES : leaves;
}

/** Whether words were sent or confirmed that were not before, or otherwise. */
function isAnew(before: UseSign | undefined, now: UseSign | undefined): boolean {
  return now?.guarded === true && (!before?.guarded || before.word !== now.word);
}

function moved(stretch: Stretch | null, { mapping }: Transaction): Stretch | null {
  if (!stretch) return null;
  const from = mapping.map(stretch.from, 1);
  return { from, to: Math.max(from, mapping.map(stretch.to, -1)) };
}

function drawnOf(
  doc: EditorState['doc'],
  uses: readonly PlacedUse[],
  signs: ReadonlyMap<string, UseSign>,
  capturing: Stretch | null,
  watcher: QuoteWatcher,
): DecorationSet {
  if (uses.length === 0 && !capturing) return DecorationSet.empty;
  const decorations = uses.flatMap((use) => drawnUse(doc, use, signs.get(use.use), watcher));
  if (capturing && capturing.to > capturing.from) {
    decorations.push(Decoration.inline(capturing.from, capturing.to, { class: 'held' }));
  }
  return DecorationSet.create(doc, decorations);
}

function drawnUse(
  doc: EditorState['doc'],
  use: PlacedUse,
  sign: UseSign | undefined,
  watcher: QuoteWatcher,
): Decoration[] {
  const word = sign?.word ?? 'unknown';
  const words = use.stretches.map(({ from, to }) =>
    Decoration.inline(from, to, { class: `quoted quoted-${word}` }),
  );
  const chip = Decoration.widget(chipPlace(doc, use), () => chipOf(use, sign, watcher), {
    side: 1,
    // the same chip for as long as it says the same: one that is being pressed stays in its place
    key: `quote ${use.use} ${word} ${sign?.whose ?? ''}`,
    ignoreSelection: true,
    stopEvent: (event) => event.type === 'mousedown' || event.type === 'click',
  });
  return [...words, chip];
}

function chipOf(use: QuoteUse, sign: UseSign | undefined, watcher: QuoteWatcher): HTMLElement {
  const chip = document.createElement('button');
  const word = sign ? BOARD_WORDS[sign.word] : 'Quote';
  chip.type = 'button';
  chip.tabIndex = -1;
  chip.contentEditable = 'false';
  chip.className = `quote-chip quote-chip-${sign?.word ?? 'unknown'}`;
  chip.dataset.chip = use.use;
  chip.setAttribute('aria-label', `Quote${sign?.whose ? ` of ${sign.whose}` : ''}: ${word}`);
  chip.dataset.word = word;
  chip.addEventListener('mousedown', (event) => event.preventDefault());
  chip.addEventListener('click', () => watcher.chosen(use));
  return chip;
}
