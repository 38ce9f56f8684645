/** Stands in the place of how a quote stands, where its record cannot be believed (QUOTE-6). */
export const RECORD_BROKEN = 'Not to be relied on: its record was changed';
