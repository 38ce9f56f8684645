import type { SectionContent } from './case-content.ts';
import { p, table } from './prose.ts';

/** 3 and 5 to 11. */
export const harrowLaneResults: readonly SectionContent[] = [
  {
    section: '3',
    by: ['second', 'editor'],
    fields: {
      arrangement: ['learning-forum'],
      collaborators: [
        {
          role: 'Coordinator',
          position: 'Head of Harrow Lane',
          external: 'no',
          did: 'Keeps the Tuesday timetable; brings the mentors together once a half-term.',
        },
        {
          role: 'Mentors',
          position: 'Six experienced teachers',
          external: 'yes',
          did: 'An hour a week, never in their own school.',
        },
      ],
      networks: [{ network: 'Cawbridge small schools', gave: 'Six years of trust, from sharing a minibus.' }],
      'meetings-regular': 'yes',
      'meetings-form': 'formal',
      'time-found': 'Each head teaches one class on Tuesday afternoons.',
      'set-off-by': ['impetus'],
      'starting-point': 'Four departures in two years.',
    },
    prose: [
      p(
        'What holds the exchange together is that all four heads teach at the same hour. It cannot be cancelled in one ' +
          'school without being noticed in three.',
      ),
    ],
    prompts: {
      'who-does-what': 'answered',
      networks: 'answered',
      time: 'answered',
      perspectives: 'answered',
    },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '4-culture',
    by: ['second'],
    fields: {
      beliefs: 'That a small school need not be a lonely one.',
      'collegial-talk': 'yes',
      consultative: 'yes',
    },
    status: 'ready',
    statusBy: 'second',
  },
  {
    section: '5',
    by: ['editor'],
    fields: {
      lines: [
        {
          direction: 'cost',
          kind: 'internal',
          what: 'Heads teach on Tuesday afternoons',
          'in-kind': '38 afternoons each',
        },
        {
          direction: 'cost',
          kind: 'hidden',
          what: 'Travel',
          amount: { figure: '640', year: '2025/26', source: 'Four offices together' },
          'budgeted-against': 'Nobody had thought of it',
        },
        {
          direction: 'gain',
          kind: 'staffing',
          what: 'One recruitment fewer a year',
          'in-kind': 'Between £1,000 and £3,000',
        },
      ],
    },
    prose: [p('No money changes hands. Petrol did, until somebody wrote it down.')],
    prompts: { staffing: 'answered', hidden: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '6',
    by: ['second', 'editor'],
    fields: {
      outcomes: [
        {
          stakeholder: 'professional-learners',
          outcome: 'All five of the latest new teachers have stayed.',
          foreseen: 'foreseen',
          firmness: 'emerging',
          caveat: 'Two years, five people.',
        },
        {
          stakeholder: 'heads',
          outcome: 'Heads know children by name whom they used to know by report.',
          foreseen: 'unforeseen',
          firmness: 'anecdotal',
        },
        {
          stakeholder: 'coaches-and-mentors',
          outcome: 'Two mentors have been appointed to lead a phase.',
          foreseen: 'unforeseen',
          firmness: 'evidenced',
        },
      ],
      'capacity-institution': 'Six trained mentors where there were none, shared by four schools.',
    },
    prose: [
      table(
        ['', 'Before', 'Now'],
        ['New teachers in post after two years', '7 of 11', '5 of 5'],
        ['Mentors with training', '0', '6'],
      ),
      p('Both lines are short. We have asked to look again in a year.'),
    ],
    prompts: { 'for-whom': 'answered', unforeseen: 'answered', 'pupil-gain': 'ask' },
    status: 'ready',
    statusBy: 'second',
    assignee: 'editor',
    dueInDays: 3,
  },
  {
    section: '7',
    by: ['editor'],
    fields: {
      evidence: [
        {
          kind: 'retention',
          shows: 'Seven of eleven stayed before; five of five since.',
          'who-knows': ['school'],
          year: '2021 to 2026',
        },
        {
          kind: 'teacher-views',
          shows: 'New teachers value the second column above all.',
          'who-knows': ['team'],
          year: '2026',
        },
      ],
      'beyond-leadership': 'yes',
    },
    prose: [
      p(
        'New teachers, mentors and heads were seen apart. They told us the same story with different heroes.',
      ),
    ],
    prompts: { 'who-knows': 'answered', 'beyond-leadership': 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '8',
    by: ['second'],
    fields: {
      obstacles: [
        {
          kind: 'time',
          'what-happened': 'Tuesday was also the day of the minibus.',
          overcome: 'The minibus moved.',
        },
        {
          kind: 'management',
          'what-happened': 'A head asked a mentor how “her” new teacher was doing.',
          overcome: 'The mentor said that she was not able to say. It has not been asked again.',
        },
      ],
    },
    prose: [p('Distance was expected to be the trouble. It was diaries.')],
    prompts: { hard: 'answered', 'way-round': 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '9',
    by: ['editor'],
    fields: {
      features: [
        {
          feature: 'The mentor has no say over the learner’s future',
          kind: 'essential',
          why: 'It is the point.',
        },
        {
          feature: 'Heads teach so that others can meet',
          kind: 'adaptable',
          why: 'Larger schools have other ways.',
        },
      ],
    },
    prose: [p('Two schools would be enough. One would not.')],
    prompts: { features: 'answered', adapting: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '10',
    by: ['editor'],
    fields: {
      conclusions: [{ conclusion: 'That help and judgement need different people.', whose: 'school' }],
    },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '11',
    by: ['editor'],
    fields: {
      plans: 'A fifth school joins in September.',
      'wider-implications': 'Worth trying wherever schools are small and near.',
    },
    status: 'agreed',
    statusBy: 'editor',
  },
];
