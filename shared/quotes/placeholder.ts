/** Stands where words were that their speaker took back; it is nobody's words. */
export const TAKEN_BACK = '[A quote stood here. Its speaker has taken it back.]';
