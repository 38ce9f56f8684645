/** Where a reader is on the page of a case. */
export interface PlaceInCase {
  readonly slug: string;
  /** Pixels into the section. */
  readonly offset: number;
}

/** What a reader does to be elsewhere: from then on nothing brings them back. */
export const MOVES = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

const storeKey = (caseId: string) => `casebook.place.${caseId}`;

/** What the address asks for. */
export function sectionInAddress(): string | null {
  return new URLSearchParams(window.location.search).get('section');
}

/** @returns whether the browser came to this page by loading it anew or going back to it, not by a link */
export function loadedAnew(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload' || navigation?.type === 'back_forward';
}

/** Kept for as long as the tab lives. */
export function keepPlaceInCase(caseId: string, place: PlaceInCase): void {
  try {
    sessionStorage.setItem(storeKey(caseId), JSON.stringify(place));
  } catch {
    // Without storage the page opens at the top of the section.
  }
}

export function keptPlace(caseId: string): PlaceInCase | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storeKey(caseId)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return null;
    const { slug, offset } = kept as Record<string, unknown>;
    return typeof slug === 'string' && typeof offset === 'number' && Number.isFinite(offset)
      ? { slug, offset }
      : null;
  } catch {
    return null;
  }
}
