import type { Section } from '../framework.ts';
import { knowledgeField, resourcesGroup, skillsGroup } from './craft.ts';

export const learningFromIt: Section = {
  id: '2.5',
  number: '2.5',
  parent: '2',
  title: 'Learning from it',
  purpose: 'How what was seen turned into understanding, and understanding into a plan.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'reflection',
      label: 'Looking back',
      question: 'How is the talk afterwards set up: how soon, where, how long, with what in front of them?',
    },
    {
      id: 'first-voice',
      label: 'First voice',
      question: 'Which of them speaks first, and is that on purpose?',
    },
    {
      id: 'standing',
      label: 'Whose view counts',
      question: 'How much weight does each person’s reading of the lesson carry?',
    },
    {
      id: 'limits',
      label: 'Limits',
      question: 'What is the conversation allowed to cover, and what is kept out of it?',
    },
    {
      id: 'balance',
      label: 'Then and next',
      question: 'How much of the time goes on working out what happened, how much on what to do next?',
    },
    {
      id: 'knowledge',
      label: 'Knowledge',
      question: 'What must people know and understand to learn from a lesson they shared?',
    },
    {
      id: 'skills',
      label: 'Skills',
      question: 'Which skills did the conversation need, and which did it sharpen?',
    },
    {
      id: 'resources',
      label: 'Resources',
      question: 'Did they use film, charts or other records of the lesson? May we show any?',
    },
  ],
  fields: [
    {
      id: 'who-first',
      kind: 'choice',
      label: 'Who speaks first',
      options: [
        { id: 'observed', label: 'The person observed' },
        { id: 'observer', label: 'The observer' },
        { id: 'varies', label: 'It varies' },
      ],
    },
    { id: 'ground-rules', kind: 'long-text', label: 'Ground rules of the talk' },
    {
      id: 'balance',
      kind: 'choice',
      label: 'Balance',
      options: [
        { id: 'analysis', label: 'Mostly analysis' },
        { id: 'even', label: 'About even' },
        { id: 'planning', label: 'Mostly planning' },
      ],
    },
    knowledgeField('Of teaching, of the evidence, of how adults take feedback.'),
    skillsGroup('Such as open questions, silence, describing before judging.'),
    resourcesGroup('Such as film clips or recording charts.'),
  ],
};

export const howItRan: Section = {
  id: '2.6',
  number: '2.6',
  parent: '2',
  title: 'How it ran',
  purpose: 'What actually took place, in order, told by those who were there.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'course',
      label: 'Course of it',
      question: 'Tell one round from start to finish: who did what, with whom, in which order?',
    },
    {
      id: 'illustrations',
      label: 'Illustrations',
      question: 'What can be shown or quoted, in people’s own words, that brings the process to life?',
    },
    {
      id: 'full-record',
      label: 'Full record',
      question: 'Have you taken plentiful notes, or asked whether you may record the conversation?',
    },
  ],
  fields: [
    {
      id: 'activities',
      kind: 'many-choices',
      label: 'What people did',
      help: 'Tick what took place, not what was intended.',
      required: true,
      options: [
        {
          id: 'goals-one-way',
          label: 'Helping someone to clarify their goals',
          group: 'One helps the other',
        },
        {
          id: 'planning-one-way',
          label: 'Helping someone plan, by asking questions',
          group: 'One helps the other',
        },
        {
          id: 'sharing-one-way',
          label: 'Going through an experience together',
          help: 'By observing, or by watching a recording.',
          group: 'One helps the other',
        },
        {
          id: 'debriefing-one-way',
          label: 'Thinking back and debriefing on it',
          group: 'One helps the other',
        },
        {
          id: 'review-one-way',
          label: 'Helping someone review and decide what to do next',
          group: 'One helps the other',
        },
        {
          id: 'evidence-reciprocal',
          label: 'Studying evidence together',
          help: 'From classrooms, from research, or from how others do it.',
          group: 'Each helps the other',
        },
        {
          id: 'goals-reciprocal',
          label: 'Coming to understand each other’s goals in detail',
          group: 'Each helps the other',
        },
        {
          id: 'planning-reciprocal',
          label: 'Planning in turn, each questioning the other',
          group: 'Each helps the other',
        },
        {
          id: 'sharing-reciprocal',
          label: 'Going through an experience together, in both directions',
          help: 'By observing each other, or by watching recordings of both.',
          group: 'Each helps the other',
        },
        {
          id: 'interpreting-reciprocal',
          label: 'Working out together what it means',
          help: 'So that both look at their own practice afresh.',
          group: 'Each helps the other',
        },
        {
          id: 'review-reciprocal',
          label: 'Reviewing and deciding what each does next',
          group: 'Each helps the other',
        },
        { id: 'other', label: 'Something else', group: 'Other' },
      ],
    },
    { id: 'other-activities', kind: 'long-text', label: 'If something else, what?' },
    {
      id: 'illustrations',
      kind: 'group',
      label: 'Things that show it',
      help: 'Quotes belong in the text, with the person who said them; list here what else can be shown.',
      rowName: 'illustration',
      fields: [
        { id: 'what', kind: 'short-text', label: 'What', required: true },
        {
          id: 'kind',
          kind: 'choice',
          label: 'Kind',
          options: [
            { id: 'learning-material', label: 'Learning material' },
            { id: 'record', label: 'Somebody’s account of it' },
            { id: 'picture', label: 'Picture or film' },
            { id: 'other', label: 'Something else' },
          ],
        },
        { id: 'copies', kind: 'yes-no', label: 'May we show it?' },
      ],
    },
  ],
};
