import * as Y from 'yjs';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { applyParts, keepFormatting } from '../collaboration/block-document.ts';
import type { BlockStore } from '../ports/block-store.ts';
import type { BlockHistory } from '../ports/changeset.ts';
import { wordsOfUse } from './quote-text.ts';

/** A use whose words are looked for in the past of its block. */
export interface SoughtUse {
  readonly quote: string;
  readonly use: string;
  /** What was agreed to, or asked about. */
  readonly wording: string;
  /** When that stood there, milliseconds since 1970. */
  readonly since: number;
}

/** Somebody changed the words; null: the server, for nobody. */
export interface WordingChange {
  readonly use: string;
  readonly personId: string | null;
  /** Of a window of history that is closed, its end. */
  readonly at: number;
}

/** Steps of a block's past that are looked through; of a longer one, nobody is named. */
const MOST_STEPS = 4_000;
/** Steps after which the others who wait for the server have their turn. */
const STEPS_AT_ONCE = 25;

/**
 * Who changed the words of uses since they were agreed to: each person once for each use, with
 * their last change. Where several wrote in one closed window, whoever's part could not be read
 * without the others' is named with them.
 * @returns null where the past of the block is too long to be looked through
 */
export async function wordingChanges(
  store: Pick<BlockStore, 'historyOf'>,
  blockId: string,
  sought: readonly SoughtUse[],
): Promise<readonly WordingChange[] | null> {
  const history = await store.historyOf(blockId, 0, MOST_STEPS);
  if (!history) return [];
  if (history.changesets.length + history.rows.length >= MOST_STEPS) return null;
  const { before, after } = divided(history, Math.min(...sought.map(({ since }) => since)));
  const doc = new Y.Doc();
  keepFormatting(doc);
  try {
    applyParts(doc, before);
    const watched = sought.map((use) => new WatchedUse(doc, use));
    let held: Step[] = [];
    for (const [at, step] of after.entries()) {
      if (step.window !== after[at - 1]?.window) held = [];
      const changed = apply(doc, step.bytes);
      held.push(step);
      for (const use of watched) use.look(changed, held);
      if (!doc.store.pendingStructs && !doc.store.pendingDs) held = [];
      if (at % STEPS_AT_ONCE === STEPS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    return watched.flatMap((use) => use.changes());
  } finally {
    doc.destroy();
  }
}

interface Step {
  readonly personId: string | null;
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Of rows that still stand, none. */
  readonly window: number | null;
}

/** Whole windows that ended by `since`, and rows of before, make the text of then. */
function divided(
  { changesets, rows }: BlockHistory,
  since: number,
): { readonly before: Uint8Array[]; readonly after: readonly Step[] } {
  const steps: readonly Step[] = [
    ...changesets.map(({ authorId, onBehalfOf, toTime, bytes, window }) => ({
      ...{ personId: authorId ?? onBehalfOf, at: toTime, bytes, window },
    })),
    ...rows.map(({ authorId, onBehalfOf, serverTime, bytes }) => ({
      ...{ personId: authorId ?? onBehalfOf, at: serverTime, bytes, window: null },
    })),
  ];
  const later = steps.find(({ at }) => at > since);
  const first = !later
    ? steps.length
    : steps.findIndex((step) => step === later || (step.window !== null && step.window === later.window));
  return { before: steps.slice(0, first).map(({ bytes }) => bytes), after: steps.slice(first) };
}

/** @returns what it changed */
function apply(doc: Y.Doc, bytes: Uint8Array): ReadonlySet<unknown> {
  const changed = new Set<unknown>();
  const note = (transaction: Y.Transaction) => {
    for (const type of transaction.changed.keys()) changed.add(type);
  };
  doc.on('afterTransaction', note);
  Y.applyUpdate(doc, bytes);
  doc.off('afterTransaction', note);
  return changed;
}

class WatchedUse {
  readonly #doc: Y.Doc;
  readonly #sought: SoughtUse;
  readonly #last = new Map<string | null, number>();
  #words: string;
  #texts: ReadonlySet<unknown>;

  constructor(doc: Y.Doc, sought: SoughtUse) {
    this.#doc = doc;
    this.#sought = sought;
    const { words, texts } = wordsOfUse(doc, sought.quote, sought.use);
    this.#words = words;
    this.#texts = texts;
  }

  /** @param by the step that was just applied, last, and those that waited for it */
  look(changed: ReadonlySet<unknown>, by: readonly Step[]): void {
    // typing anywhere else moves no words of this use
    if (![...changed].some((type) => this.#texts.has(type) || !(type instanceof Y.XmlText))) return;
    const { words, texts } = wordsOfUse(this.#doc, this.#sought.quote, this.#sought.use);
    this.#texts = texts;
    if (words === this.#words) return;
    this.#words = words;
    // put back: what was changed before that is as if it had not been
    if (wordingKey(words) === wordingKey(this.#sought.wording)) this.#last.clear();
    else for (const { personId, at } of by) this.#last.set(personId, at);
  }

  changes(): WordingChange[] {
    return [...this.#last].map(([personId, at]) => ({ use: this.#sought.use, personId, at }));
  }
}
