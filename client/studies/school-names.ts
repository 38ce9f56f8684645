import { useState } from 'react';
import type { School } from '../../shared/api/schools.ts';
import { isToldApart, namesakes, namesakeWords } from '../../shared/studies/school-name.ts';

/** What stands in the way of calling a school so; null: nothing. */
export interface Namesakes {
  /** To stand under its name. */
  readonly words: string;
  /** To stand at its place, once it was tried without a place of its own; undefined: nothing. */
  readonly placeError: string | undefined;
}

/**
 * Two schools may share a name, and a place then tells them apart. That there is one is said before.
 * @param school as it would be called
 * @returns `agree` asks for the place where one is missing; false: not yet
 */
export function useNamesakes(
  school: Pick<School, 'id' | 'name' | 'place'>,
  schools: readonly School[],
): { readonly here: Namesakes | null; agree(): boolean } {
  const [tried, setTried] = useState(false);
  const others = namesakes(school, schools);
  const apart = isToldApart(school.place, others);
  return {
    here:
      others.length === 0
        ? null
        : {
            words: `${namesakeWords(others)} If this is another, say where it is.`,
            placeError: tried && !apart ? 'Give a place that tells it from the other.' : undefined,
          },
    agree: () => {
      setTried(true);
      return apart;
    },
  };
}
