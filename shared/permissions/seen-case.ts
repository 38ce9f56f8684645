/** What somebody saw of a section when they decided about its case. */
export interface SeenSection {
  readonly blockId: string;
  readonly status: string;
  readonly agreementStale: boolean;
  readonly notApplicable: string | null;
  /**
   * The last change of its text. Left out where they were told that it is being written in: then
   * whatever stands there by the time will do.
   */
  readonly seq?: number | undefined;
}

/**
 * @param seen what was shown
 * @param now how the same things stand
 * @returns block ids of those that stand otherwise than was shown, in the order of `now`; then those that are gone
 */
export function changedSections(
  seen: readonly SeenSection[],
  now: readonly (SeenSection & { readonly seq: number })[],
): readonly string[] {
  const before = new Map(seen.map((section) => [section.blockId, section]));
  const here = new Set(now.map(({ blockId }) => blockId));
  return [
    ...now.filter((section) => isOther(before.get(section.blockId), section)).map(({ blockId }) => blockId),
    ...seen.filter(({ blockId }) => !here.has(blockId)).map(({ blockId }) => blockId),
  ];
}

function isOther(seen: SeenSection | undefined, now: SeenSection): boolean {
  return (
    seen === undefined ||
    seen.status !== now.status ||
    seen.agreementStale !== now.agreementStale ||
    seen.notApplicable !== now.notApplicable ||
    (seen.seq !== undefined && seen.seq !== now.seq)
  );
}
