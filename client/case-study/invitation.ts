/** What an empty section says to who may write in it, and to who may not. */
export const INVITATION = 'Write, or press / for headings, lists, tables and quotes.';
export const NOTHING_YET = 'Nothing is written here yet.';

/** Stands over a section that somebody set to be read by this person. */
export const SET_FOR_YOU =
  'This section is open to you to read. The lead or an editor can let you write in it.';
