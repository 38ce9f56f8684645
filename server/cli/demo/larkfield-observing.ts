import type { SectionContent } from './case-content.ts';
import { bullets, h, h4, p, quotation, steps, table, tasks } from './prose.ts';

/** 2.4 to 2.6. */
export const larkfieldObserving: readonly SectionContent[] = [
  {
    section: '2.4',
    by: ['first', 'second'],
    fields: {
      observation: 'yes',
      span: 'detail',
      length: '25 minutes',
      'observer-learning': 'said',
      'evidence-open': 'yes',
      'evidence-form': ['notes'],
      protocol: 'Focus card, agreed beforehand',
      knowledge:
        'What a question does to a conversation; the difference between what was said and what one thinks of it; ' +
        'enough of the mathematics to know an unfinished reason from a wrong one.',
      skills: [
        {
          skill: 'Writing down words, not judgements',
          how: ['needed', 'developed'],
          whose: 'mentor-or-coach',
        },
        { skill: 'Keeping to the focus', how: ['needed', 'used'], whose: 'mentor-or-coach' },
        { skill: 'Teaching on while somebody writes', how: ['developed'], whose: 'learner' },
      ],
      resources: [
        { resource: 'Focus card', kind: 'form', copies: 'yes', where: 'Attached; print on A6' },
        {
          resource: 'Four lines on what stays private',
          kind: 'protocol',
          copies: 'yes',
          where: 'On the back of the learning agreement',
        },
      ],
    },
    prose: [
      p(
        'The pair watch each other teach every second week, never for a whole lesson. They settle the focus the day ' +
          'before, and it is always something the person being observed asked for. “Nobody comes in to judge me. ' +
          'I send for her, like you’d ask someone to hold the other end of a tape measure,” one of them says.',
      ),
      p(
        'What the observer writes stays on the card and the card stays with the teacher. Both name this as the point ' +
          'at which they began to trust the process, and the head has never asked to see one.',
      ),
      p(
        'By the spring term the children had noticed. “She asked us what we would change about the lesson, and then ' +
          'she changed it,” a Year 5 pupil told us. “It made me braver about getting things wrong in front of people” ' +
          'was how a newly qualified colleague put it.',
      ),
      h('The card'),
      p(
        'It is the only document that the coaching has, and it has been rewritten five times. At present it asks:',
      ),
      bullets(
        '**Where shall I sit, and whom shall I watch?** Never the whole class.',
        '**What shall I listen for?** In the words of the person observed.',
        '**What shall I write?** Words, times, a tally. Nothing that needs an adjective.',
        '**What do you want to learn from watching?** Filled in by the observer, for herself.',
      ),
      p(
        'The last line was added in the second term, when the Year 5 teacher said that she was getting more out of ' +
          'watching than out of being watched and felt that she ought to own up. Since then it has been a rule that ' +
          'the observer says, at the end, what she is taking back to her own room.',
      ),
      h('Cover'),
      p(
        'Twenty-five minutes can be found where an hour cannot. The deputy head takes the observer’s class herself ' +
          'for one visit in three; the rest are covered by the teaching assistants who know that class, two of whom ' +
          'are trained to lead a whole lesson. Nobody is ever covered by a supply teacher, and if cover falls ' +
          'through, the visit is moved and not dropped.',
      ),
    ],
    prompts: {
      part: 'answered',
      organised: 'answered',
      span: 'answered',
      'learning-both-ways': 'answered',
      access: 'answered',
      knowledge: 'answered',
      skills: 'ask',
      resources: 'answered',
    },
    revisions: [
      {
        by: 'second',
        was: 'This was felt to be important by everybody',
        now: 'Both name this as the point at which they began to trust the process',
      },
    ],
    assignee: 'first',
    dueInDays: 2,
  },
  {
    section: '2.5',
    by: ['first', 'second', 'editor'],
    fields: {
      'who-first': 'observed',
      'ground-rules':
        'Same day. Fifteen minutes. The card on the table between you. The person observed speaks first and decides ' +
        'when to move on. Talk about what was on the card, or about nothing. No advice until it is asked for, and ' +
        'then one piece.',
      balance: 'even',
      knowledge:
        'The lesson itself, the two lessons before it, and what was foreseen when it was planned. Nothing about the ' +
        'person.',
      skills: [
        {
          skill: 'Staying silent for longer than is comfortable',
          how: ['developed'],
          whose: 'mentor-or-coach',
        },
        { skill: 'Describing before judging', how: ['needed', 'developed'], whose: 'both' },
        { skill: 'Choosing one thing', how: ['used', 'developed'], whose: 'learner' },
      ],
      resources: [
        { resource: 'The card, filled in', kind: 'recording', copies: 'no' },
        { resource: 'Four openings for a debrief', kind: 'protocol', copies: 'yes', where: 'Staffroom wall' },
      ],
    },
    prose: [
      p(
        'Fifteen minutes is short, and the pair keep to it with a kitchen timer shaped like a lemon. They tried half ' +
          'an hour. “In the second quarter of an hour we were being kind,” the Year 2 teacher said. “We weren’t ' +
          'learning anything.”',
      ),
      h('How it goes'),
      steps(
        'The observed teacher reads the card, alone and in silence. It usually takes two minutes, and the observer looks out of the window.',
        'She says what she notices. Not what was good or bad: what is *there*.',
        'The observer asks what she does not understand. She may point to the card. She may not explain it.',
        'They look for the moment, nearly always one, in which something else could have happened.',
        'The observed teacher writes down what she will try, with which children, by when.',
        'Last of all, the observer says what she is taking away.',
      ),
      p(
        'About half the time goes on what happened and half on what to do about it, and both halves were there in ' +
          'each of the four debriefs that we were allowed to hear.',
      ),
      h('Whose view counts'),
      p(
        'The first word and the last belong to the teacher who was watched. That is more than courtesy. In the first ' +
          'weeks the observer had spoken first, out of politeness, to say something encouraging; and it took the pair ' +
          'until half-term to see that the encouragement was setting the agenda. When the order was turned round, the ' +
          'talk went to places that the observer would not have thought of.',
      ),
      quotation(
        '“I’d have praised her questions. She wanted to talk about the boy who didn’t get asked one.” (Year 5 teacher)',
      ),
      h('What is kept out'),
      p('Four subjects are out of bounds, and it was the deputy who suggested that they be written down:'),
      bullets(
        'anything that would be said differently if the head were in the room',
        'other colleagues',
        'children’s families',
        'how one is feeling in general, for which there are kinder and better-qualified listeners',
      ),
      p(
        'The last of these was hard. On two occasions that we were told about, a debrief became something else, and ' +
          'both times the partner said so, made tea, and moved the debrief to the next day. Section 8 comes back to ' +
          'this.',
      ),
    ],
    prompts: {
      reflection: 'answered',
      'first-voice': 'answered',
      standing: 'answered',
      limits: 'answered',
      balance: 'answered',
      knowledge: 'ask',
      skills: 'answered',
    },
    revisions: [
      { by: 'editor', was: 'all of the debriefs', now: 'each of the four debriefs' },
      { by: 'editor', was: 'That is not just courtesy', now: 'That is more than courtesy' },
    ],
    assignee: 'second',
    dueInDays: -2,
  },
  {
    section: '2.6',
    by: ['second', 'first'],
    fields: {
      activities: [
        'evidence-reciprocal',
        'goals-reciprocal',
        'planning-reciprocal',
        'sharing-reciprocal',
        'interpreting-reciprocal',
        'review-reciprocal',
      ],
      illustrations: [
        { what: 'The card, all five versions', kind: 'learning-material', copies: 'yes' },
        { what: 'A debrief written out from notes, agreed by both', kind: 'record', copies: 'yes' },
        { what: 'Photograph of the staffroom wall', kind: 'picture', copies: 'unknown' },
      ],
    },
    prose: [
      p(
        'One round takes two weeks. We followed a round of the Year 2 and Year 5 teachers from start to finish in ' +
          'March, and asked two other pairs to keep a diary of one of theirs. What follows is common to all three.',
      ),
      table(
        ['Day', 'What', 'How long', 'Who decides'],
        ['Monday', 'Agree the focus, fill in the card', '5 minutes', 'The one to be watched'],
        ['Tuesday', 'Watch', '25 minutes', 'The card'],
        ['Tuesday, 3.15', 'Talk', '15 minutes', 'The one who was watched'],
        [
          'By Friday',
          'Try one change; tell the partner in a sentence',
          '1 minute',
          'The one who was watched',
        ],
        ['Week two', 'The same, the other way round', '', 'The other'],
      ),
      h('A round in March'),
      h4('Monday'),
      p(
        'In the corridor, coats on. The Year 2 teacher wants to know what she does when the blue table is silent. Her ' +
          'partner asks whether silence is the trouble, or what she does with it. A pause. “What I do with it.” That ' +
          'goes on the card.',
      ),
      h4('Tuesday'),
      p(
        'Doubling and halving. There are eleven silences, timed with a wristwatch; the longest is nine seconds. Seven ' +
          'end with the teacher speaking, four with a child. The observer writes down the first words after each.',
      ),
      h4('Tuesday, quarter past three'),
      p(
        'The teacher reads, and laughs: after five of the seven she has said the same word, “So”. It is not a word ' +
          'that she had known she used. They try saying other things, aloud, to the empty chairs. She settles on a ' +
          'gesture, an open hand, and on saying nothing at all until she has counted to five.',
      ),
      h4('Friday'),
      p(
        'A note in the pigeonhole: *Open hand. Felt like a year. Then Table Blue talked to each other over my head for ' +
          'about a minute. I was not needed!*',
      ),
      h('Still to do for this section'),
      tasks(
        'x Diary from the Reception and Year 1 pair',
        'x Leave to print the note from the pigeonhole',
        'Second diary: the three who work together in Years 3 and 4',
        'Ask whether the debrief that was written out may go in as an illustration',
      ),
    ],
    prompts: { course: 'answered', illustrations: 'answered', 'full-record': 'ask' },
    assignee: 'second',
    dueInDays: 4,
  },
];
