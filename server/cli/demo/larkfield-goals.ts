import type { SectionContent } from './case-content.ts';
import { bullets, h, p, quotation, table } from './prose.ts';

/** 2.1 to 2.3. */
export const larkfieldGoals: readonly SectionContent[] = [
  {
    section: '2.1',
    by: ['second', 'first'],
    fields: {
      selection:
        'The two teachers chose it themselves, after a course and a demonstration lesson had changed nothing that ' +
        'they could hear. The deputy head suggested a mentor from the cluster; they asked for time with each other ' +
        'instead. A one-term pilot was agreed in January 2024, to be stopped if either wished.',
      'prior-learning':
        'By the tally of the autumn, by a sheet on which each noted what she already did well when children ' +
        'explained, and by one unhurried talk in which each described a lesson that had worked. That last came ' +
        'first on purpose.',
      knowledge:
        'What makes classroom talk productive; how children’s reasoning in multiplication and fractions usually ' +
        'develops; the difference between being helped to think and being assessed.',
      skills: [
        { skill: 'Describing a lesson without excusing it', how: ['needed', 'developed'], whose: 'both' },
        { skill: 'Asking for help precisely', how: ['developed'], whose: 'learner' },
        { skill: 'Listening past the first answer', how: ['needed', 'used'], whose: 'mentor-or-coach' },
      ],
      resources: [
        {
          resource: 'Tally of talk: ten minutes, five classrooms',
          kind: 'form',
          copies: 'yes',
          where: 'Mathematics lead; blank copy in the visit folder',
        },
        {
          resource: 'What I already do: one side, five lines',
          kind: 'form',
          copies: 'yes',
          where: 'Staff drive, coaching folder',
        },
        {
          resource: 'A reading on talk in primary mathematics, four pages',
          kind: 'reading',
          copies: 'unknown',
          where: 'University tutor is asking the publisher',
        },
      ],
    },
    prose: [
      p(
        'Three kinds of help were on the table. A **course** had been tried and enjoyed. A **mentor**, an advanced ' +
          'practitioner from a neighbouring school, was on offer through the cluster. And there was the classroom ' +
          'next door but two.',
      ),
      p(
        'The deputy head, who looks after professional development, leaned towards the mentor. “I thought they ' +
          'needed somebody who knew more,” she told us. “They thought that they knew enough and needed somebody who ' +
          'would look.” She now counts changing her mind as her own first contribution.',
      ),
      h('Why each other'),
      bullets(
        'Both had the same difficulty, so neither would be the expert.',
        'Their classes were three years apart, so neither would be tempted to compare results.',
        'They were not friends, in the sense of seeing each other outside school. Both thought that this helped.',
      ),
      h('Starting from what was there'),
      p(
        'Before anything was watched, each told the other about a lesson in which the children’s talk had been good, ' +
          'and together they worked out what the teacher had done to let it happen. It took an hour, and it changed ' +
          'the starting point. The Year 2 teacher already waited longer than anyone in the tally. She had not known ' +
          'it, and so had been waiting only when she happened to be tired.',
      ),
      quotation(
        '“I had thought of it as finding out what was wrong with me. We began with what was right, and it was ' +
          'a good deal more use.” (Year 2 teacher)',
      ),
    ],
    prompts: {
      choice: 'answered',
      'starting-point': 'answered',
      knowledge: 'answered',
      skills: 'answered',
      resources: 'answered',
    },
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2.2',
    by: ['first', 'second'],
    fields: {
      'meeting-times': 'Wednesdays at 8.10, and ten minutes on the day before each visit',
      'meeting-places': 'The library in the mornings; otherwise whichever classroom will be watched',
      'goals-recorded': 'yes',
      'clarifying-questions': [
        { question: 'If it went well, what would I hear that I don’t hear now?' },
        { question: 'Who, exactly, is “they”?' },
        { question: 'Is that something you do, or something you hope they will do?' },
        { question: 'How would we know by Friday?' },
      ],
      knowledge:
        'Of the subject: what counts as an explanation at seven and at ten. Of adults: that a goal held by somebody ' +
        'else is soon let go. Of the pair: what each finds hard to hear.',
      skills: [
        { skill: 'Putting a worry into one sentence', how: ['needed', 'developed'], whose: 'learner' },
        {
          skill: 'Questioning without steering to one’s own answer',
          how: ['used', 'developed'],
          whose: 'mentor-or-coach',
        },
        { skill: 'Saying “not yet” to a goal that is too big', how: ['developed'], whose: 'both' },
      ],
      resources: [
        {
          resource: 'Learning agreement, half a page, signed by both and shown to nobody',
          kind: 'agreement',
          copies: 'yes',
          where: 'Blank copy in the visit folder',
        },
        { resource: 'The card', kind: 'form', copies: 'yes', where: 'Printed by the office, 400 at a time' },
      ],
    },
    prose: [
      p(
        'The first goals were hopeless, and both teachers say so with some pleasure. “Better talk.” “More reasoning.” ' +
          '“Raise the profile of mathematical vocabulary.” They were the goals of a policy, and nobody could have ' +
          'watched for them.',
      ),
      p(
        'What sharpened them was a habit that the pair took from their university tutor: the one whose goal it was ' +
          'had to say it, the other had to say it back in different words, and if the first winced they began again. ' +
          'It usually took three goes. This is how one of them travelled in the spring of 2024:',
      ),
      table(
        ['Week', 'The goal as said', 'What the partner asked'],
        ['1', 'Get them to explain more', 'Who is “them”? All thirty?'],
        ['2', 'Get the blue table to explain', 'Explain to whom: you, or one another?'],
        [
          '4',
          'When somebody on the blue table answers, stop me from finishing it',
          'How would I know that you were about to?',
        ],
        ['6', 'I breathe in. Watch for the breath', 'What shall I write?'],
      ),
      p(
        'By week six there was something to see. By week eight, as the owner of the goal put it, she could feel the ' +
          'breath coming.',
      ),
      h('Written, but not reported'),
      p(
        'Each pair writes a *learning agreement* at the start of a term: whose goal, what will be watched, what stays ' +
          'between them, and the day on which they will look back. It is half a page. Both sign it and it goes into a ' +
          'drawer. The head asked once whether a copy should be filed; the pair said that they would rather not; and ' +
          'that was the end of it.',
      ),
      p(
        'Goals change, and are meant to. Of the seventeen agreements made last autumn, the deputy knows (because she ' +
          'asked for a show of hands, and nothing more) that eleven had been rewritten by Christmas.',
      ),
    ],
    prompts: {
      'shared-understanding': 'answered',
      meeting: 'answered',
      record: 'answered',
      questions: 'answered',
      knowledge: 'answered',
      'skills-needed': 'answered',
      'skills-developed': 'answered',
      resources: 'answered',
    },
    revisions: [
      { by: 'editor', was: 'and it has not come up since', now: 'and that was the end of it' },
      { by: 'second', was: 'that nine had been', now: 'that eleven had been', sinceAgreed: true },
    ],
    status: 'agreed',
    statusBy: 'editor',
  },
  {
    section: '2.3',
    by: ['second', 'first', 'second'],
    fields: {
      'joint-planning': 'yes',
      planned: ['lessons'],
      when: 'Once each half-term, in a staff meeting given over to it; otherwise at the photocopier',
      debriefing: 'yes',
      'plans-shared': 'yes',
      knowledge:
        'The next two weeks of the scheme of work, what children of that age usually get wrong in it, and the one ' +
        'table on which the goal will be tried.',
      skills: [
        { skill: 'Thinking aloud while planning', how: ['needed', 'developed'], whose: 'learner' },
        { skill: 'Foreseeing what a child will say', how: ['used', 'developed'], whose: 'both' },
        { skill: 'Asking about a plan before improving it', how: ['developed'], whose: 'mentor-or-coach' },
      ],
      resources: [
        { resource: 'Scheme of work, the coming fortnight', kind: 'other', copies: 'no' },
        {
          resource: 'Three pieces of children’s work, names folded under',
          kind: 'other',
          copies: 'unknown',
          where: 'Would need the parents’ consent',
        },
      ],
    },
    prose: [
      p(
        'Planning together was not part of the pilot. It came in by the back door, because the talk after a lesson ' +
          'kept turning into talk about the next one. From September 2024 one staff meeting in each half-term has ' +
          'been given over to it: seventy minutes, in pairs, spread through the building.',
      ),
      h('Pulling a lesson about'),
      p(
        'One of the two brings a lesson that is already planned, as anyone might plan it on a Sunday evening. The ' +
          'other does not improve it. She asks three things, always the same:',
      ),
      bullets(
        'Where in this lesson will a child be doing the explaining?',
        'What is the most interesting wrong answer that you might get?',
        'What will you do with it, in five seconds, with thirty faces looking at you?',
      ),
      p(
        'The second question is the one that people remember. It has made teachers look forward to mistakes. “I used ' +
          'to plan so that nobody would say anything odd,” one told us. “Now I plan for somebody to say something odd ' +
          'at about ten past.”',
      ),
      h('What turned it into learning'),
      p(
        'Ordinary planning gets a lesson ready. Three small rules keep this from being ordinary planning. The plan ' +
          'belongs to the one who will teach it, so nobody else writes on it. The session ends with five minutes of ' +
          'looking back at the session itself: *what did you ask me that I had not asked myself?* And whatever was ' +
          'foreseen is checked against what happened, at the next debrief, in the margin of the same sheet.',
      ),
      p(
        'That margin has become the school’s best record of what children do with fractions. The mathematics lead is ' +
          'collecting it, without names, for the scheme of work.',
      ),
    ],
    prompts: {
      joint: 'answered',
      when: 'answered',
      'into-learning': 'answered',
      debriefing: 'answered',
      critique: 'answered',
      knowledge: 'answered',
      skills: 'answered',
      resources: 'ask',
    },
    lostWords: [
      {
        by: 'first',
        causedBy: 'second',
        before: 'Pulling a lesson about',
        words: ' (their own name for it; the Year 2 teacher says that it comes from making bread)',
        after: '',
      },
      {
        by: 'first',
        causedBy: 'second',
        before: 'What turned it into learning',
        words: '. Ask the deputy whether the five minutes at the end ever get squeezed out',
        after: '',
      },
    ],
    status: 'ready',
    statusBy: 'second',
    assignee: 'second',
    dueInDays: 9,
  },
];
