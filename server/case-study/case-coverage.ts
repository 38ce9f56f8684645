import type { StudyDetail } from '../../shared/api/studies.ts';
import { coverageOf, PROFILE } from '../../shared/framework/coverage.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import type { Records } from '../ports/record-store.ts';
import type { LoadedCases } from './case-summaries.ts';
import { loadTexts } from './projections.ts';

/** @returns what each case says of itself in its profile, as of the readings that were just loaded */
export async function caseCoverage(
  records: Records,
  framework: Framework,
  { cases, figures }: Pick<LoadedCases, 'cases' | 'figures'>,
): Promise<StudyDetail['coverage']> {
  const profiles = cases.map(({ id }) => ({
    caseId: id,
    blockId: figures.get(id)?.find((block) => block.section.id === PROFILE)?.blockId,
  }));
  const texts = await loadTexts(
    records,
    profiles.flatMap(({ blockId }) => blockId ?? []),
  );
  return profiles.map(({ caseId, blockId }) => {
    const { careerStages, contexts } = coverageOf(framework, texts.get(blockId ?? '')?.values ?? {});
    const lists = Object.entries(contexts).map(([dimension, ids]) => [dimension, [...ids]]);
    return { caseId, careerStages: [...careerStages], contexts: Object.fromEntries(lists) };
  });
}
