/** Colours of carets and badges: told apart from each other, and at least 4.5 : 1 against white. */
export const PERSON_COLOURS = [
  '#8f3b1b',
  '#1f5f8b',
  '#2f6b2f',
  '#6a3d9a',
  '#a3215b',
  '#76560b',
  '#0d6b6b',
  '#3f4aa8',
  '#6b3f32',
  '#53606e',
] as const;

/**
 * @param taken colours of everybody there is
 * @returns the colour that fewest have, the first of the palette among equals
 */
export function nextColour(taken: readonly string[]): string {
  const count = (colour: string): number => taken.filter((other) => other === colour).length;
  return [...PERSON_COLOURS].sort((one, other) => count(one) - count(other))[0] as string;
}
