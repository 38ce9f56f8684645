/**
 * How the steps of a quote are kept so that nobody can change one unseen (QUOTE-6): each
 * quote has a chain of records, each with the hash of the one before. A record holds
 * ids, kinds and times, and of words their salted hashes alone. Words and salts stand in
 * rows of their own: once those are erased nobody can tell what was hashed, not even by
 * guessing, and the chain holds as before (ERASE-1).
 *
 * What is hashed, byte by byte: the UTF-8 of the JSON below, without white space, and
 * SHA-256 of that, as 64 hexadecimal digits in lower case.
 */
import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';

/** Words of people in a step, beside its salt; erased together. */
export interface QuoteWords {
  /** What they are in the step, such as `wording` or `context`. */
  readonly part: string;
  /** 32 random bytes as 64 hexadecimal digits, for this part of this step alone. */
  readonly salt: string;
  readonly text: string;
}

/** One record as it is kept. */
export interface QuoteStep {
  readonly quoteId: string;
  /** Counts from 1 within the quote, without gaps. */
  readonly seq: number;
  /** Milliseconds since 1970, the server's clock. */
  readonly at: number;
  readonly kind: string;
  readonly who: string;
  /** Of the speaker, the child whose parent it is, or the member; empty for the server. */
  readonly whoId: string;
  /** Canonical JSON of ids, numbers and words of ours. */
  readonly detail: string;
  /** Hash of each part's words, by part; stays when the words go. */
  readonly words: Readonly<Record<string, string>>;
  readonly hash: string;
}

/** What stands in the place of a hash before the first step. */
export const BEFORE_THE_FIRST_STEP = '0'.repeat(64);

const OURS = /^[A-Za-z0-9_.,:/-]*$/;
const SALT = /^[0-9a-f]{64}$/;

/**
 * @returns details as they are kept: keys in order, so that the same details are the same bytes
 * @throws where a value could be words of a person: those belong into `QuoteWords`
 */
export function canonicalStepDetail(detail: Readonly<Record<string, string | number>>): string {
  for (const [key, value] of Object.entries(detail)) {
    if (typeof value === 'number' ? !Number.isSafeInteger(value) : !OURS.test(value)) {
      throw new Error(`a quote's chain holds no words of people (${key})`);
    }
  }
  return JSON.stringify(inOrder(detail));
}

/** @returns what the hash of words is made of; step and part stand in it, so that none can take another's place */
export function canonicalWords(quoteId: string, seq: number, { part, salt, text }: QuoteWords): string {
  return JSON.stringify(['casebook.quote-words.1', quoteId, seq, part, salt, text]);
}

/** @returns what the hash of a step is made of: every part of it, in this order for good, and the hash before */
export function canonicalStep(step: Omit<QuoteStep, 'hash'>, before: string): string {
  return JSON.stringify([
    'casebook.quote.1',
    step.quoteId,
    step.seq,
    step.at,
    step.kind,
    step.who,
    step.whoId,
    step.detail,
    Object.entries(inOrder(step.words)),
    before,
  ]);
}

/**
 * @param before the last step of the quote; null for its first
 * @param words with a fresh salt each
 * @returns the step to keep beside the words
 */
export function nextStep(
  before: QuoteStep | null,
  step: Omit<QuoteStep, 'seq' | 'words' | 'hash'>,
  words: readonly QuoteWords[],
): QuoteStep {
  const seq = (before?.seq ?? 0) + 1;
  if (before && before.quoteId !== step.quoteId) throw new Error('a step of another quote');
  if (words.some(({ salt }) => !SALT.test(salt))) throw new Error('a salt is 64 hexadecimal digits');
  if (new Set(words.map(({ part }) => part)).size < words.length) throw new Error('a part of words twice');
  const hashes = words.map((one) => [one.part, sha256(canonicalWords(step.quoteId, seq, one))] as const);
  const kept = { ...step, seq, words: inOrder(Object.fromEntries(hashes)) };
  return { ...kept, hash: sha256(canonicalStep(kept, before?.hash ?? BEFORE_THE_FIRST_STEP)) };
}

/** Where a chain does not hold. */
export interface BrokenStep {
  readonly seq: number;
  /** `order`: missing, twice or of another quote · `record`: it was changed · `words`: its words were. */
  readonly what: 'order' | 'record' | 'words';
}

/**
 * @param steps of one quote, in order
 * @param words by step, those that are not erased
 * @param last seq and hash of the newest step as noted elsewhere; without it, steps missing at the end
 *   are not seen
 * @returns the first step that does not hold; null where all do
 */
export function followChain(
  steps: readonly QuoteStep[],
  words: ReadonlyMap<number, readonly QuoteWords[]>,
  last?: { readonly seq: number; readonly hash: string },
): BrokenStep | null {
  let before = BEFORE_THE_FIRST_STEP;
  for (const [at, step] of steps.entries()) {
    const seq = at + 1;
    if (step.seq !== seq || step.quoteId !== steps[0]?.quoteId) return { seq, what: 'order' };
    if (sha256(canonicalStep(step, before)) !== step.hash) return { seq, what: 'record' };
    for (const one of words.get(seq) ?? []) {
      const hash = Object.hasOwn(step.words, one.part) ? step.words[one.part] : undefined;
      if (sha256(canonicalWords(step.quoteId, seq, one)) !== hash) return { seq, what: 'words' };
    }
    before = step.hash;
  }
  if (last && (last.seq !== steps.length || last.hash !== before)) {
    return { seq: Math.min(last.seq, steps.length + 1), what: 'order' };
  }
  return null;
}

function inOrder<T>(parts: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(parts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function sha256(text: string): string {
  return Array.from(digest(encodeUtf8(text)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
