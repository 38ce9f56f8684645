import type { SectionContent } from './case-content.ts';
import { bullets, h, p, quotation, rule, steps, table } from './prose.ts';

/** 7 to 13. */
export const larkfieldOnward: readonly SectionContent[] = [
  {
    section: '7',
    by: ['second', 'editor'],
    fields: {
      evidence: [
        {
          kind: 'teaching-changes',
          shows: 'Teachers’ explanations after an answer: from two in three to fewer than one in four.',
          'who-knows': ['school', 'team'],
          year: '2023 and 2025',
          source: 'Tally by the mathematics lead; we repeated it in one classroom and came within one',
        },
        {
          kind: 'pupil-views',
          shows: 'Children notice longer waits and think that they help.',
          'who-knows': ['team'],
          year: '2026',
          source: 'Three groups, eleven children, our notes',
        },
        {
          kind: 'teacher-views',
          shows:
            'Fifteen of seventeen teachers would choose to go on; two would, with less after-school time.',
          'who-knows': ['school', 'others'],
          year: '2026',
          source: 'Paper survey, counted by the tutor',
        },
        {
          kind: 'observation',
          shows: 'The coach’s share of the talk in debriefs fell from 61% to 35%.',
          'who-knows': ['others'],
          year: '2024 to 2026',
          source: 'University tutor’s notes',
        },
        {
          kind: 'retention',
          shows: 'One teacher has left in two years; four in the two years before.',
          'who-knows': ['school'],
          year: '2022 to 2026',
          source: 'School office',
        },
        {
          kind: 'leadership-report',
          shows: 'The head believes that teaching is better than it has ever been.',
          'who-knows': ['school'],
          year: '2026',
          source: 'Interview',
        },
      ],
      'beyond-leadership': 'yes',
      gaps:
        'There is no comparison school. The tally was made by somebody who hoped that it would rise. Results at 11 ' +
        'cannot be laid at the door of any one change.',
    },
    prose: [
      p(
        'The head is sure that it works. We mention it last in the table, because it is the one kind of evidence that ' +
          'every school has.',
      ),
      h('What others can bear out'),
      p(
        'The strongest evidence is small and dull: words counted by one teacher in five rooms, twice, and once more by ' +
          'us. The tutor’s notes are independent of the school and point the same way. The survey was on paper, without ' +
          'names, and did not pass through the office.',
      ),
      table(
        ['We can say', 'We cannot say'],
        [
          'Teachers here rescue children’s answers less than they did',
          'That they do so when nobody is watching',
        ],
        ['Children speak for longer in mathematics', 'That they know more mathematics'],
        ['Teachers want to go on', 'That they would if cover were cut'],
      ),
      p(
        'We have asked for attendance at the termly cluster meeting, which would show whether interest outlived the grant.',
      ),
    ],
    prompts: { 'who-knows': 'answered', 'beyond-leadership': 'answered', fit: 'ask' },
    assignee: 'second',
    dueInDays: 5,
  },
  {
    section: '8',
    by: ['first', 'second', 'editor'],
    fields: {
      obstacles: [
        {
          kind: 'being-observed',
          'what-happened':
            'Half the staff had been graded in lessons at some time, here or elsewhere, and two had cried about it.',
          overcome:
            'The deputy was watched first. The person observed chose the focus, the place and the day, and kept the card. ' +
            'Nobody was asked to join until they asked.',
        },
        {
          kind: 'personal-professional',
          'what-happened': 'Twice a debrief turned into a conversation about somebody’s health or home.',
          overcome:
            'The partner named it, stopped the debrief and made tea. The four subjects out of bounds were written down ' +
            'afterwards, with the telephone number of the staff support line.',
        },
        {
          kind: 'time',
          'what-happened': 'In the second term one visit in four fell through for want of cover.',
          overcome: 'Visits are moved, never dropped. The deputy put her own name into the cover rota.',
        },
        {
          kind: 'skills',
          'what-happened': 'Coaches praised, advised and filled silences.',
          overcome: 'The tutor’s figures; and reversing the order, so that the observed teacher spoke first.',
        },
        {
          kind: 'staffing',
          'what-happened': 'A partner went on leave in the middle of a term.',
          overcome: 'The other joined a pair; working as a three turned out well enough to be kept.',
        },
      ],
    },
    prose: [
      p(
        'The account so far is tidier than the two years were. Five things nearly stopped it, and they are set out in ' +
          'the table. Two deserve more room.',
      ),
      h('Kindness'),
      p(
        'The first obstacle was that everyone was nice. In the pilot’s early debriefs each teacher reassured the other ' +
          'for a quarter of an hour, and both went home pleased and unchanged. It was the tutor who asked what they ' +
          'had learned, and waited, and went on waiting. They date the real beginning from that silence.',
      ),
      h('Where coaching stops'),
      p(
        'Peer coaching asks people to say what they find hard, and now and then what they find hard is not teaching. ' +
          'The school’s answer is a rule of thumb: *if you would not say it with the card on the table, it is not for ' +
          'the debrief.* It is a rule about the meeting and not about friendship. Both partners in one such pair ' +
          'told us, apart, that being stopped had been a relief.',
      ),
      quotation(
        '“I wasn’t sent away. I was told that this was a different conversation, and asked whether I took sugar.”',
      ),
    ],
    prompts: { hard: 'answered', 'way-round': 'answered' },
    revisions: [{ by: 'editor', was: 'and, eventually, waited', now: 'and waited, and went on waiting' }],
    status: 'agreed',
    statusBy: 'editor',
  },
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
    assignee: 'contact',
    dueInDays: 7,
  },
  {
    section: '13',
    school: 'larkfield',
    notApplicable:
      'the pairs agreed at the start that nothing would be filmed for anyone outside the room, and the school would like to keep that promise.',
  },
];
