import type { SectionContent } from './case-content.ts';
import { bullets, h, p, table } from './prose.ts';

/** 4 to 12. */
export const eastmarchResults: readonly SectionContent[] = [
  {
    section: '4-authority',
    by: ['lead', 'editor'],
    fields: {
      schools: { figure: '31', year: '2025/26', source: 'Eastmarch, list of schools taking part' },
      characteristics:
        'Most are small, with fewer than two hundred children. Two in three have had a new head in the last five years. ' +
        'Nearly all lie more than ten miles from the authority’s offices.',
      diversity:
        'A coast that empties in winter and a growing new town; church schools and academies; three special schools; ' +
        'shares of free school meals between 4% and 61%.',
      environment:
        'Flat, wide and slow to cross. Light industry is coming to the new town; the coast is losing its young families.',
    },
    prose: [
      h('In common, and not'),
      table(
        ['', 'Coast', 'New town', 'Villages'],
        ['Schools taking part', '11', '8', '12'],
        ['New heads since 2021', '7', '3', '9'],
        ['Typical size', '90 to 180', '210 to 420', '40 to 110'],
      ),
      p(
        'The three schools described below were chosen because they differ as much as any three could. What their heads ' +
          'have in common is a mentor from one of the others.',
      ),
    ],
    prompts: { 'in-common': 'answered', diversity: 'answered', environment: 'answered' },
    status: 'ready',
    statusBy: 'editor',
  },
  {
    section: '4-facts',
    school: 'fennimore',
    by: ['second'],
    fields: {
      description: 'A special school for children with complex needs, in a former agricultural college.',
      roll: { figure: '94', year: '2025/26', source: 'School census' },
      'special-needs': { figure: '94', year: '2025/26', source: 'School census' },
      'age-range': '3 to 19',
      size: 'small',
      area: 'rural',
    },
    prompts: { beforehand: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '4-facts',
    school: 'tarrowby',
    by: ['second'],
    fields: {
      description: 'Two classes and a view of the sea.',
      roll: { figure: '47', year: '2025/26', source: 'School census' },
      size: 'small',
      area: 'rural',
    },
    prompts: { beforehand: 'answered', community: 'ask' },
    status: 'ready',
    statusBy: 'second',
  },
  {
    section: '4-facts',
    school: 'wending-road',
    by: ['second'],
    fields: {
      description: 'Opened four years ago, in the new town, and full since the second.',
      roll: { figure: '402', year: '2025/26', source: 'School census' },
      area: 'suburban',
    },
    prompts: { beforehand: 'answered' },
  },
  {
    section: '4-culture',
    notApplicable:
      'thirty-one schools have no one culture; what matters stands under the authority and its schools.',
  },
  {
    section: '5',
    by: ['editor'],
    fields: {
      lines: [
        {
          direction: 'cost',
          kind: 'external',
          what: 'Cover for mentors, paid by the authority',
          amount: { figure: '23500', year: '2025/26', source: 'Eastmarch, budget book' },
          'budgeted-against': 'Headship courses, halved',
        },
        { direction: 'cost', kind: 'hidden', what: 'Sunday telephone calls', 'in-kind': 'Not counted' },
        {
          direction: 'gain',
          kind: 'other',
          what: 'Two fewer headships to fill each year',
          'in-kind': 'About £9,000 each',
        },
      ],
    },
    prompts: { staffing: 'answered', hidden: 'answered', priorities: 'ask' },
    status: 'ready',
    statusBy: 'editor',
  },
  {
    section: '6',
    by: ['lead'],
    fields: {
      outcomes: [
        {
          stakeholder: 'heads',
          outcome: 'Nineteen of twenty new heads have begun a third year.',
          foreseen: 'foreseen',
          firmness: 'evidenced',
          caveat: 'Before, it was four in five.',
        },
        {
          stakeholder: 'coaches-and-mentors',
          outcome: 'Mentors say that they visit their own schools on Monday mornings now.',
          foreseen: 'unforeseen',
          firmness: 'anecdotal',
        },
      ],
    },
    prose: [
      p(
        'The clearest sign is a dull one: the authority advertised for two headships last spring, where it used to advertise for five.',
      ),
    ],
    prompts: { 'for-whom': 'answered', 'telling-quotes': 'ask', 'pupil-gain': 'ask' },
  },
  {
    section: '7',
    by: ['lead'],
    fields: {
      evidence: [
        {
          kind: 'retention',
          shows: 'Nineteen of twenty reached a third year.',
          'who-knows': ['others'],
          year: '2021 to 2026',
        },
      ],
    },
    prompts: { 'beyond-leadership': 'ask' },
    assignee: 'lead',
    dueInDays: 4,
  },
  {
    section: '8',
    by: ['second'],
    fields: {
      obstacles: [
        {
          kind: 'personal-professional',
          'what-happened': 'Mentors became confidants.',
          overcome: 'The supper; and a counsellor whom any head may ring.',
        },
      ],
    },
    prompts: { hard: 'answered' },
    status: 'ready',
    statusBy: 'second',
  },
  {
    section: '9',
    by: ['editor'],
    prose: [
      bullets('Three years ahead, and not ten.', 'A school unlike one’s own.', 'Money, and no report.'),
    ],
    prompts: { features: 'answered' },
  },
  {
    section: '12',
    school: 'fennimore',
    by: ['second'],
    fields: { prepared: 'yes', 'school-email': 'office@fennimore.example' },
    prompts: { willing: 'answered' },
  },
];
