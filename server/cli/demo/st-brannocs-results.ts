import type { SectionContent } from './case-content.ts';
import { bullets, p } from './prose.ts';

/** 3 to 13. */
export const stBrannocsResults: readonly SectionContent[] = [
  {
    section: '3',
    by: ['first', 'editor'],
    fields: {
      arrangement: ['critical-mass', 'other'],
      collaborators: [
        {
          role: 'Keeper of the ring',
          position: 'Teacher of textiles',
          external: 'no',
          did: 'Drew it, mends it, hears objections.',
        },
        {
          role: 'Trainers',
          position: 'Eleven members of the working group',
          external: 'no',
          did: 'Two afternoons for every new member of staff.',
        },
      ],
      'meetings-regular': 'yes',
      'meetings-form': 'both',
      'time-found':
        'The fortnightly 40 minutes are on everybody’s timetable, the head’s and the cooks’ included.',
      'set-off-by': ['impetus'],
      'starting-point': 'Two terms of thin walls.',
      'new-knowledge': 'That expertise is nearly always in another department.',
      outputs: [
        {
          output: 'Index of who can be asked about what',
          use: '131 entries; consulted daily.',
          copies: 'yes',
        },
      ],
    },
    prose: [
      p(
        'Whoever keeps the ring may not be in the senior team. It is the only rule that was ever put to a vote.',
      ),
    ],
    prompts: { 'who-does-what': 'answered', time: 'answered', outputs: 'answered', perspectives: 'answered' },
  },
  {
    section: '4-facts',
    school: 'st-brannocs',
    by: ['first'],
    fields: {
      description: 'A church school by the container port, in a building that its pupils helped to plan.',
      roll: { figure: '1140', year: '2025/26', source: 'School census' },
      'free-meals-share': { figure: '46', year: '2025/26', source: 'School census' },
      'special-needs-share': { figure: '24', year: '2025/26', source: 'School census' },
      'age-range': '11 to 18',
      size: 'large',
      teachers: { figure: '81', year: '2025/26', source: 'School office' },
      'support-staff': { figure: '42', year: '2025/26', source: 'School office' },
      'other-staff': { figure: '21', year: '2025/26', source: 'School office' },
      learners: { figure: '131', year: '2025/26', source: 'The ring' },
      began: 'Autumn 2019',
      area: 'urban',
      designations: ['religious-character', 'training'],
    },
    prompts: { beforehand: 'answered', community: 'answered', timescale: 'answered' },
  },
  {
    section: '4-culture',
    by: ['first'],
    fields: {
      beliefs: 'The head was a youth worker first and says that she still is.',
      'collegial-talk': 'yes',
      'risk-taking': 'yes',
      consultative: 'yes',
      modelling: 'yes',
    },
    prompts: { beliefs: 'answered', modelling: 'answered' },
  },
  {
    section: '5',
    by: ['editor'],
    fields: {
      lines: [
        {
          direction: 'cost',
          kind: 'staffing',
          what: '40 minutes a fortnight for 131 people',
          'in-kind': 'About 3,300 hours a year',
          'budgeted-against': 'Five training days, now two',
        },
        {
          direction: 'cost',
          kind: 'physical',
          what: 'Sound recorders',
          amount: { figure: '820', year: '2019', source: 'Accounts' },
        },
        {
          direction: 'gain',
          kind: 'external',
          what: 'Fees from schools that visit',
          amount: { figure: '2600', year: '2025', source: 'Accounts' },
        },
      ],
    },
    prose: [
      p(
        'The hours are large because everyone is counted, and counted twice: as coach and as coached. For each person they come to some twenty-five a year.',
      ),
    ],
    prompts: { staffing: 'answered', 'costs-and-gains': 'answered', priorities: 'answered' },
  },
  {
    section: '6',
    by: ['first', 'editor'],
    fields: {
      outcomes: [
        {
          stakeholder: 'professional-learners',
          outcome: 'Nine in ten can name something that they now do differently.',
          foreseen: 'foreseen',
          firmness: 'reported-trend',
          caveat: 'Their own accounts.',
        },
        {
          stakeholder: 'other-staff',
          outcome: 'Cooks and technicians are asked for advice about pupils.',
          foreseen: 'unforeseen',
          firmness: 'evidenced',
        },
        {
          stakeholder: 'pupils',
          outcome: 'Fewer pupils are sent out of lessons.',
          foreseen: 'unforeseen',
          firmness: 'emerging',
          caveat: 'A new behaviour policy began in the same year.',
        },
      ],
      'capacity-institution': 'Every adult has been trained to coach.',
      lessons: 'Leave rank outside. Keep it short. Draw it where it can be seen.',
    },
    prose: [
      p('What people mention first is not teaching. It is that they know more of their colleagues’ names.'),
    ],
    prompts: { 'for-whom': 'answered', unforeseen: 'answered', capacity: 'answered', lessons: 'answered' },
  },
  {
    section: '7',
    by: ['editor'],
    fields: {
      evidence: [
        {
          kind: 'teacher-views',
          shows: '118 of 131 would stay in the ring.',
          'who-knows': ['school', 'others'],
          year: '2025',
          source: 'Survey without names',
        },
        {
          kind: 'teaching-changes',
          shows: 'In twelve recordings a year apart, teachers answer fewer of their own questions.',
          'who-knows': ['team'],
          year: '2024 and 2025',
        },
      ],
      'beyond-leadership': 'yes',
      gaps: 'Nobody has asked those who left.',
    },
    prose: [p('Twelve recordings are few. They were chosen by lot, and we heard them all.')],
    prompts: { 'who-knows': 'answered', 'beyond-leadership': 'answered', fit: 'answered' },
  },
  {
    section: '8',
    by: ['first'],
    fields: {
      obstacles: [
        {
          kind: 'risk-averse',
          'what-happened': 'Some teachers did not wish to be coached by people who do not teach.',
          overcome: 'They were asked to try four meetings. Two left the ring; one came back.',
        },
        { kind: 'being-observed', 'what-happened': 'Video was disliked.', overcome: 'Sound only.' },
      ],
    },
    prose: [p('It is voluntary, and thirteen people are not in it. They are listed nowhere.')],
    prompts: { hard: 'answered', 'way-round': 'answered' },
  },
  {
    section: '9',
    by: ['editor'],
    fields: {
      features: [
        { feature: 'No pair is returned', kind: 'essential', why: 'It frees people from politeness.' },
        { feature: 'A tablecloth', kind: 'adaptable', why: 'But it must be seen.' },
      ],
    },
    prose: [bullets('Start with a ring of seven.', 'Let it be somebody’s job to mend it.')],
    prompts: { 'first-steps': 'answered', features: 'answered', adapting: 'answered' },
  },
  {
    section: '10',
    by: ['editor'],
    fields: {
      conclusions: [{ conclusion: 'That listening can be practised, and that it spreads.', whose: 'school' }],
    },
    prompts: { whose: 'answered' },
  },
  {
    section: '11',
    by: ['editor'],
    fields: {
      plans: 'A ring of sixth-formers, at their request.',
      'wider-implications': 'Coaching need not begin in classrooms.',
    },
    prompts: { forward: 'answered', wider: 'answered' },
  },
  {
    section: '12',
    school: 'st-brannocs',
    by: ['first'],
    fields: {
      prepared: 'yes',
      contacts: [{ role: 'Keeper of the ring', kind: 'named', 'can-answer': 'Everything', prepared: 'yes' }],
      'school-email': 'ring@stbrannocs.example',
      'school-phone': '01632 960 387',
    },
    prompts: { willing: 'answered', named: 'answered', fallback: 'answered' },
  },
  {
    section: '13',
    school: 'st-brannocs',
    notApplicable: 'the school prefers sound to film, and has lent us three recordings instead.',
  },
];
