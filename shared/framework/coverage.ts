import { chosenIds } from '../document/field-values.ts';
import type { FieldValues } from '../document/reading.ts';
import { type Framework, findSection } from './framework.ts';

/** The section in which a case says what kind of case it is. */
export const PROFILE = 'profile';
/** Its field for career stages; those for the ways in which schools differ have the dimension's id. */
export const CAREER_STAGES_FIELD = 'career-stages';

/** What one case covers of what its study set out to cover; ids of options. */
export interface CaseCoverage {
  readonly careerStages: readonly string[];
  /** By dimension; dimensions that the profile says nothing of are absent. */
  readonly contexts: Readonly<Record<string, readonly string[]>>;
}

/**
 * @param values of the profile of a case
 * @returns only what the framework knows: options it no longer has do not count
 */
export function coverageOf(framework: Framework, values: FieldValues): CaseCoverage {
  const fields = findSection(framework, PROFILE)?.fields ?? [];
  const chosen = (fieldId: string, known: readonly { readonly id: string }[]): string[] => {
    const field = fields.find((one) => one.id === fieldId);
    if (!field || (field.kind !== 'choice' && field.kind !== 'many-choices')) return [];
    const ids = new Set(chosenIds(field, { fieldId }, values));
    return known.map(({ id }) => id).filter((id) => ids.has(id));
  };
  const contexts = framework.contextDimensions.flatMap((dimension): [string, string[]][] => {
    const ids = chosen(dimension.id, dimension.values);
    return ids.length > 0 ? [[dimension.id, ids]] : [];
  });
  return {
    careerStages: chosen(CAREER_STAGES_FIELD, framework.careerStages),
    contexts: Object.fromEntries(contexts),
  };
}
