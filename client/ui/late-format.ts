/**
 * A formatter of `Intl` takes milliseconds to make the first time, which no page
 * should spend before it shows anything.
 * @returns gives the formatter, made when it is first asked for
 */
export function lateFormat<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
