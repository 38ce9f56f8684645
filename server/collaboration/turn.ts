/**
 * Runs an act once what has already arrived in this turn of the event loop was
 * read, so that it is answered together. Tests step it by hand.
 */
export type Turn = (act: () => void) => void;

export const nextTurn: Turn = (act) => {
  setImmediate(act);
};
