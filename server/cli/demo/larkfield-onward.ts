import type { SectionContent } from './case-content.ts';
import { bullets, h, p, rule, steps } from './prose.ts';

/** 9 to 13. */
export const larkfieldOnward: readonly SectionContent[] = [
  {
    section: '9',
    by: ['second', 'first'],
    fields: {
      features: [
        {
          feature: 'The person observed sets the focus',
          kind: 'essential',
          why: 'Everyone whom we asked named it first. Without it this is inspection by a friend.',
        },
        {
          feature: 'The paper stays with them',
          kind: 'essential',
          why: 'Trust came on the day that this was settled.',
        },
        {
          feature: 'Both learn, and say so',
          kind: 'essential',
          why: 'It makes being watched a favour done to somebody.',
        },
        {
          feature: 'Twenty-five minutes every second week',
          kind: 'adaptable',
          why: 'It is what their cover allows. A secondary school might take one episode of a lesson.',
        },
        {
          feature: 'Mathematics',
          kind: 'adaptable',
          why: 'Any subject in which children are asked to think aloud.',
        },
        {
          feature: 'A tutor from outside',
          kind: 'adaptable',
          why: 'Somebody must listen to the debriefs now and then. It need not be a university.',
        },
      ],
    },
    prose: [
      p(
        'Larkfield’s advice to other schools is to begin with two people and a question, and to tell nobody for a term. ' +
          'We would put it slightly differently: begin with two people, a question, and a senior colleague who will ' +
          'take a class.',
      ),
      h('First steps'),
      steps(
        'Count something for ten minutes. Choose a thing that happens often.',
        'Find two people who are bothered by the same number.',
        'Give each of them twenty-five minutes a fortnight, and mean it.',
        'Leave them alone until half-term. Then ask what they need.',
      ),
      p(
        'One of the cluster schools followed all four steps and stopped after a term, because its teachers were on two ' +
          'sites. The other uses three of them and has changed the card so that a whole department can share a focus. ' +
          'Both were adapting, which is as it should be: nothing here will fit elsewhere without being taken in or let ' +
          'out.',
      ),
    ],
    prompts: { 'first-steps': 'answered', features: 'answered', adapting: 'ask' },
    assignee: 'second',
    dueInDays: 8,
  },
  {
    section: '10',
    by: ['editor'],
    fields: {
      conclusions: [
        { conclusion: 'That small is not the same as slow.', whose: 'school' },
        {
          conclusion: 'That observation helps when the person observed owns the question and the evidence.',
          whose: 'team',
        },
        {
          conclusion: 'That the coach’s learning should be planned for and not left to luck.',
          whose: 'others',
        },
      ],
      trends: 'Focuses are moving from what the teacher says to what children say to one another.',
      implications:
        'Schools with little money for cover can still do this, if someone senior will teach in order that others can watch.',
    },
    prose: [
      p(
        'The school’s own conclusion was written on a staffroom whiteboard at the end of last summer and has not been ' +
          'wiped off. It says: *We thought we needed to know more. We needed to hear ourselves.*',
      ),
      p(
        'Ours is less quotable. Nearly everything that made the coaching work at Larkfield made observation **smaller**: ' +
          'shorter, narrower, more private, more often. Each of these runs against what schools usually do when ' +
          'something is thought to be important.',
      ),
    ],
    prompts: { whose: 'answered', trends: 'answered' },
    assignee: 'editor',
    dueInDays: 10,
  },
  {
    section: '11',
    by: ['first'],
    fields: {
      plans:
        'A pilot for teaching assistants in the summer term; pairs across the cluster from next January, if cover allows.',
      'use-of-lessons':
        'The first staff day in September will be given to new pairs, with the two who began as hosts.',
    },
    prose: [
      p('Three things are settled, and one is not.'),
      bullets(
        'Teaching assistants will have partners from April, at first in Reception and Year 1.',
        'The margin notes on fractions go into the scheme of work.',
        'The card will be left alone for a year.',
        'Whether pairs may cross between schools depends on cover, and on a bus.',
      ),
    ],
    prompts: { forward: 'answered', 'using-lessons': 'ask', wider: 'ask' },
    assignee: 'first',
    dueInDays: 14,
  },
  {
    section: '12',
    school: 'larkfield',
    by: ['contact'],
    fields: {
      prepared: 'yes',
      contacts: [
        {
          role: 'Deputy head',
          kind: 'named',
          'can-answer': 'Time, cover, pairing, starting small',
          prepared: 'yes',
        },
        {
          role: 'Mathematics lead (Year 5)',
          kind: 'other',
          'can-answer': 'The tally, the card, talk in mathematics',
          prepared: 'yes',
        },
        {
          role: 'University tutor',
          kind: 'other',
          'can-answer': 'What debriefs sound like',
          prepared: 'unknown',
        },
      ],
      'school-address': 'Larkfield Primary\nMarsh Road\nAshmere',
      'school-phone': '01632 960 114',
      'school-email': 'office@larkfield.example',
      'school-website': 'https://larkfield.example',
    },
    prose: [
      p(
        'The office answers the telephone from eight to four in term time. Please say that it is about the coaching: ' +
          'they know whom to ask.',
      ),
      rule(),
      p('Visitors are welcome on the first Thursday of each month, two at a time. No filming, please.'),
    ],
    prompts: { willing: 'answered', named: 'answered', others: 'answered', fallback: 'answered' },
    assignee: 'second',
    dueInDays: 7,
  },
  {
    section: '13',
    school: 'larkfield',
    notApplicable:
      'the pairs agreed at the start that nothing would be filmed for anyone outside the room, and the school would like to keep that promise.',
  },
];
