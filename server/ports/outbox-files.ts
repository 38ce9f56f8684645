/** Letters that lie as files in the outbox folder, each to one address. */
export interface OutboxFiles {
  /** @returns names of the files whose letter is to this address and to no other */
  to(address: string): Promise<readonly string[]>;
  /** Deletes letters; one that is gone already is no failure. */
  discard(files: readonly string[]): Promise<void>;
}
