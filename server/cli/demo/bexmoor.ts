import type { CaseContent } from './case-content.ts';
import { bullets, h, p, tasks } from './prose.ts';

/** The visit is this month; only leaders have been heard. Invented. */
export const bexmoor: CaseContent = {
  title: 'Questions before answers',
  subtitle: 'Bexmoor High: trainee teachers are coached by people who may not give advice.',
  stage: 'visit',
  authority: false,
  schools: [{ key: 'bexmoor', name: 'Bexmoor High', place: 'Bexmoor' }],
  sections: [
    {
      section: 'profile',
      by: ['second'],
      fields: {
        approach: 'both',
        'mentoring-types': ['initial-training'],
        'coaching-types': ['challenge-or-skill'],
        'career-stages': ['trainee'],
        area: ['rural'],
        'socio-economic': ['mixed'],
        size: ['large'],
        'age-range': ['secondary'],
      },
      prompts: { 'own-words': 'answered' },
      status: 'ready',
      statusBy: 'second',
    },
    {
      section: 'summary',
      by: ['second'],
      fields: { title: 'Questions before answers', theme: 'Coaching in initial training' },
    },
    {
      section: '1',
      by: ['second', 'first'],
      fields: {
        goal:
          'Trainees collected tips. By Christmas they had forty and could not choose between them. Coaches were asked to ' +
          'stop giving any for a term.',
      },
      prose: [
        p(
          'According to the professional tutor, trainees used to leave a debrief with a list, and return with the list ' +
            'done and the lesson no better. The school’s experiment is a rule: **for the first ten minutes a coach may ' +
            'only ask**.',
        ),
        p('We have this from two leaders. We have not yet spoken to a trainee.'),
      ],
      prompts: { goal: 'answered', recognisable: 'ask' },
      status: 'ready',
      statusBy: 'second',
    },
    {
      section: '2.1',
      by: ['second'],
      fields: { selection: 'By the professional tutor, after reading her own debrief notes of three years.' },
      prompts: { choice: 'answered', 'starting-point': 'ask', skills: 'ask' },
    },
    {
      section: '2.5',
      by: ['first'],
      prose: [
        h('To find out on the visit'),
        tasks(
          'x Ask whether we may sit in on a debrief',
          'Who speaks first, once the ten minutes are over?',
          'What happens when a trainee asks straight out?',
          'See the coaches’ list of questions',
        ),
      ],
      prompts: { 'first-voice': 'ask', limits: 'ask', balance: 'ask' },
      assignee: 'first',
      dueInDays: 11,
    },
    {
      section: '3',
      by: ['second'],
      fields: {
        collaborators: [{ role: 'Organiser', position: 'Professional tutor', external: 'no' }],
        'set-off-by': ['evidence'],
      },
      prompts: { 'who-does-what': 'answered', perspectives: 'ask' },
      assignee: 'second',
    },
    {
      section: '4-facts',
      school: 'bexmoor',
      by: ['first'],
      fields: {
        roll: { figure: '1360', year: '2025/26', source: 'School website' },
        'age-range': '11 to 16',
        size: 'large',
        area: 'rural',
      },
      prompts: { beforehand: 'answered', community: 'ask', timescale: 'ask' },
    },
    {
      section: '8',
      by: ['first'],
      prose: [
        p('From the call only:'),
        bullets(
          'coaches find silence hard',
          'trainees compare notes with trainees elsewhere, who are simply told',
        ),
      ],
      prompts: { hard: 'ask' },
    },
    {
      section: '12',
      school: 'bexmoor',
      by: ['first'],
      fields: { prepared: 'yes' },
      prompts: { named: 'ask' },
    },
    { section: '13', school: 'bexmoor', prompts: { permission: 'ask' }, assignee: 'lead', dueInDays: 16 },
  ],
};
