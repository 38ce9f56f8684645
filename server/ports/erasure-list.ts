/** One erasure, by ids alone: none of the words, nor whose they were. */
export interface ListedErasure {
  readonly id: string;
  readonly studyId: string;
  readonly speakerId: string | null;
  readonly quoteIds: readonly string[];
  readonly askedBy: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
}

/**
 * What was ever erased for good, kept apart from the database: when an older copy of that is put
 * back, what was erased since is erased again (ERASE-1).
 */
export interface ErasureList {
  all(): Promise<readonly ListedErasure[]>;
  /** Once it resolves, it survives a loss of power. */
  add(erasure: ListedErasure): Promise<void>;
}
