import type { SectionContent } from './case-content.ts';
import { bullets, h, p, quotation, steps } from './prose.ts';

/** Profile, summary card, 1 and 2. */
export const larkfieldOpening: readonly SectionContent[] = [
  {
    section: 'profile',
    by: ['first'],
    fields: {
      approach: 'coaching',
      'coaching-types': ['challenge-or-skill', 'refining-practice'],
      'career-stages': ['new-teacher', 'new-ways'],
      area: ['suburban'],
      'socio-economic': ['mixed'],
      circumstances: ['not-challenging'],
      size: ['medium'],
      'age-range': ['early-years', 'infant', 'junior'],
      'special-needs': ['usual-needs'],
    },
    prompts: { 'own-words': 'answered' },
    status: 'agreed',
    statusBy: 'lead',
  },
  {
    section: 'summary',
    by: ['first', 'editor'],
    fields: {
      theme: 'Learning from each other’s lessons: peer coaching',
      title: 'Two teachers, one lesson at a time',
      abstract:
        'At Larkfield Primary two teachers agreed to watch each other for twenty-five minutes every second ' +
        'week, each with a question of their own. They wanted children to explain their mathematics instead ' +
        'of announcing it. Two years later every teacher in the school has a partner, a small card decides what ' +
        'may be looked at, and nobody but the teacher who was watched keeps what was written. Children talk for ' +
        'longer and give reasons more often. So, it turns out, do their teachers.',
      setting:
        'A primary school of 318 children at the edge of Ashmere, an estuary town: terraces, two new estates ' +
        'and a caravan park. Three in ten children have free school meals. Seventeen teachers, four of them in ' +
        'their first three years.',
      illustrates: [
        { point: 'how two classrooms can begin without waiting for a programme' },
        { point: 'why a narrow focus, chosen by the person observed, makes observation bearable and useful' },
        { point: 'what a deputy head does, and leaves undone, so that coaching belongs to those who do it' },
        { point: 'how to say honestly what the evidence can show after two years, and what it cannot' },
      ],
    },
    prompts: { promise: 'answered' },
    status: 'ready',
    statusBy: 'editor',
    assignee: 'editor',
    dueInDays: 6,
  },
  {
    section: '1',
    by: ['first', 'second'],
    fields: {
      goal:
        'In mathematics, children at Larkfield gave answers readily and reasons seldom. Teachers knew it, had been ' +
        'on courses about it, and went on doing most of the explaining themselves. The goal was to hear children ' +
        'reason aloud, at length, in ordinary lessons; and, for that, to change something that each teacher did ' +
        'many times an hour without noticing.',
    },
    prose: [
      p(
        'It began with a tally. In the autumn of 2023 the mathematics lead sat in five classrooms for ten minutes ' +
          'each and counted, with her colleagues’ leave, how long children spoke when they were asked a question. ' +
          'The commonest answer was **one word long**. The commonest thing to follow it was the teacher’s own ' +
          'explanation of why that word was right.',
      ),
      p(
        'Nobody was surprised, and nobody was proud. Staff had read about talk in mathematics and most had been to ' +
          'a training day on it. What they had not been able to do was catch themselves. “You can’t hear yourself ' +
          'rescue them,” the Year 5 teacher said. “It’s over before you know that you’ve done it.”',
      ),
      h('A goal small enough to watch'),
      p(
        'The two teachers who started the pilot, one in Year 5 and one in Year 2, did not set out to introduce ' +
          'coaching. They wanted a second pair of ears. Between them they settled on a goal that could be seen from ' +
          'the back of a room:',
      ),
      quotation(
        'When a child gives an answer, what do I do in the next five seconds? And who is talking at the end of them?',
      ),
      p(
        'Everything that follows grew out of that question. It has since been asked about reading, about playground ' +
          'quarrels and about staff meetings, but it was first asked about fractions on a wet Tuesday, and it was ' +
          'asked by a teacher about herself.',
      ),
      h('Would others know it?'),
      p('We think so, for three reasons that came up in the scoping call and again on both visits.'),
      bullets(
        'It is common. Two of the three schools in the same cluster made the same tally afterwards and found much the same.',
        'It is not cured by knowing about it. Teachers here could describe good practice before they began.',
        'It matters in every subject. The mathematics is an example, not a limit.',
      ),
    ],
    prompts: { goal: 'answered', recognisable: 'answered' },
    revisions: [
      {
        by: 'editor',
        was: 'nobody was especially happy about it',
        now: 'nobody was proud',
      },
    ],
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2',
    by: ['first', 'second', 'first'],
    prose: [
      p(
        'One Thursday in March we stood at the back of Year 2, beside the coat pegs, while the Year 5 teacher ' +
          'watched her partner teach. She had a card the size of a postcard and a pencil. She sat on a low chair ' +
          'near the blue table, because the card said *blue table*, and for twenty-five minutes she looked at ' +
          'nothing else.',
      ),
      p(
        'The card also said: *After each answer, what do I say? Write my words, not your opinion of them.* So she ' +
          'wrote down words. “Go on.” “Who can add to that?” “Yes! Because eight and eight is—”. The last was ' +
          'underlined, once, with the time beside it.',
      ),
      p(
        'At twenty to eleven she stood up, nodded to the children, handed over the card and left. At a quarter past ' +
          'three the two of them sat on the same low chairs with the card between them. The Year 2 teacher spoke ' +
          'first and for some while. Her partner asked four questions. By half past they had written one sentence ' +
          'on the back of the card: what she would try on Monday, and with whom.',
      ),
      h('The round, in outline'),
      steps(
        '**Agree.** The day before, five minutes: the person to be observed says what they want watched.',
        '**Plan.** Once every half-term, a longer session in which each shows the other a lesson to be pulled about.',
        '**Watch.** Twenty-five minutes, one table or one moment, the teacher’s own question on the card.',
        '**Talk.** Fifteen minutes, the same day. The observed teacher speaks first and keeps the card.',
        '**Try.** One change, named, within the week.',
        '**Swap.** The following week, the other way round.',
      ),
      p(
        'That is all. There are no forms besides the card, nothing is graded, and nothing is passed on. The parts ' +
          'below take the steps one at a time. The school’s own one-page account of the round, which it gives to ' +
          'visitors, is at [example.org/larkfield-round](https://example.org/larkfield-round).',
      ),
    ],
    prompts: { 'close-up': 'answered' },
    status: 'ready',
    statusBy: 'first',
    assignee: 'first',
    dueInDays: 9,
  },
];
