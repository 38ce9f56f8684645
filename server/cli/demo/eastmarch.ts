import type { CaseContent, SectionContent } from './case-content.ts';
import { eastmarchResults } from './eastmarch-results.ts';
import { p, quotation } from './prose.ts';

const opening: readonly SectionContent[] = [
  {
    section: 'profile',
    by: ['lead'],
    fields: {
      approach: 'both',
      'mentoring-types': ['career-change', 'problem-solving'],
      'coaching-types': ['challenge-or-skill'],
      'career-stages': ['new-head', 'middle-leader'],
      area: ['rural', 'suburban', 'urban'],
      'socio-economic': ['mixed'],
      size: ['small', 'medium'],
      'age-range': ['early-years', 'infant', 'junior', 'secondary'],
      'special-needs': ['special-school'],
    },
    prompts: { 'own-words': 'answered' },
    status: 'agreed',
    statusBy: 'lead',
  },
  {
    section: 'summary',
    by: ['lead', 'editor'],
    fields: {
      theme: 'Mentoring for new heads, across an authority',
      title: 'The first hundred Mondays',
      abstract:
        'Eastmarch gives every new head a mentor for two years: a head who is three years further on, from a school ' +
        'unlike their own. The authority pays for the time and asks for nothing in return, not even a report.',
      illustrates: [
        { point: 'what mentoring for headship can do that training for headship cannot' },
        { point: 'how an authority can fund a conversation and stay out of it' },
        { point: 'what a special school has to teach the others' },
      ],
    },
    status: 'ready',
    statusBy: 'editor',
  },
  {
    section: '1',
    by: ['lead'],
    fields: {
      goal: 'Heads in their first two years were the loneliest people in the authority, and one in five did not reach a third.',
    },
    prose: [
      p(
        'A new head has a governing body to answer to, a staff to look after and an adviser who may one day have to write ' +
          'a letter about them. What they lack is somebody to ring on a Sunday. Eastmarch set out to provide **one ' +
          'person each**, for a hundred Mondays.',
      ),
    ],
    prompts: { goal: 'answered', recognisable: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2',
    by: ['lead', 'second'],
    prose: [
      p(
        'They meet every third Monday, for two hours, in the new head’s school. The first hour is a walk. The mentor asks ' +
          'about whatever they pass. The second hour is with the door shut.',
      ),
      quotation(
        '“We stopped at the photocopier for forty minutes. Everything that was wrong with my school was at that photocopier.”',
      ),
    ],
    prompts: { 'close-up': 'answered' },
    status: 'ready',
    statusBy: 'editor',
  },
  {
    section: '2.1',
    by: ['second'],
    fields: { selection: 'New heads were asked what had helped. None of them named a course.' },
    prose: [
      p(
        'Mentors are chosen for being three years ahead: near enough to remember, and far enough to have recovered.',
      ),
    ],
    prompts: { choice: 'answered', 'starting-point': 'answered', knowledge: 'ask' },
    status: 'ready',
    statusBy: 'second',
  },
  {
    section: '2.2',
    by: ['second'],
    fields: { 'meeting-times': 'Every third Monday, 9 to 11', 'goals-recorded': 'no' },
    prose: [
      p(
        'Goals are not written down. Each meeting begins with the same sentence: *last time you said that you would*.',
      ),
    ],
    prompts: { meeting: 'answered', record: 'answered' },
  },
  {
    section: '2.3',
    by: ['second'],
    fields: { 'joint-planning': 'yes', planned: ['leadership'] },
    prompts: { joint: 'answered', when: 'ask' },
  },
  {
    section: '2.4',
    by: ['second'],
    fields: { observation: 'yes', span: 'varies' },
    prose: [
      p(
        'The walk is the observation. The mentor sees a school at nine on a Monday, which no visitor ever does.',
      ),
    ],
    prompts: { part: 'answered', organised: 'answered', access: 'ask' },
  },
  {
    section: '2.5',
    by: ['second'],
    fields: { 'who-first': 'observed', balance: 'even' },
    prompts: { 'first-voice': 'answered' },
  },
  {
    section: '2.6',
    by: ['lead'],
    fields: { activities: ['goals-one-way', 'sharing-one-way', 'debriefing-one-way', 'review-one-way'] },
    prompts: { course: 'answered', illustrations: 'ask' },
    assignee: 'lead',
    dueInDays: 4,
  },
  {
    section: '3',
    by: ['lead', 'second'],
    fields: {
      arrangement: ['authority-partnership'],
      collaborators: [
        {
          role: 'Sponsor',
          position: 'Head of school improvement, Eastmarch',
          external: 'yes',
          did: 'Pays for cover; does not attend.',
        },
        { role: 'Mentors', position: 'Fourteen serving heads', external: 'no', did: 'One new head each.' },
        {
          role: 'Convenor',
          position: 'Head of Fennimore School',
          external: 'no',
          did: 'Matches, trains, and listens to the mentors.',
        },
      ],
      networks: [{ network: 'Mentors’ supper, termly', gave: 'Somewhere to be stuck oneself.' }],
      'time-found': 'The authority pays for a day’s cover for each three meetings.',
    },
    prose: [
      p(
        'It is the convenor’s doing that the special school sits at the centre. “We are used to not knowing,” she says.',
      ),
    ],
    prompts: { 'who-does-what': 'answered', networks: 'answered', outsiders: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
];

/** A whole authority, being edited. Invented, with its coast. */
export const eastmarch: CaseContent = {
  title: 'The first hundred Mondays',
  subtitle: 'Eastmarch: how a whole authority sees its new heads through their first two years.',
  stage: 'editing',
  authority: true,
  schools: [
    { key: 'fennimore', name: 'Fennimore School', place: 'Upper Staith' },
    { key: 'tarrowby', name: 'Tarrowby Primary', place: 'Tarrowby' },
    { key: 'wending-road', name: 'Wending Road Primary', place: 'Eastmarch New Town' },
  ],
  sections: [...opening, ...eastmarchResults],
};
