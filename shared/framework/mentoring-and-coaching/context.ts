import type { NumberField, Section, ShortTextField } from '../framework.ts';
import { AREA, SIZE } from './coverage-axes.ts';

const year: ShortTextField = { id: 'year', kind: 'short-text', label: 'Year' };
const source: ShortTextField = {
  id: 'source',
  kind: 'short-text',
  label: 'Source',
  help: 'A link, a document, or who said so.',
};

/** A figure of a school is worth little without its year and where it is from. */
function figure(id: string, label: string, unit: string, help?: string): NumberField {
  return {
    id,
    kind: 'number',
    label,
    unit,
    min: 0,
    ...(unit === '%' && { max: 100 }),
    withYear: true,
    withSource: true,
    ...(help !== undefined && { help }),
  };
}

export const contextFacts: Section = {
  id: '4-facts',
  number: '4',
  title: 'Context',
  purpose: 'The school and the people round it, so that readers can compare it with where they are.',
  required: true,
  occurrence: 'per-school',
  audience: 'shareable',
  prose: true,
  prompts: [
    {
      id: 'beforehand',
      label: 'Beforehand',
      question: 'What is public, or could be sent before the visit, so that nobody’s time goes on figures?',
    },
    {
      id: 'community',
      label: 'Community',
      question:
        'Who lives round the school, how well off are they, and how do home and school keep in touch?',
    },
    {
      id: 'scale',
      label: 'Scale here',
      question: 'How much of this school does the work reach: which people, classes and subjects?',
    },
    {
      id: 'timescale',
      label: 'Timescale',
      question: 'When did it begin here, how long has it run, and is it still going on?',
    },
    {
      id: 'particular',
      label: 'Particular',
      question: 'What else about this school would a reader have to know?',
    },
  ],
  fields: [
    {
      id: 'description',
      kind: 'long-text',
      label: 'The school in a few lines',
      help: 'How you would introduce it to someone who has never been there.',
      required: true,
    },
    figure('roll', 'Pupils on roll', 'pupils'),
    figure('free-meals', 'Entitled to free school meals', 'pupils'),
    figure('free-meals-share', 'As a share', '%', 'Only where the number is not known.'),
    figure('special-needs', 'With special educational needs', 'pupils'),
    figure('special-needs-share', 'As a share', '%', 'Only where the number is not known.'),
    {
      id: 'ethnic-composition',
      kind: 'group',
      label: 'Ethnic composition',
      help: 'In the school’s own categories.',
      rowName: 'ethnic group',
      fields: [
        { id: 'group', kind: 'short-text', label: 'Group', required: true },
        figure('share', 'Share of pupils', '%'),
      ],
    },
    { id: 'age-range', kind: 'short-text', label: 'Ages taught', help: 'Such as 3 to 11.' },
    { id: 'size', kind: 'choice', label: 'How big', options: SIZE.values },
    {
      id: 'well-off',
      kind: 'long-text',
      label: 'How well off the community is',
      help: 'Work, housing, health, change: what shapes life here.',
    },
    { id: 'home-school', kind: 'long-text', label: 'Links between home and school' },
    figure('teachers', 'Teachers', 'people'),
    figure(
      'support-staff',
      'Support staff',
      'people',
      'Teaching assistants and all who help children learn.',
    ),
    figure('other-staff', 'Other staff', 'people'),
    figure('learners', 'Learners taking part', 'people', 'Adults coached or mentored in this school.'),
    figure('parents', 'Parents taking part', 'people', 'Where parents are part of the work.'),
    figure('classes', 'Classes', 'classes'),
    figure('subjects', 'Subjects', 'subjects'),
    { id: 'subjects-involved', kind: 'short-text', label: 'Which subjects the work touches' },
    {
      id: 'performance',
      kind: 'group',
      label: 'How pupils do',
      help: 'Results, progress, attendance: whatever the school itself looks at.',
      rowName: 'measure',
      fields: [
        { id: 'measure', kind: 'short-text', label: 'Measure', required: true },
        { id: 'result', kind: 'short-text', label: 'Result' },
        year,
        source,
      ],
    },
    {
      id: 'inspections',
      kind: 'group',
      label: 'Inspection reports',
      help: 'By Ofsted or another inspectorate.',
      rowName: 'report',
      fields: [
        { id: 'inspectorate', kind: 'short-text', label: 'Inspectorate', required: true },
        { id: 'finding', kind: 'long-text', label: 'What it says that matters here' },
        year,
        source,
      ],
    },
    { id: 'began', kind: 'short-text', label: 'Began', help: 'Such as autumn 2024.' },
    { id: 'ended', kind: 'short-text', label: 'Ended', help: 'Empty while it goes on.' },
    {
      id: 'scale',
      kind: 'long-text',
      label: 'Scale of the work in this school',
      help: 'How many pairs, teams or classes, and how often.',
    },
    { id: AREA.id, kind: 'choice', label: AREA.label, options: AREA.values },
    {
      id: 'designations',
      kind: 'many-choices',
      label: 'Also',
      options: [
        { id: 'special-measures', label: 'In special measures' },
        { id: 'religious-character', label: 'Has a religious character' },
        { id: 'selective', label: 'Selects by ability' },
        {
          id: 'beacon',
          label: 'Beacon school',
          help: 'Or what has come since: recognised for sharing practice.',
        },
        { id: 'specialist', label: 'Specialist school', help: 'Known for one subject or field.' },
        { id: 'training', label: 'Training school', help: 'Or teaching school: trains teachers for others.' },
      ],
    },
    { id: 'other-characteristics', kind: 'long-text', label: 'Anything else that sets it apart' },
  ],
};

export const contextCulture: Section = {
  id: '4-culture',
  number: '4',
  title: 'Leadership and culture',
  purpose: 'What it is like to work there, for the team’s own understanding. Never shown to the school.',
  required: false,
  occurrence: 'once',
  audience: 'team',
  prose: true,
  prompts: [
    {
      id: 'experience',
      label: 'Experience',
      question: 'What have those who lead done before, and what kind of professionals are they?',
    },
    { id: 'beliefs', label: 'Beliefs', question: 'What do they hold to about people, learning and change?' },
    {
      id: 'innovation',
      label: 'Past change',
      question: 'Has the school brought in new things before? What became of them?',
    },
    {
      id: 'collegial-talk',
      label: 'Talk of teaching',
      question: 'Do staff willingly discuss their own lessons with each other?',
    },
    {
      id: 'barriers',
      label: 'In the way',
      question: 'What in the way things are done here made change harder?',
    },
    { id: 'incentives', label: 'In favour', question: 'What made change worth people’s while?' },
    {
      id: 'management',
      label: 'Management',
      question: 'How is the place run: who answers to whom, and how do decisions come about?',
    },
    { id: 'risk', label: 'Risk', question: 'May people try something that could fail?' },
    { id: 'consulting', label: 'Consulting', question: 'Are staff asked before things are settled?' },
    { id: 'modelling', label: 'Modelling', question: 'Do leaders do themselves what they ask of others?' },
  ],
  fields: [
    { id: 'experience', kind: 'long-text', label: 'Leaders’ experience and professional character' },
    { id: 'beliefs', kind: 'long-text', label: 'Leaders’ beliefs' },
    { id: 'innovation', kind: 'long-text', label: 'History of innovation' },
    { id: 'collegial-talk', kind: 'yes-no', label: 'Open talk about teaching?' },
    { id: 'barriers', kind: 'long-text', label: 'Barriers to change' },
    { id: 'incentives', kind: 'long-text', label: 'Incentives to change' },
    { id: 'structure', kind: 'long-text', label: 'Management structure' },
    { id: 'risk-taking', kind: 'yes-no', label: 'Risk-taking encouraged?' },
    { id: 'consultative', kind: 'yes-no', label: 'Consultative?' },
    { id: 'modelling', kind: 'yes-no', label: 'Modelled by leaders?' },
  ],
};

export const contextAuthority: Section = {
  id: '4-authority',
  number: '4',
  title: 'The authority and its schools',
  purpose: 'For work across a whole local authority: what its schools share, and how they differ.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  onlyForAuthority: true,
  prose: true,
  prompts: [
    {
      id: 'in-common',
      label: 'In common',
      question: 'What is true of most schools that took part? (Older papers call this LEA-wide work.)',
    },
    {
      id: 'diversity',
      label: 'Differences',
      question: 'Where do they differ in ways that bear on this work?',
    },
    {
      id: 'environment',
      label: 'Surroundings',
      question: 'What kind of place is it, and what is changing there?',
    },
  ],
  fields: [
    figure('schools', 'Schools taking part', 'schools'),
    { id: 'characteristics', kind: 'long-text', label: 'What the schools have in common', required: true },
    { id: 'diversity', kind: 'long-text', label: 'How they differ', required: true },
    { id: 'environment', kind: 'long-text', label: 'The area' },
  ],
};
