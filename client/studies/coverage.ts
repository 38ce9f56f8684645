import type { StudyDetail } from '../../shared/api/studies.ts';
import type { Framework } from '../../shared/framework/framework.ts';

export interface CoverageCell {
  readonly stageId: string;
  /** Titles of the cases that cover both. */
  readonly titles: readonly string[];
}

export interface CoverageTable {
  readonly rows: readonly {
    readonly id: string;
    readonly label: string;
    readonly cells: readonly CoverageCell[];
  }[];
  /** Stages that no case of the study covers at all. */
  readonly missing: ReadonlySet<string>;
}

/** Cases that will not be in the booklet cover nothing. */
const OUT: readonly string[] = ['withdrawn', 'declined'];

/**
 * Career stages against one way in which schools differ: how many cases cover both.
 * @param dimensionId one of the framework's context dimensions; an unknown one gives no rows
 */
export function coverageTable(
  framework: Pick<Framework, 'careerStages' | 'contextDimensions'>,
  study: Pick<StudyDetail, 'caseList' | 'coverage'>,
  dimensionId: string,
): CoverageTable {
  const counted = study.caseList.flatMap((one) => {
    const covers = study.coverage.find(({ caseId }) => caseId === one.id);
    return covers && !OUT.includes(one.stage) ? [{ title: one.title, covers }] : [];
  });
  const dimension = framework.contextDimensions.find(({ id }) => id === dimensionId);
  return {
    rows: (dimension?.values ?? []).map((value) => ({
      id: value.id,
      label: value.label,
      cells: framework.careerStages.map((stage) => ({
        stageId: stage.id,
        titles: counted
          .filter(
            ({ covers }) =>
              covers.careerStages.includes(stage.id) && covers.contexts[dimensionId]?.includes(value.id),
          )
          .map(({ title }) => title),
      })),
    })),
    missing: new Set(
      framework.careerStages
        .map(({ id }) => id)
        .filter((id) => !counted.some(({ covers }) => covers.careerStages.includes(id))),
    ),
  };
}
