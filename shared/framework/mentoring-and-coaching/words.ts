import type { Definition, LearningObjective, ScopingQuestion } from '../framework.ts';

/** Asked on the first call; mostly yes means that a visit is worth considering. */
export const SCOPING_QUESTIONS: readonly ScopingQuestion[] = [
  {
    id: 'focus',
    label: 'Clear focus',
    question:
      'Can the school say plainly which problem, issue or goal its mentoring or coaching is about, ' +
      'and does anything suggest that other schools would see themselves in it?',
  },
  {
    id: 'context',
    label: 'Enough context',
    question:
      'Will we learn enough about the setting for readers elsewhere to tell whether it speaks to theirs?',
  },
  {
    id: 'outcomes',
    label: 'Outcomes and proof',
    question:
      'What has come of it so far, even if it is still going on, and what could back that up? ' +
      'Would others (teachers, pupils, leaders) bear it out and give examples?',
  },
  {
    id: 'contact',
    label: 'Willing to talk',
    question:
      'Are the school, its head, its teachers and anyone else involved ready to be approached ' +
      'and to tell other people more?',
  },
];

export const DEFINITIONS: readonly Definition[] = [
  {
    id: 'mentoring',
    term: 'Mentoring',
    text:
      'Someone with relevant experience accompanies a colleague through a change of role or career, ' +
      'looking after the whole of their professional growth.',
  },
  {
    id: 'coaching',
    term: 'Coaching',
    text:
      'One person helps another to get better at a particular thing that the learner has chosen, ' +
      'mostly by questions, shared evidence and practice.',
  },
  {
    id: 'specialist-coaching',
    term: 'Specialist coaching',
    text:
      'Coaching by somebody who knows the subject or technique well, from inside the school or outside, ' +
      'usually in the learner’s own classroom.',
  },
  {
    id: 'peer-coaching',
    term: 'Peer coaching',
    text:
      'Two colleagues coach each other in turn. Both have a goal, both are observed, ' +
      'and neither assesses the other.',
  },
  {
    id: 'induction-mentoring',
    term: 'Mentoring for induction',
    text: 'Mentoring that helps someone to settle into a profession, a post or a school.',
  },
  {
    id: 'progression-mentoring',
    term: 'Mentoring for progression',
    text: 'Mentoring that prepares someone for a wider role and for what that role asks of them.',
  },
  {
    id: 'challenge-mentoring',
    term: 'Mentoring through a challenge',
    text: 'Mentoring for a stretch of time, aimed at one serious difficulty in somebody’s work.',
  },
  {
    id: 'professional-learner',
    term: 'Professional learner',
    text: 'The adult whose learning is being helped. In peer coaching that is both.',
  },
  {
    id: 'learning-agreement',
    term: 'Learning agreement',
    text:
      'What a pair settle at the start: the goal, who does what, what stays between them, ' +
      'and when they will look back.',
  },
  {
    id: 'debriefing',
    term: 'Debriefing',
    text: 'Talk soon after something shared, to work out what happened, why, and what to try next.',
  },
];

/** What learning materials made from a study should help people to do. */
export const LEARNING_OBJECTIVES: readonly LearningObjective[] = [
  { id: 'choose', text: 'Tell mentoring from coaching, and choose what fits the need.' },
  { id: 'start-from', text: 'Find out what a colleague already knows and does well, and start there.' },
  { id: 'agree-goals', text: 'Agree a learning goal that both sides understand, and write it down.' },
  { id: 'ask', text: 'Ask questions that make someone think rather than defend.' },
  { id: 'plan', text: 'Make everyday planning an occasion to learn.' },
  { id: 'observe', text: 'Observe one agreed thing, and leave the evidence with the person observed.' },
  { id: 'debrief', text: 'Talk through a shared lesson so that both learn and a next step follows.' },
  { id: 'use-evidence', text: 'Draw on research and on pupils’ work when deciding what to try.' },
  { id: 'lead', text: 'Lead mentoring or coaching: find time, build trust, and train those who do it.' },
  { id: 'judge', text: 'Judge whether it is working, for adults and for pupils.' },
];
