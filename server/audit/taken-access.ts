import type { Clock } from '../ports/clock.ts';

/** How long open pages may still ask for what was taken away, in milliseconds. */
export const ASKED_AGAIN_WITHIN = 60_000;

/** What was taken away: a whole study, or one block of it. */
export type TakenPlace = { readonly studyId: string } | { readonly blockId: string };

/** A question of somebody, as it may turn out to be their open page's. */
export interface Asked {
  readonly personId: string;
  readonly studyId: string;
  readonly blockId: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * From whom access was taken a moment ago. Their open pages ask again at once for
 * what they had; nobody tried anything there, so the record does not call them
 * refused. Only reading is meant: whoever writes is always recorded.
 */
export class TakenAccess {
  readonly #clock: Clock;
  /** When, by person and place; the oldest first. */
  readonly #taken = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** To be told before pages hear of it. */
  note(personId: string, place: TakenPlace): void {
    const now = this.#clock.now();
    for (const [key, at] of this.#taken) {
      if (now - at < ASKED_AGAIN_WITHIN) break;
      this.#taken.delete(key);
    }
    const key = keyOf(personId, place);
    // Said again, it goes to the end.
    this.#taken.delete(key);
    this.#taken.set(key, now);
  }

  /** @returns whether an open page may have asked this for what it held until a moment ago */
  explains({ personId, studyId, blockId, at }: Asked): boolean {
    const places: TakenPlace[] = [{ studyId }, ...(blockId === null ? [] : [{ blockId }])];
    return places.some((place) => {
      const taken = this.#taken.get(keyOf(personId, place));
      return taken !== undefined && at >= taken && at - taken < ASKED_AGAIN_WITHIN;
    });
  }
}

function keyOf(personId: string, place: TakenPlace): string {
  return JSON.stringify([personId, place]);
}
