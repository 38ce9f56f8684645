import type { Section } from '../framework.ts';
import { knowledgeField, resourcesGroup, skillsGroup } from './craft.ts';

export const whatHappened: Section = {
  id: '2',
  number: '2',
  title: 'What happened',
  purpose: 'A short way in to the parts below: the work in outline, before the detail.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'close-up',
      label: 'Close up',
      question: 'If I had stood at the back of the room, what would I have seen and heard, step by step?',
    },
  ],
  fields: [],
};

export const choosingTheApproach: Section = {
  id: '2.1',
  number: '2.1',
  parent: '2',
  title: 'Choosing the approach',
  purpose: 'How people came to mentoring or coaching as the right help, and from which starting point.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'choice',
      label: 'The choice',
      question: 'Who decided that this kind of help fitted, what else was considered, and what tipped it?',
    },
    {
      id: 'starting-point',
      label: 'Starting point',
      question: 'How did anyone learn what the people taking part could already do, and what they knew?',
    },
    {
      id: 'knowledge',
      label: 'Knowledge',
      question: 'What did those who chose have to know about people, subjects and ways of helping?',
    },
    {
      id: 'skills',
      label: 'Skills',
      question: 'Which skills did choosing well take, and which grew in the course of it?',
    },
    {
      id: 'resources',
      label: 'Resources',
      question: 'What did they use to choose, and may we see copies or examples of it?',
    },
  ],
  fields: [
    {
      id: 'selection',
      kind: 'long-text',
      label: 'How the approach was chosen',
      required: true,
    },
    {
      id: 'prior-learning',
      kind: 'long-text',
      label: 'What people already knew and could do',
      help: 'And the steps by which that was found out: talk, observation, self-review, records.',
    },
    knowledgeField('What someone has to understand to choose between kinds of help.'),
    skillsGroup('Such as listening, diagnosing, matching people.'),
    resourcesGroup('Such as a self-review form or a skills audit.'),
  ],
};

export const learningGoals: Section = {
  id: '2.2',
  number: '2.2',
  parent: '2',
  title: 'Learning goals',
  purpose: 'How both sides came to mean the same thing by what was to be learned.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'shared-understanding',
      label: 'Meaning the same',
      question: 'How did they reach a common picture of the goal, and how did it sharpen over time?',
    },
    { id: 'meeting', label: 'Meeting', question: 'Where did they get together for this, and at what times?' },
    {
      id: 'record',
      label: 'Record',
      question: 'Were the goals written down? Where, and who could see them?',
    },
    {
      id: 'questions',
      label: 'Questions',
      question: 'Which questions helped to make a goal clearer? Ask for the exact words.',
    },
    {
      id: 'knowledge',
      label: 'Knowledge',
      question: 'What, general or particular, did they have to know or understand to set goals like these?',
    },
    {
      id: 'skills-needed',
      label: 'Skills needed',
      question: 'What did each side have to be able to do from the outset?',
    },
    {
      id: 'skills-developed',
      label: 'Skills in use',
      question: 'Which skills did they draw on while agreeing goals, and which did they gain?',
    },
    {
      id: 'resources',
      label: 'Resources',
      question: 'Did anything help, a learning agreement for instance? Can we show one?',
    },
  ],
  fields: [
    { id: 'meeting-times', kind: 'short-text', label: 'When they met' },
    { id: 'meeting-places', kind: 'short-text', label: 'Where they met' },
    { id: 'goals-recorded', kind: 'yes-no', label: 'Were goals recorded?' },
    {
      id: 'clarifying-questions',
      kind: 'group',
      label: 'Questions that made goals clearer',
      rowName: 'question',
      fields: [{ id: 'question', kind: 'short-text', label: 'Question', required: true }],
    },
    knowledgeField('Of the subject, of how pupils learn, of how adults learn.'),
    skillsGroup('Such as questioning, listening, putting a goal into words.'),
    resourcesGroup('Such as learning agreements or goal sheets.'),
  ],
};

export const planningTogether: Section = {
  id: '2.3',
  number: '2.3',
  parent: '2',
  title: 'Planning together',
  purpose: 'Whether people planned jointly, and how that became learning rather than getting ready.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    {
      id: 'joint',
      label: 'Joint planning',
      question: 'Did they plan lessons, or a new way of leading, with one another? Who brought what?',
    },
    { id: 'when', label: 'When', question: 'At what point in the day, the week or the cycle did they plan?' },
    {
      id: 'into-learning',
      label: 'Turned into learning',
      question: 'What made ordinary planning something that they learned from?',
    },
    {
      id: 'debriefing',
      label: 'Debriefing',
      question: 'Was looking back a fixed part of the planning session?',
    },
    {
      id: 'critique',
      label: 'Critique',
      question: 'Did they show one another their plans, to have them questioned and made better?',
    },
    {
      id: 'knowledge',
      label: 'Knowledge',
      question: 'What did planning like this require them to know and understand?',
    },
    { id: 'skills', label: 'Skills', question: 'Which skills did it take, and which did it build?' },
    {
      id: 'resources',
      label: 'Resources',
      question: 'What was on the table while they planned, and may we have copies?',
    },
  ],
  fields: [
    { id: 'joint-planning', kind: 'yes-no', label: 'Was planning done jointly?' },
    {
      id: 'planned',
      kind: 'many-choices',
      label: 'What was planned',
      options: [
        { id: 'lessons', label: 'Lessons' },
        { id: 'leadership', label: 'New ways of leading' },
        { id: 'other', label: 'Something else' },
      ],
    },
    { id: 'when', kind: 'short-text', label: 'When it took place' },
    { id: 'debriefing', kind: 'yes-no', label: 'Debriefing part of the session?' },
    { id: 'plans-shared', kind: 'yes-no', label: 'Plans shared to be improved?' },
    knowledgeField('Of the subject, the pupils, the evidence behind what is being tried.'),
    skillsGroup('Such as thinking aloud, questioning a plan, foreseeing what pupils will do.'),
    resourcesGroup('Such as planning forms, schemes of work, pupils’ work.'),
  ],
};

export const observing: Section = {
  id: '2.4',
  number: '2.4',
  parent: '2',
  title: 'Observing',
  purpose: 'Whether people watched each other work, and under which terms.',
  required: true,
  occurrence: 'once',
  audience: 'print',
  prose: true,
  prompts: [
    { id: 'part', label: 'Part of it?', question: 'Does anyone observe anyone, and what for?' },
    {
      id: 'organised',
      label: 'How arranged',
      question: 'Who watches whom, how often, who settles the focus, and who covers the class?',
    },
    { id: 'span', label: 'Span', question: 'A whole lesson, or one detail of it?' },
    {
      id: 'learning-both-ways',
      label: 'Learning both ways',
      question: 'Does everyone know that the observer is learning too?',
    },
    {
      id: 'access',
      label: 'Access',
      question: 'Can the person observed look at the evidence afterwards, on film, on tape or in notes?',
    },
    {
      id: 'knowledge',
      label: 'Knowledge',
      question: 'What did they have to know and understand to make sense of what they saw?',
    },
    {
      id: 'skills',
      label: 'Skills',
      question: 'Which skills did observing, and being observed, call for? Which were learned?',
    },
    {
      id: 'resources',
      label: 'Resources',
      question: 'Were there ground rules on focus and on what stays private? May we have copies?',
    },
  ],
  fields: [
    { id: 'observation', kind: 'yes-no', label: 'Did people observe each other?' },
    {
      id: 'span',
      kind: 'choice',
      label: 'Span',
      options: [
        { id: 'whole-lesson', label: 'A whole lesson' },
        { id: 'detail', label: 'One detail' },
        { id: 'varies', label: 'It varies' },
      ],
    },
    { id: 'length', kind: 'short-text', label: 'Length of an observation' },
    {
      id: 'observer-learning',
      kind: 'choice',
      label: 'That the observer learns too is',
      options: [
        { id: 'said', label: 'Said openly' },
        { id: 'understood', label: 'Understood, not said' },
        { id: 'not-so', label: 'Not how they see it' },
      ],
    },
    {
      id: 'evidence-open',
      kind: 'yes-no',
      label: 'Is the evidence open to the person observed?',
    },
    {
      id: 'evidence-form',
      kind: 'many-choices',
      label: 'In what form',
      options: [
        { id: 'video', label: 'Video' },
        { id: 'sound', label: 'Sound recording' },
        { id: 'notes', label: 'Written notes or a chart' },
        { id: 'other', label: 'Something else' },
      ],
    },
    { id: 'protocol', kind: 'short-text', label: 'Protocol used' },
    knowledgeField('Of what to look for, and of what counts as evidence.'),
    skillsGroup('Such as noticing, recording without judging, keeping to the focus.'),
    resourcesGroup('Such as a confidentiality protocol or a focus card.'),
  ],
};
