import type { CaseContent, SectionContent } from './case-content.ts';
import { bullets, p, quotation, steps } from './prose.ts';
import { stBrannocsResults } from './st-brannocs-results.ts';

const opening: readonly SectionContent[] = [
  {
    section: 'profile',
    by: ['first'],
    fields: {
      approach: 'coaching',
      'coaching-types': ['challenge-or-skill', 'new-strategies'],
      'career-stages': ['new-teacher', 'new-ways', 'middle-leader'],
      area: ['urban'],
      'socio-economic': ['mostly-hardship'],
      circumstances: ['challenging'],
      size: ['large'],
      'age-range': ['secondary', 'post-16'],
      'special-needs': ['high-needs'],
    },
    prompts: { 'own-words': 'answered' },
  },
  {
    section: 'summary',
    by: ['first', 'editor'],
    fields: {
      theme: 'Coaching across a whole school',
      title: 'Everyone coaches, everyone is coached',
      abstract:
        'At St Brannoc’s the caretaker coaches a deputy head in keeping calm, and a newly qualified chemist coaches the ' +
        'head of music in explaining things once. Coaching belongs to no rank. Any adult may have a coach, if they will be one, and ' +
        'the two are never the same pair.',
      setting: 'A secondary school of 1,140 in the port district of Lydhaven, rebuilt after a fire in 2016.',
      illustrates: [
        { point: 'how coaching can be the business of all staff, not only of teachers' },
        { point: 'why a ring works better here than pairs' },
        { point: 'how a school keeps it voluntary when everybody takes part' },
      ],
    },
    prompts: { promise: 'answered' },
  },
  {
    section: '1',
    by: ['first'],
    fields: {
      goal:
        'Good practice stayed where it was. Each department had somebody who could do what another department was ' +
        'struggling to do, and neither knew.',
    },
    prose: [
      p(
        'When the building burned, the school taught for two terms in a disused office block with thin walls. People ' +
          'heard each other teach. They were astonished, chiefly by how good it was; and when the new building opened, ' +
          'with its thick doors, they found that they missed it.',
      ),
      p('The goal was to keep hearing each other, without the plasterboard.'),
    ],
    prompts: { goal: 'answered', recognisable: 'answered' },
  },
  {
    section: '2',
    by: ['first', 'editor'],
    prose: [
      p(
        'Staff are arranged in a ring. Each is coached by the person on their left and coaches the person on their ' +
          'right, for a year, in something that they have chosen. Nobody’s coach is coached by them, so nothing can be ' +
          'paid back; and nobody’s coach is their manager, so nothing can be held against them.',
      ),
      p('There are 131 people in the ring. It is drawn on a tablecloth, which hangs in the hall.'),
    ],
    prompts: { 'close-up': 'answered' },
  },
  {
    section: '2.1',
    by: ['first'],
    fields: {
      selection: 'A working group of eleven, from every kind of job, tried pairs and then the ring.',
      'prior-learning': 'Everyone writes two cards: *ask me about* and *I should like to be better at*.',
      resources: [{ resource: 'The two cards', kind: 'form', copies: 'yes', where: 'Reception' }],
    },
    prose: [
      p('Pairs failed for a good reason: people were grateful, and gratitude made them polite.'),
      bullets(
        'In a pair, each wanted to give as good as they got.',
        'In a ring there is nobody to repay but the next person.',
      ),
    ],
    prompts: { choice: 'answered', 'starting-point': 'answered' },
  },
  {
    section: '2.2',
    by: ['editor'],
    fields: {
      'meeting-times': 'Once a fortnight, 40 minutes, in a time that is on the timetable of both',
      'meeting-places': 'Anywhere but an office',
      'goals-recorded': 'yes',
      'clarifying-questions': [{ question: 'If I filmed you doing it well, what would be on the film?' }],
    },
    prose: [p('A goal is accepted by the coach only when both can say how they would notice it.')],
    prompts: { 'shared-understanding': 'answered', meeting: 'answered', questions: 'answered' },
  },
  {
    section: '2.3',
    by: ['editor'],
    fields: { 'joint-planning': 'yes', planned: ['lessons', 'leadership', 'other'], 'plans-shared': 'yes' },
    prose: [
      p(
        'Planning is of whatever is next: a lesson, an assembly, a difficult telephone call, the order of a kitchen.',
      ),
    ],
    prompts: { joint: 'answered', critique: 'answered' },
  },
  {
    section: '2.4',
    by: ['first'],
    fields: {
      observation: 'yes',
      span: 'detail',
      length: '15 minutes',
      'observer-learning': 'understood',
      'evidence-open': 'yes',
      'evidence-form': ['sound', 'notes'],
    },
    prose: [
      p('A quarter of an hour, sound only. The school tried video and found that people watched their hair.'),
      quotation(
        '“I listened to myself for fifteen minutes. I asked thirty-one questions and answered twenty-six.” (chemistry teacher)',
      ),
    ],
    prompts: { part: 'answered', span: 'answered', access: 'answered' },
  },
  {
    section: '2.5',
    by: ['first'],
    fields: { 'who-first': 'observed', balance: 'analysis' },
    prose: [
      steps(
        'Listen to the recording, together, without stopping it.',
        'The one recorded chooses thirty seconds.',
        'Talk about those thirty seconds only.',
      ),
    ],
    prompts: { reflection: 'answered', 'first-voice': 'answered', limits: 'answered', balance: 'answered' },
  },
  {
    section: '2.6',
    by: ['editor'],
    fields: {
      activities: [
        'goals-one-way',
        'planning-one-way',
        'sharing-one-way',
        'debriefing-one-way',
        'evidence-reciprocal',
        'other',
      ],
      'other-activities':
        'Once a term the whole ring meets in the hall and each person says one sentence to the left.',
    },
    prose: [
      p(
        'Nineteen meetings make a year. The ring is drawn afresh each September, by lot, with three objections allowed.',
      ),
    ],
    prompts: { course: 'answered' },
  },
];

/** Agreed throughout, and locked: ready to be published. Invented. */
export const stBrannocs: CaseContent = {
  title: 'Everyone coaches, everyone is coached',
  subtitle:
    'St Brannoc’s School: a ring of a hundred and thirty-one adults, from the kitchen to the head’s office.',
  stage: 'approved',
  authority: false,
  schools: [{ key: 'st-brannocs', name: 'St Brannoc’s School', place: 'Lydhaven' }],
  sections: [...opening, ...stBrannocsResults].map((content) =>
    content.notApplicable ? content : { ...content, status: 'agreed', statusBy: 'editor' },
  ),
};
