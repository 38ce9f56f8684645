import type { SectionContent } from './case-content.ts';
import { bullets, h, p, quotation } from './prose.ts';

/** 5 and 6. */
export const larkfieldResults: readonly SectionContent[] = [
  {
    section: '5',
    by: ['second', 'first'],
    fields: {
      lines: [
        {
          direction: 'cost',
          kind: 'staffing',
          what: 'Teaching assistants covering two visits in three',
          amount: {
            figure: '2100',
            year: '2025/26',
            source: 'Deputy’s timetable, at the school’s hourly rate',
          },
          'budgeted-against': 'Supply cover for courses',
        },
        {
          direction: 'cost',
          kind: 'internal',
          what: 'The deputy teaches during one visit in three',
          'in-kind': 'About 70 minutes a week',
          'budgeted-against': 'Her own lesson visits, which stopped',
        },
        {
          direction: 'cost',
          kind: 'hidden',
          what: 'Debriefs after school',
          'in-kind': '15 minutes for each teacher in most weeks',
          'budgeted-against': 'Wednesday briefing, replaced by a bulletin',
        },
        {
          direction: 'cost',
          kind: 'internal',
          what: 'Six staff meetings a year for planning in pairs',
          'in-kind': '70 minutes each, all teachers',
          'budgeted-against': 'Other training in staff meetings',
        },
        {
          direction: 'cost',
          kind: 'external',
          what: 'Cluster grant, first year only',
          amount: { figure: '1500', year: '2024', source: 'Cluster minutes' },
          'budgeted-against': 'Nothing: it ended',
        },
        {
          direction: 'cost',
          kind: 'external',
          what: 'University tutor',
          'in-kind': 'Two half-days a year, not charged',
        },
        {
          direction: 'cost',
          kind: 'physical',
          what: 'Cards',
          amount: { figure: '18', year: '2025/26', source: 'Office' },
        },
        {
          direction: 'gain',
          kind: 'staffing',
          what: 'Less supply cover for courses',
          amount: { figure: '3400', year: '2025/26', source: 'Budget, compared with 2022/23' },
        },
        {
          direction: 'gain',
          kind: 'other',
          what: 'Two teaching assistants trained to lead a whole lesson',
          'in-kind': 'Used well beyond coaching',
        },
      ],
    },
    prose: [
      p(
        'On paper the coaching pays for itself. The school spends some £2,100 a year on cover, and £3,400 less than it ' +
          'did on supply teachers for courses that fewer people now ask to attend. It would be wrong to leave it there, ' +
          'since the largest cost is in nobody’s accounts.',
      ),
      h('The hidden cost'),
      p(
        'Fifteen minutes after school is not much. Fifteen minutes after school in the week of parents’ evening, by ' +
          'someone with two children at another school’s gate, is a good deal. When we asked people to keep count for a ' +
          'fortnight, the honest figure was nearer **thirty-five minutes** per teacher, with the conversation on ' +
          'the way to the car included. Nobody thought it too much. Three said that they would if it grew.',
      ),
      h('What was given up for it'),
      bullets(
        'The Wednesday briefing, which is now a page of A4 and not missed.',
        'The deputy’s own round of lesson visits. She misses them, and thinks that she knows less than she did about how individual lessons go. She regards that as the price.',
        'Most outside courses in mathematics. One teacher regrets this, and said so.',
      ),
    ],
    prompts: {
      staffing: 'answered',
      'costs-and-gains': 'answered',
      hidden: 'answered',
      'from-outside': 'answered',
      priorities: 'answered',
    },
    status: 'ready',
    statusBy: 'second',
    assignee: 'lead',
    dueInDays: 12,
  },
  {
    section: '6',
    by: ['first', 'second'],
    fields: {
      outcomes: [
        {
          stakeholder: 'professional-learners',
          outcome: 'Teachers wait longer after an answer and explain less often on a child’s behalf.',
          foreseen: 'foreseen',
          firmness: 'evidenced',
          caveat: 'Counted in lessons in which they knew that they were being watched.',
        },
        {
          stakeholder: 'coaches-and-mentors',
          outcome: 'Observers report changing their own teaching as much as those observed.',
          foreseen: 'unforeseen',
          firmness: 'reported-trend',
          caveat: 'Their own accounts, though all seventeen say something of the kind.',
        },
        {
          stakeholder: 'pupils',
          outcome:
            'Children speak for longer and give reasons more often in mathematics; some do so elsewhere.',
          foreseen: 'foreseen',
          firmness: 'emerging',
          caveat: 'The tally was repeated in five classrooms only, by the same person.',
        },
        {
          stakeholder: 'heads',
          outcome:
            'The head has stopped grading lessons and reports fewer awkward conversations about teaching.',
          foreseen: 'unforeseen',
          firmness: 'anecdotal',
          caveat: 'He had been thinking of stopping anyway.',
        },
        {
          stakeholder: 'development-leads',
          outcome:
            'Requests for training have become specific: “somebody to show me how to end a discussion”.',
          foreseen: 'unforeseen',
          firmness: 'reported-trend',
        },
        {
          stakeholder: 'other-staff',
          outcome: 'Two teaching assistants now lead whole lessons and have begun to watch each other.',
          foreseen: 'unforeseen',
          firmness: 'evidenced',
        },
        {
          stakeholder: 'governors',
          outcome: 'A governor asked what the school could stop doing in order to protect the time.',
          foreseen: 'unforeseen',
          firmness: 'anecdotal',
        },
        {
          stakeholder: 'parents',
          outcome: 'Some parents say that children ask “why do you think so?” at home.',
          foreseen: 'unforeseen',
          firmness: 'anecdotal',
          caveat: 'Four parents, all of them regulars at the reading café.',
        },
      ],
      'capacity-classroom':
        'Every teacher can say what they are working on in a sentence, and can watch a colleague without judging.',
      'capacity-institution':
        'New staff are paired in their first fortnight. The school no longer depends on the two who began.',
      networks:
        'Two cluster schools use the card. A termly meeting of those who coach has gone on without the grant.',
      lessons:
        'Go smaller. Put the observed teacher first. Let the paper stay with them. Protect the time from everything, ' +
        'including success.',
      developments: [
        {
          development: 'Teaching assistants’ pilot, summer 2026',
          how: 'They covered the visits, saw what came of them, and asked.',
        },
        {
          development: 'Margin notes on fractions for the scheme of work',
          how: 'From the joint planning in 2.3.',
        },
      ],
      'pupil-gain': [
        {
          gain: 'Median length of a child’s answer in mathematics rose from one word to seven.',
          'shown-by': 'Tally, autumn 2023 and autumn 2025',
          firmness: 'emerging',
          caveat: 'Five classrooms; the children are not the same children.',
        },
        {
          gain: 'More children reach the expected standard at 11: 58% in 2023, 64% in 2025.',
          'shown-by': 'School’s own figures',
          firmness: 'reported-trend',
          caveat: 'Forty-odd children a year; a new scheme of work came in at the same time.',
        },
      ],
    },
    prose: [
      p(
        'What follows is arranged from the firm to the hopeful. The list above says of each outcome how firm we think ' +
          'it is, and we have tried to be mean.',
      ),
      h('For those who teach'),
      p(
        'The surest change is the one that they set out to make. In the autumn of 2025 the mathematics lead repeated ' +
          'her tally in the same five classrooms. In 2023 a teacher’s explanation had followed a child’s answer in ' +
          'two cases out of three; it now followed in fewer than one in four.',
      ),
      p(
        'The least expected is how much the observers gain. “You can’t teach and watch,” one said. “I had not seen ' +
          'thirty children think for about ten years.” A teacher in her second year said that it had been “the only ' +
          'part of my induction in which I was the one with something to offer”.',
      ),
      h('For children'),
      p(
        'We talked to eleven children in three groups. They had noticed the visitors, and knew what they were for: ' +
          '“She’s helping Miss to listen,” explained a boy in Year 2. Asked what was different, a group in Year 5 ' +
          'conferred at some length and reported that lessons had *more gaps*. They were in favour.',
      ),
      quotation('“If you wait, I’ve usually got another bit.” (Year 5 pupil)'),
      h('Unforeseen'),
      p(
        'Nobody had expected the effect on meetings. People at Larkfield now finish each other’s sentences less; two ' +
          'governors, unprompted, remarked on it. Nor had anyone expected that some would want to stop. One teacher ' +
          'asked for a term without a partner, was given it, and came back.',
      ),
    ],
    prompts: {
      'for-whom': 'answered',
      unforeseen: 'answered',
      'telling-quotes': 'answered',
      capacity: 'answered',
      networks: 'ask',
      lessons: 'answered',
      'led-to': 'answered',
      'pupil-gain': 'answered',
      'still-running': 'ask',
    },
    assignee: 'first',
    dueInDays: 5,
  },
];
