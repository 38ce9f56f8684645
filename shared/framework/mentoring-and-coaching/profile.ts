import type { Section } from '../framework.ts';
import {
  AGE_RANGE,
  AREA,
  CAREER_STAGES,
  CIRCUMSTANCES,
  SIZE,
  SOCIO_ECONOMIC,
  SPECIAL_NEEDS,
} from './coverage-axes.ts';

export const profile: Section = {
  id: 'profile',
  title: 'Profile',
  purpose: 'What kind of case this is, so that the study can see what it has covered and what is missing.',
  required: true,
  occurrence: 'once',
  audience: 'shareable',
  prose: false,
  prompts: [
    {
      id: 'own-words',
      label: 'Their word for it',
      question: 'Does the school call it mentoring or coaching, and does that match what people actually do?',
    },
  ],
  fields: [
    {
      id: 'approach',
      kind: 'choice',
      label: 'Mentoring or coaching',
      help: 'Go by what people do. Schools often use the two words for the same thing.',
      required: true,
      options: [
        { id: 'mentoring', label: 'Mentoring' },
        { id: 'coaching', label: 'Coaching' },
        { id: 'both', label: 'Both' },
        { id: 'different', label: 'Something different' },
      ],
    },
    {
      id: 'mentoring-types',
      kind: 'many-choices',
      label: 'Kinds of mentoring',
      options: [
        {
          id: 'initial-training',
          label: 'Learning to teach',
          help: 'A mentor works alongside someone who is still training.',
        },
        {
          id: 'career-change',
          label: 'A big change of role',
          help: 'Someone’s working life changes greatly and they go on learning through it: a first headship, say.',
        },
        {
          id: 'induction',
          label: 'Induction',
          help: 'A trusted colleague with more experience plans guidance around needs they have named together.',
        },
        {
          id: 'new-school',
          label: 'Joining a new school',
          help: 'Someone who knows the place lends a practical hand with how things are done there.',
        },
        {
          id: 'progression',
          label: 'Moving up',
          help: 'Growing into the duties, rights and values of a wider role while practice improves as well.',
        },
        {
          id: 'problem-solving',
          label: 'Getting past a problem',
          help: 'Help with a serious difficulty that holds back a teacher or their pupils.',
        },
        { id: 'none-of-these', label: 'None of these, something quite different' },
      ],
    },
    {
      id: 'coaching-types',
      kind: 'many-choices',
      label: 'Kinds of coaching',
      options: [
        {
          id: 'challenge-or-skill',
          label: 'A challenge or a new skill',
          help: 'One particular difficulty in class or in leading, or one skill to be learned.',
        },
        {
          id: 'refining-practice',
          label: 'Improving what is already done',
          help: 'Looking again at familiar practice, given how pupils do, what the school needs or what else is possible.',
        },
        {
          id: 'new-strategies',
          label: 'New ways of teaching',
          help: 'Taking up approaches that research favours or that national policy asks for.',
        },
        { id: 'none-of-these', label: 'None of these' },
      ],
    },
    {
      id: 'something-different',
      kind: 'long-text',
      label: 'If something different, what?',
    },
    {
      id: 'career-stages',
      kind: 'many-choices',
      label: 'Where the learners are in their careers',
      required: true,
      options: CAREER_STAGES,
    },
    { id: AREA.id, kind: 'many-choices', label: AREA.label, options: AREA.values },
    {
      id: SOCIO_ECONOMIC.id,
      kind: 'many-choices',
      label: SOCIO_ECONOMIC.label,
      options: SOCIO_ECONOMIC.values,
    },
    {
      id: CIRCUMSTANCES.id,
      kind: 'many-choices',
      label: CIRCUMSTANCES.label,
      options: CIRCUMSTANCES.values,
    },
    { id: SIZE.id, kind: 'many-choices', label: SIZE.label, options: SIZE.values },
    { id: AGE_RANGE.id, kind: 'many-choices', label: AGE_RANGE.label, options: AGE_RANGE.values },
    {
      id: SPECIAL_NEEDS.id,
      kind: 'many-choices',
      label: SPECIAL_NEEDS.label,
      options: SPECIAL_NEEDS.values,
    },
  ],
};

export const summary: Section = {
  id: 'summary',
  title: 'Summary card',
  purpose: 'The case at a glance: what a reader sees first, on a card of its own.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: false,
  prompts: [
    {
      id: 'promise',
      label: 'Promise',
      question: 'What can a reader learn here that the other cases of this study do not show?',
    },
  ],
  fields: [
    {
      id: 'theme',
      kind: 'short-text',
      label: 'Theme',
      help: 'Two or three words to stand above the title, such as “peer coaching”.',
    },
    { id: 'title', kind: 'short-text', label: 'Title', required: true },
    {
      id: 'abstract',
      kind: 'long-text',
      label: 'In short',
      help: 'About a hundred words: who, what, since when, and what has come of it.',
      required: true,
    },
    {
      id: 'setting',
      kind: 'long-text',
      label: 'The setting in a few lines',
      help: 'For print: each school briefly, with no more detail than it has agreed to.',
    },
    {
      id: 'illustrates',
      kind: 'group',
      label: 'This case helps to show',
      help: 'Three points are usually enough.',
      rowName: 'point',
      fields: [{ id: 'point', kind: 'short-text', label: 'Point', required: true }],
    },
  ],
};
