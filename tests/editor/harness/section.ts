import type { Section } from '../../../shared/framework/framework.ts';

/** One field of every kind, none of them of a real study. */
export const everyField: Section = {
  id: '2.4',
  number: '2.4',
  title: 'Observing',
  purpose: 'Whether people watched each other work.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    { id: 'span', label: 'Span', question: 'A whole lesson, or one detail of it?' },
    {
      id: 'both-ways',
      label: 'Learning both ways',
      question: 'Does everyone know that the observer is learning too?',
    },
    { id: 'access', label: 'Access', question: 'Can the person observed look at the evidence afterwards?' },
  ],
  fields: [
    { id: 'length', kind: 'short-text', label: 'Length of an observation', required: true },
    { id: 'protocol', kind: 'short-text', label: 'Protocol used' },
    { id: 'copies', kind: 'yes-no', label: 'Copies available' },
    { id: 'first', kind: 'date', label: 'First observation' },
    {
      id: 'stage',
      kind: 'choice',
      label: 'Career stage',
      options: [
        { id: 'trainee', label: 'Trainee', help: 'Still on a course.' },
        { id: 'new', label: 'New teacher' },
        { id: 'head', label: 'Head', group: 'Leading' },
      ],
    },
    { id: 'pairs', kind: 'number', label: 'Pairs', unit: 'pairs', min: 1, max: 40 },
    {
      id: 'roll',
      kind: 'number',
      label: 'Pupils on roll',
      unit: 'pupils',
      withYear: true,
      withSource: true,
      audience: 'shareable',
      help: 'At the time of the visit.',
    },
    {
      id: 'kinds',
      kind: 'many-choices',
      label: 'What was observed',
      options: [
        { id: 'lesson', label: 'A lesson' },
        { id: 'detail', label: 'One detail of it' },
        { id: 'meeting', label: 'A meeting' },
      ],
    },
    {
      id: 'terms',
      kind: 'long-text',
      label: 'Terms agreed beforehand',
      help: 'Who sees the notes, and who keeps them.',
    },
    {
      id: 'gather',
      kind: 'checklist',
      label: 'To gather',
      audience: 'team',
      items: [
        { id: 'card', label: 'A focus card', help: 'Blank, without names.' },
        { id: 'plan', label: 'A lesson plan' },
      ],
    },
    {
      id: 'people',
      kind: 'group',
      label: 'Who observed whom',
      rowName: 'observer',
      help: 'One row for each.',
      fields: [
        { id: 'role', kind: 'short-text', label: 'Role', required: true },
        { id: 'outside', kind: 'yes-no', label: 'From outside?' },
        { id: 'hours', kind: 'number', label: 'Hours', unit: 'a term' },
        { id: 'notes', kind: 'long-text', label: 'What exactly they did' },
      ],
    },
  ],
};
