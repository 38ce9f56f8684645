import type { CaseContent, SectionContent } from './case-content.ts';
import { harrowLaneResults } from './harrow-lane-results.ts';
import { harrowLaneSchools } from './harrow-lane-schools.ts';
import { bullets, h, p, quotation } from './prose.ts';

const opening: readonly SectionContent[] = [
  {
    section: 'profile',
    by: ['editor'],
    fields: {
      approach: 'mentoring',
      'mentoring-types': ['induction', 'new-school'],
      'career-stages': ['new-teacher', 'new-subject'],
      area: ['urban', 'rural'],
      'socio-economic': ['mostly-hardship', 'mixed'],
      circumstances: ['challenging'],
      size: ['small', 'medium'],
      'age-range': ['infant', 'junior'],
      'special-needs': ['usual-needs'],
    },
    prompts: { 'own-words': 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: 'summary',
    by: ['editor'],
    fields: {
      theme: 'Mentoring new teachers across schools',
      title: 'A mentor from outside',
      abstract:
        'Harrow Lane is too small to give every new teacher a mentor who knows their subject and is not also their ' +
        'line manager. So are its three neighbours. Between them the four schools now exchange mentors: each new ' +
        'teacher has somebody next door for the daily questions and somebody two miles away for the hard ones.',
      setting:
        'Four primary schools in and round Cawbridge, the smallest with 68 children, the largest with 291.',
      illustrates: [
        { point: 'the difference between a helper, a mentor and an assessor' },
        { point: 'what an outsider can hear that a colleague cannot' },
        { point: 'how four heads share time without sharing a budget' },
      ],
    },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '1',
    by: ['second'],
    fields: {
      goal:
        'New teachers in small schools were being mentored by whoever was left. Four had gone before the end of their ' +
        'second year, and all four had said the same: there was nobody to whom they could admit that they were stuck.',
    },
    prose: [
      p(
        'The four schools had eleven new teachers in three years. In a school with five classes the natural mentor is ' +
          'the deputy, who is also the person that signs the forms. “You don’t tell the examiner what you don’t know,” ' +
          'one new teacher said.',
      ),
      p(
        'The aim was modest: that each new teacher should have somebody with **no say** over their future and **some ' +
          'knowledge** of what they teach, once a week for an hour.',
      ),
    ],
    prompts: { goal: 'answered', recognisable: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2',
    by: ['second'],
    prose: [
      p(
        'On Tuesdays at one o’clock five cars leave four car parks. By half past, five new teachers are each sitting ' +
          'with somebody from another school, and their classes are with the head. The hour belongs to the new teacher, ' +
          'who has sent one line about it the evening before.',
      ),
      p(
        'The line we were shown read: *They listen to the teaching assistant and not to me.* By two o’clock there was a ' +
          'plan, and it had nothing to do with being louder.',
      ),
    ],
    prompts: { 'close-up': 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2.1',
    by: ['second', 'editor'],
    fields: {
      selection:
        'The four heads decided together, after asking every teacher who had left why they had gone.',
      'prior-learning':
        'Each new teacher brings a portrait of their training: strengths first, on one side of paper.',
      skills: [
        {
          skill: 'Matching people by what they need, not by who is free',
          how: ['developed'],
          whose: 'mentor-or-coach',
        },
      ],
      resources: [
        { resource: 'Portrait of my training', kind: 'form', copies: 'yes', where: 'Harrow Lane office' },
      ],
    },
    prose: [
      p(
        'They considered coaching in pairs and set it aside for the first year: new teachers, they felt, should not ' +
          'have to look after anybody else. Mentoring came first; from the second year on, the same people coach one ' +
          'another.',
      ),
    ],
    prompts: { choice: 'answered', 'starting-point': 'answered', resources: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2.2',
    by: ['editor'],
    fields: {
      'meeting-times': 'Tuesdays, 1.30 to 2.30',
      'meeting-places': 'In the new teacher’s school; once a half-term in the mentor’s',
      'goals-recorded': 'yes',
      'clarifying-questions': [
        { question: 'What would a good Tuesday look like by Easter?' },
        { question: 'Which part of that is yours?' },
      ],
    },
    prose: [
      p(
        'The learning agreement has two columns: *what I want to get better at*, and *what I do not want to talk about ' +
          'yet*. The second is what made people fill in the first.',
      ),
    ],
    prompts: { 'shared-understanding': 'answered', meeting: 'answered', record: 'answered' },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2.3',
    by: ['second'],
    fields: { 'joint-planning': 'yes', planned: ['lessons'], when: 'The last twenty minutes of each hour' },
    prose: [
      p(
        'Mentor and new teacher plan one lesson a week together, from the objective to the first sentence. The first ' +
          'sentence takes longest.',
      ),
    ],
    prompts: { joint: 'answered', when: 'answered' },
    status: 'ready',
    statusBy: 'second',
  },
  {
    section: '2.4',
    by: ['second'],
    fields: { observation: 'yes', span: 'varies', length: 'Half an hour', 'evidence-open': 'yes' },
    prose: [
      p(
        'New teachers observe before they are observed. In the first half-term they watch their mentor’s class twice, ' +
          'in the mentor’s own school, and the mentor explains afterwards what went wrong.',
      ),
      quotation(
        '“She said: did you see me lose them? I hadn’t. I thought that it was the best lesson I had ever seen.”',
      ),
    ],
    prompts: { part: 'answered', organised: 'answered', span: 'answered' },
    status: 'ready',
    statusBy: 'second',
  },
  {
    section: '2.5',
    by: ['second'],
    fields: { 'who-first': 'observed', balance: 'planning' },
    prose: [
      p(
        'Talk leans towards what to do next. Mentors are asked to leave each meeting with fewer notes than the new teacher.',
      ),
    ],
    prompts: { reflection: 'answered', 'first-voice': 'answered', balance: 'answered' },
    status: 'ready',
    statusBy: 'second',
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
        'review-one-way',
      ],
      illustrations: [
        { what: 'The line sent the evening before: twelve examples', kind: 'record', copies: 'yes' },
      ],
    },
    prose: [
      h('A year in five lines'),
      bullets(
        'September: portrait, agreement, two visits to the mentor’s class.',
        'Autumn: an hour each Tuesday; one lesson planned together.',
        'Spring: the new teacher is observed, on a question of their own.',
        'Summer: three-way talk with the head, led by the new teacher.',
        'July: the mentor writes nothing.',
      ),
    ],
    prompts: { course: 'answered', illustrations: 'answered' },
    status: 'ready',
    statusBy: 'editor',
  },
];

/** Four schools, back with them to be checked. All invented. */
export const harrowLane: CaseContent = {
  title: 'A mentor from outside',
  subtitle:
    'Harrow Lane and three partner schools: how small schools exchange mentors for teachers who are new.',
  stage: 'with-school',
  authority: false,
  schools: [
    { key: 'harrow-lane', name: 'Harrow Lane Primary', place: 'Cawbridge' },
    { key: 'nether-coombe', name: 'Nether Coombe Primary', place: 'near Cawbridge' },
    { key: 'tollgate', name: 'Tollgate Row Juniors', place: 'Cawbridge' },
    { key: 'wenlow', name: 'Wenlow and Pell Infants', place: 'Wenlow' },
  ],
  sections: [...opening, ...harrowLaneResults, ...harrowLaneSchools],
};
