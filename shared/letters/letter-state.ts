/** What a letter to a school contact is for. */
export const LETTER_KINDS = ['invitation', 'information-request', 'quotes'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/**
 * `waiting`: for its moment, or to be tried again · `sending`: being handed over just now ·
 * `sent`: the mail server took it · `by-hand`: no mail goes out from here, so somebody passes it on ·
 * `called-back`: by somebody, before it went · `dropped`: by Casebook, as there was nobody or nothing
 * any more that it was for · `failed`: no mail server took it.
 */
export const LETTER_STATES = [
  'waiting',
  'sending',
  'sent',
  'by-hand',
  'called-back',
  'dropped',
  'failed',
] as const;
export type LetterState = (typeof LETTER_STATES)[number];

const MINUTE = 60_000;
/** How long after each failure a letter is tried again, in milliseconds; after the last it has failed. */
const TRY_AGAIN_AFTER = [1, 5, 15, 60, 240, 720, 1_440].map((minutes) => minutes * MINUTE);

/** @param tries that failed so far, this one included @returns null where it is given up */
export function tryAgainAfter(tries: number): number | null {
  return TRY_AGAIN_AFTER[tries - 1] ?? null;
}
