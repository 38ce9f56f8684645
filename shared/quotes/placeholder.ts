/** Stands where words were that their speaker took back; it is nobody's words. */
export const TAKEN_BACK = '[A quote stood here. Its speaker has taken it back.]';

/** Stands where words were that were erased for good (ERASE-1). */
export const ERASED_HERE = '[A quote stood here. Its words were erased.]';
