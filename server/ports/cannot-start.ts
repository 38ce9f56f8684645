/** Something outside the program keeps it from starting; its message is one line for whoever starts it. */
export class CannotStartError extends Error {
  override readonly name = 'CannotStartError';
}
