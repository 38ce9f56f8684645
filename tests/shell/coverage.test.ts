import { describe, expect, it } from 'vitest';
import { coverageTable } from '../../client/studies/coverage.ts';
import type { CaseSummary } from '../../shared/api/cases.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { optionKey } from '../../shared/document/block-parts.ts';
import { coverageOf } from '../../shared/framework/coverage.ts';
import { mentoringAndCoaching as framework } from '../../shared/framework/mentoring-and-coaching.ts';

const ticked = (fieldId: string, optionId: string) => ({ [optionKey({ fieldId }, optionId)]: true });

describe('what a case covers', () => {
  it('is read from its profile, along every list of the framework', () => {
    expect(
      coverageOf(framework, {
        ...ticked('career-stages', 'new-head'),
        ...ticked('career-stages', 'trainee'),
        ...ticked('area', 'urban'),
      }),
    ).toEqual({ careerStages: ['trainee', 'new-head'], contexts: { area: ['urban'] } });
    for (const { id, values } of framework.contextDimensions) {
      const first = values[0]?.id ?? '';
      expect(coverageOf(framework, ticked(id, first)).contexts).toEqual({ [id]: [first] });
    }
  });

  it('is nothing where the profile is empty, or names what the framework does not know', () => {
    const nothing = { careerStages: [], contexts: {} };
    expect(coverageOf(framework, {})).toEqual(nothing);
    expect(coverageOf(framework, ticked('area', 'on-the-moon'))).toEqual(nothing);
    expect(coverageOf({ ...framework, sections: [] }, ticked('area', 'urban'))).toEqual(nothing);
  });
});

describe('what a study covers', () => {
  const caseOf = (id: string, stage: CaseSummary['stage'] = 'drafting') =>
    ({ id, title: `Case ${id}`, stage }) as CaseSummary;
  const covers = (
    caseId: string,
    careerStages: string[],
    area: string[],
  ): StudyDetail['coverage'][number] => ({
    caseId,
    careerStages,
    contexts: { area },
  });
  const study = {
    caseList: [caseOf('a'), caseOf('b'), caseOf('c', 'withdrawn')],
    coverage: [
      covers('a', ['trainee', 'new-teacher'], ['urban']),
      covers('b', ['trainee'], ['urban', 'rural']),
      covers('c', ['new-head'], ['rural']),
    ],
  };

  it('counts the cases that say both', () => {
    const { rows } = coverageTable(framework, study, 'area');
    const cell = (row: string, stage: string) =>
      rows.find(({ id }) => id === row)?.cells.find(({ stageId }) => stageId === stage)?.titles;
    expect(rows.map(({ id }) => id)).toEqual(['rural', 'suburban', 'urban']);
    expect(cell('urban', 'trainee')).toEqual(['Case a', 'Case b']);
    expect(cell('rural', 'trainee')).toEqual(['Case b']);
    expect(cell('rural', 'new-teacher')).toEqual([]);
  });

  it('leaves out what will not be in the booklet, and names the stages that are missing', () => {
    const { rows, missing } = coverageTable(framework, study, 'area');
    expect(rows.flatMap(({ cells }) => cells).some(({ titles }) => titles.includes('Case c'))).toBe(false);
    expect([...missing]).toEqual(['new-subject', 'new-ways', 'middle-leader', 'new-head']);
  });

  it('has no rows along a list that the framework does not have', () => {
    expect(coverageTable(framework, study, 'weather').rows).toEqual([]);
  });
});
