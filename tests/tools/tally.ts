/** What ran, and what could not. */
export interface Tally {
  passed: number;
  failed: number;
  readonly failures: string[];
  /** Each with its reason. */
  readonly skipped: string[];
}

/**
 * @param inCI there, what was skipped has failed: nobody would read that it was
 * @returns the last lines to print, and whether all is well
 */
export function verdict(
  tally: Tally,
  inCI: boolean,
): { readonly lines: readonly string[]; readonly ok: boolean } {
  const { passed, failures, skipped } = tally;
  const failed = tally.failed + (inCI ? skipped.length : 0);
  const lines = [
    ...(failures.length > 0 ? [`Failed: ${failures.join(', ')}`] : []),
    ...(skipped.length > 0 ? [`Skipped: ${skipped.join('; ')}`] : []),
    ...(skipped.length > 0 && inCI ? ['With CI set, what is skipped has failed.'] : []),
    `${passed} passed, ${failed} failed`,
  ];
  return { lines, ok: failed === 0 };
}
