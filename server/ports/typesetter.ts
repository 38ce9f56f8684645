/** Makes PDF files, tagged so that they can be heard as well as read (PDF/UA-1), and fetches nothing. */
export interface Typesetter {
  /**
   * @param source ours, and the same at every call
   * @param data what people wrote, as plain JSON; the source reads it as data, never as markup (INPUT-2)
   * @throws CannotTypesetError where this computer makes no PDF files, or the words have letters for
   *   which it has no font
   */
  pdf(source: string, data: unknown): Promise<Uint8Array>;
}

/** `no-typesetter`: this computer makes none. `no-font`: not with these letters. `failed`: it broke down. */
export class CannotTypesetError extends Error {
  override readonly name = 'CannotTypesetError';
  readonly why: 'no-typesetter' | 'no-font' | 'failed';

  constructor(why: CannotTypesetError['why'], options?: ErrorOptions) {
    super(`no PDF could be made: ${why}`, options);
    this.why = why;
  }
}
