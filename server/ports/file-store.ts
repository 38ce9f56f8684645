/**
 * Files by their content, such as scans. Content is named by its SHA-256, as 64 hexadecimal digits in
 * lower case; whose it is, and who may read it, stands in the records.
 */
export interface FileStore {
  /**
   * Keeps content. Once it resolves, it is on disk whole; where it rejects, nothing of it is found.
   * @returns its hash; the same content again is kept once
   */
  put(content: Uint8Array): Promise<string>;
  /**
   * @returns the content; null where there is none
   * @throws DamagedFileError where what is kept is not what was put
   */
  get(hash: string): Promise<Uint8Array | null>;
  /** Deletes content for good; what is gone already is no failure. */
  remove(hash: string): Promise<void>;
  /** Deletes what was left half written by a process that was killed. @returns the hashes of all that is kept */
  list(): Promise<readonly string[]>;
}

/** What is kept under a hash has another one. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';
}
