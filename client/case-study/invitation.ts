/** What an empty section says to who may write in it, and to who may not. */
export const INVITATION = 'Write, or press / for headings, lists, tables and quotes.';
export const NOTHING_YET = 'Nothing is written here yet.';
