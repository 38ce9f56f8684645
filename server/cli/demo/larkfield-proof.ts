import type { SectionContent } from './case-content.ts';
import { h, p, quotation, table } from './prose.ts';

/** 7 and 8. */
export const larkfieldProof: readonly SectionContent[] = [
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
];
