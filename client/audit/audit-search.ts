/** What the page of the record is asked for in its address, so that a filter can be passed on and come back to. */
export interface AuditSearch {
  readonly person?: string;
  readonly about?: string;
  readonly case?: string;
  /** Days without a time zone, such as `2026-06-30`; both are in. */
  readonly from?: string;
  readonly to?: string;
}

const NAMES = ['person', 'about', 'case', 'from', 'to'] as const;

/** @returns what the address says that can be meant; the rest is let go */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const said = NAMES.flatMap((name) => {
    const value = search[name];
    const fits = name === 'from' || name === 'to' ? /^\d{4}-\d{2}-\d{2}$/ : /^[A-Za-z0-9_-]{1,64}$/;
    return typeof value === 'string' && fits.test(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(said);
}

/** @returns whether it is to end before it begins: no entry can be of that */
export function isBackwards({ from, to }: AuditSearch): boolean {
  return from !== undefined && to !== undefined && to < from;
}

/**
 * @param day `2026-06-30`
 * @returns when it begins where the reader is, in milliseconds since 1970; NaN for no day
 */
export function dayBegins(day: string, after = 0): number {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).getTime();
}
