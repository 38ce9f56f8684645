/** Seeds of schedules that were once broken, and by what. */
export const pinned: readonly (readonly [seed: number, what: string])[] = [];
