import type { ContextDimension, Option } from '../framework.ts';

/**
 * The lists along which a study counts what it has covered. Each is used twice:
 * by the framework itself and by a field of the same id (`profile/<dimension>`,
 * `profile/career-stages`, `6/outcomes/stakeholder`), so that the two agree.
 */
export const CAREER_STAGES: readonly Option[] = [
  { id: 'trainee', label: 'Trainee', help: 'In initial teacher training (ITT, ITE).' },
  { id: 'new-teacher', label: 'New teacher', help: 'In the first years after qualifying (NQT, ECT).' },
  { id: 'new-subject', label: 'Moving to another subject' },
  { id: 'new-ways', label: 'Learning new ways of working' },
  { id: 'middle-leader', label: 'Becoming a middle leader', help: 'Head of a department, year or phase.' },
  { id: 'new-head', label: 'Becoming a head' },
];

export const AREA: ContextDimension = {
  id: 'area',
  label: 'Area',
  values: [
    { id: 'rural', label: 'Rural' },
    { id: 'suburban', label: 'Suburban' },
    { id: 'urban', label: 'Urban' },
  ],
};

export const SOCIO_ECONOMIC: ContextDimension = {
  id: 'socio-economic',
  label: 'How well off families are',
  values: [
    { id: 'mostly-hardship', label: 'Many families in hardship' },
    { id: 'mixed', label: 'Mixed' },
    { id: 'mostly-comfortable', label: 'Most families comfortable' },
  ],
};

export const CIRCUMSTANCES: ContextDimension = {
  id: 'circumstances',
  label: 'Circumstances',
  values: [
    {
      id: 'challenging',
      label: 'Challenging circumstances',
      help: 'More than hardship alone: upheaval, very high mobility, a school being turned round.',
    },
    { id: 'not-challenging', label: 'Not especially challenging' },
  ],
};

export const SIZE: ContextDimension = {
  id: 'size',
  label: 'Size',
  values: [
    { id: 'small', label: 'Small for its kind' },
    { id: 'medium', label: 'Middling' },
    { id: 'large', label: 'Large for its kind' },
  ],
};

export const AGE_RANGE: ContextDimension = {
  id: 'age-range',
  label: 'Ages taught',
  values: [
    { id: 'early-years', label: 'Early years' },
    { id: 'infant', label: 'Infant', help: 'About 5 to 7.' },
    { id: 'junior', label: 'Junior', help: 'About 7 to 11.' },
    { id: 'middle', label: 'Middle school', help: 'About 9 to 13.' },
    { id: 'secondary', label: 'Secondary', help: 'About 11 to 16.' },
    { id: 'post-16', label: 'Post-16' },
  ],
};

export const SPECIAL_NEEDS: ContextDimension = {
  id: 'special-needs',
  label: 'Special needs',
  values: [
    { id: 'special-school', label: 'Special school' },
    {
      id: 'high-needs',
      label: 'Many pupils with SEN',
      help: 'A mainstream school with an unusually high share, or with a unit of its own.',
    },
    { id: 'usual-needs', label: 'Neither' },
  ],
};

export const CONTEXT_DIMENSIONS: readonly ContextDimension[] = [
  AREA,
  SOCIO_ECONOMIC,
  CIRCUMSTANCES,
  SIZE,
  AGE_RANGE,
  SPECIAL_NEEDS,
];

export const STAKEHOLDER_GROUPS: readonly Option[] = [
  { id: 'coaches-and-mentors', label: 'Coaches and mentors' },
  {
    id: 'professional-learners',
    label: 'Those coached or mentored',
    help: 'Professional learners; some schools say coachees or mentees.',
  },
  { id: 'heads', label: 'Heads' },
  {
    id: 'development-leads',
    label: 'Leads of professional development',
    help: 'Whoever plans the staff’s learning; formerly CPD co-ordinators.',
  },
  { id: 'other-staff', label: 'Other staff' },
  { id: 'parents', label: 'Parents' },
  { id: 'pupils', label: 'Pupils' },
  { id: 'governors', label: 'Governors' },
  { id: 'community', label: 'Community' },
];
