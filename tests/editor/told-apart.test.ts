import { expect, it } from 'vitest';
import { toldApart } from '../../client/editor/fields/told-apart.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

it('fields of one section that share a label are told apart by the field before', () => {
  const fields = mentoringAndCoaching.sections.flatMap((section) => [...toldApart(section.fields)]);
  expect(fields).toEqual([
    ['free-meals-share', 'Entitled to free school meals'],
    ['special-needs-share', 'With special educational needs'],
  ]);
});
