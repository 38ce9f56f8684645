import type { Section } from '../framework.ts';

export const obstacles: Section = {
  id: '8',
  number: '8',
  title: 'Obstacles',
  purpose: 'What got in the way, and what people did about it.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    { id: 'hard', label: 'Hard parts', question: 'What was hardest, and when did it nearly stop?' },
    { id: 'way-round', label: 'Way round', question: 'How did they get past each of these, and who did it?' },
  ],
  fields: [
    {
      id: 'obstacles',
      kind: 'group',
      label: 'Obstacles',
      rowName: 'obstacle',
      fields: [
        {
          id: 'kind',
          kind: 'choice',
          label: 'Kind',
          required: true,
          options: [
            { id: 'being-observed', label: 'Unwilling to be watched teaching' },
            {
              id: 'personal-professional',
              label: 'Where the professional ends',
              help: 'Hard to say what is work and what is somebody’s private trouble.',
            },
            { id: 'time', label: 'Too little time' },
            { id: 'resources', label: 'Too little money or material' },
            { id: 'skills', label: 'Skills missing' },
            { id: 'staffing', label: 'People leaving, or away ill' },
            { id: 'risk-averse', label: 'A culture that avoids risk' },
            { id: 'management', label: 'Management that did not work' },
            { id: 'other', label: 'Something else' },
          ],
        },
        { id: 'what-happened', kind: 'long-text', label: 'What happened', required: true },
        { id: 'overcome', kind: 'long-text', label: 'How it was overcome', help: 'Say so if it was not.' },
      ],
    },
  ],
};

export const takingItElsewhere: Section = {
  id: '9',
  number: '9',
  title: 'Taking it elsewhere',
  purpose: 'What another school would need to keep, and what it may change.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'first-steps',
      label: 'Taking it up',
      question: 'How could others begin, and carry on from there?',
    },
    {
      id: 'features',
      label: 'What matters',
      question: 'Which features made it work, and would have to travel with it?',
    },
    {
      id: 'adapting',
      label: 'Adapting is normal',
      question: 'Does the text tell readers that new ideas nearly always need fitting to the place?',
    },
  ],
  fields: [
    {
      id: 'features',
      kind: 'group',
      label: 'Features',
      help: 'Few things have to stay the same. Changing the rest to suit a place is how ideas spread.',
      rowName: 'feature',
      fields: [
        { id: 'feature', kind: 'short-text', label: 'Feature', required: true },
        {
          id: 'kind',
          kind: 'choice',
          label: 'Is it',
          options: [
            { id: 'essential', label: 'Essential' },
            { id: 'adaptable', label: 'Adaptable' },
          ],
        },
        { id: 'why', kind: 'long-text', label: 'Why' },
      ],
    },
  ],
};

export const conclusions: Section = {
  id: '10',
  number: '10',
  title: 'Conclusions',
  purpose: 'What may be concluded, and by whom. Leave it out where it is too soon.',
  required: false,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'whose',
      label: 'Whose',
      question: 'Has the school come to conclusions itself? Report them as its own.',
    },
    { id: 'trends', label: 'Trends', question: 'Which trends are beginning to show?' },
    {
      id: 'implications',
      label: 'Implications',
      question: 'What does this work mean for others who teach or lead?',
    },
  ],
  fields: [
    {
      id: 'conclusions',
      kind: 'group',
      label: 'Conclusions',
      rowName: 'conclusion',
      fields: [
        { id: 'conclusion', kind: 'long-text', label: 'Conclusion', required: true },
        {
          id: 'whose',
          kind: 'choice',
          label: 'Whose',
          required: true,
          options: [
            { id: 'school', label: 'The school’s' },
            { id: 'team', label: 'Ours' },
            { id: 'others', label: 'Somebody else’s' },
          ],
        },
      ],
    },
    { id: 'trends', kind: 'long-text', label: 'Emerging trends' },
    { id: 'implications', kind: 'long-text', label: 'Implications for practice' },
  ],
};

export const nextSteps: Section = {
  id: '11',
  number: '11',
  title: 'Next steps',
  purpose: 'Where the school or network goes from here.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'forward',
      label: 'Forward',
      question: 'What do the school or its network intend to do now, and when?',
    },
    { id: 'using-lessons', label: 'Using the lessons', question: 'How will what they learned shape it?' },
    { id: 'wider', label: 'Wider', question: 'What might it mean beyond these people and this school?' },
  ],
  fields: [
    { id: 'plans', kind: 'long-text', label: 'Plans' },
    { id: 'use-of-lessons', kind: 'long-text', label: 'How the lessons will be used' },
    { id: 'wider-implications', kind: 'long-text', label: 'Wider implications' },
  ],
};
