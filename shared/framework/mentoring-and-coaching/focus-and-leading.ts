import type { Section } from '../framework.ts';

export const focus: Section = {
  id: '1',
  number: '1',
  title: 'Focus',
  purpose: 'What this mentoring or coaching is meant to change. Everything after it is read in this light.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'goal',
      label: 'Goal',
      question:
        'Which problem, issue or goal is this about? Ask for it in one sentence, then for an example.',
    },
    {
      id: 'recognisable',
      label: 'Familiar elsewhere',
      question: 'What suggests that teachers in other schools would recognise it as theirs?',
    },
  ],
  fields: [
    {
      id: 'goal',
      kind: 'long-text',
      label: 'The problem, issue or goal',
      help: 'As the school would put it. The kind of mentoring or coaching stands in the profile.',
      required: true,
    },
  ],
};

export const whoLedIt: Section = {
  id: '3',
  number: '3',
  title: 'Who led it',
  purpose: 'Who really did what to start the work, hold it together and keep it going.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'who-does-what',
      label: 'Who does what',
      question:
        'Who leads, who co-ordinates, who takes part, and where does one role end and the next begin?',
    },
    {
      id: 'skills',
      label: 'Skills',
      question: 'Which skills did those who led or facilitated need, and use?',
    },
    { id: 'position', label: 'Position', question: 'What post or posts did they hold in the school?' },
    {
      id: 'strengths',
      label: 'Strengths',
      question: 'What about them as people made the difference?',
    },
    {
      id: 'networks',
      label: 'Networks',
      question: 'Who stood behind them: other schools, a university, an authority, a subject association?',
    },
    {
      id: 'outsiders',
      label: 'From outside',
      question: 'Did anyone come in from elsewhere? Exactly which part was theirs?',
    },
    {
      id: 'meetings',
      label: 'Meetings',
      question: 'Did they meet at set times or as needed, with an agenda or over coffee?',
    },
    { id: 'time', label: 'Time', question: 'Where did the hours come from in an ordinary school week?' },
    {
      id: 'starting-point',
      label: 'What set it off',
      question: 'Was there research, other evidence or an event behind it? Which, and how did they meet it?',
    },
    {
      id: 'adapting',
      label: 'Made their own',
      question: 'How was the idea changed to fit what this school is and wants?',
    },
    {
      id: 'new-knowledge',
      label: 'New knowledge',
      question: 'What does the school know now that nobody there knew before?',
    },
    {
      id: 'outputs',
      label: 'Made on the way',
      question:
        'What was produced that others could pick up? Who can say, for quoting, what it did for them?',
    },
    {
      id: 'perspectives',
      label: 'More than one view',
      question:
        'Have you heard this from someone who led, someone who coached or mentored, and someone who learned? ' +
        'Much of it is intuition: ask for an occasion, not a theory.',
    },
  ],
  fields: [
    {
      id: 'arrangement',
      kind: 'many-choices',
      label: 'How it is held together',
      options: [
        { id: 'learning-forum', label: 'A learning forum' },
        { id: 'critical-mass', label: 'Enough coaches to carry it' },
        {
          id: 'university-partnership',
          label: 'A partnership with a university',
          help: 'A researcher from higher education (HEI) working with heads or development leads.',
        },
        {
          id: 'authority-partnership',
          label: 'A partnership with the local authority',
          help: 'An adviser (once the LEA link adviser) working with heads or development leads.',
        },
        { id: 'other', label: 'Another way' },
      ],
    },
    {
      id: 'collaborators',
      kind: 'group',
      label: 'Who worked on it',
      help: 'By role, without names: people are kept apart, so that they can choose how to be named.',
      rowName: 'collaborator',
      fields: [
        { id: 'role', kind: 'short-text', label: 'Role in this work', required: true },
        { id: 'position', kind: 'short-text', label: 'Post in the school or elsewhere' },
        { id: 'external', kind: 'yes-no', label: 'From outside the school?' },
        { id: 'did', kind: 'long-text', label: 'What exactly they did' },
        { id: 'skills', kind: 'long-text', label: 'Skills they needed and used' },
        { id: 'strengths', kind: 'long-text', label: 'Personal strengths' },
      ],
    },
    {
      id: 'networks',
      kind: 'group',
      label: 'Support networks',
      rowName: 'network',
      fields: [
        { id: 'network', kind: 'short-text', label: 'Network', required: true },
        { id: 'gave', kind: 'long-text', label: 'What it gave' },
      ],
    },
    { id: 'meetings-regular', kind: 'yes-no', label: 'Regular meetings?' },
    {
      id: 'meetings-form',
      kind: 'choice',
      label: 'Formal or informal',
      options: [
        { id: 'formal', label: 'Formal' },
        { id: 'informal', label: 'Informal' },
        { id: 'both', label: 'Both' },
      ],
    },
    { id: 'time-found', kind: 'long-text', label: 'How time was found' },
    {
      id: 'set-off-by',
      kind: 'many-choices',
      label: 'Set off by',
      options: [
        { id: 'research', label: 'Research' },
        { id: 'evidence', label: 'Other evidence' },
        { id: 'impetus', label: 'An event, a need or a person' },
      ],
    },
    { id: 'starting-point', kind: 'long-text', label: 'Which research, evidence or event' },
    { id: 'adaptations', kind: 'long-text', label: 'How it was adapted here' },
    { id: 'new-knowledge', kind: 'long-text', label: 'New knowledge' },
    {
      id: 'outputs',
      kind: 'group',
      label: 'Things produced',
      help: 'Such as a protocol for watching a colleague teach.',
      rowName: 'output',
      fields: [
        { id: 'output', kind: 'short-text', label: 'What', required: true },
        { id: 'use', kind: 'long-text', label: 'What it is used for, and what people say of it' },
        { id: 'copies', kind: 'yes-no', label: 'Can we have a copy or an example?' },
      ],
    },
    {
      id: 'other-views',
      kind: 'long-text',
      label: 'Where accounts differ',
      help: 'What people in different places told you differently, and could not easily put into words.',
    },
  ],
};
