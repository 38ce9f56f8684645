import type { Framework } from './framework.ts';
import { contacts, filming } from './mentoring-and-coaching/contacts-and-filming.ts';
import { contextAuthority, contextCulture, contextFacts } from './mentoring-and-coaching/context.ts';
import {
  CAREER_STAGES,
  CONTEXT_DIMENSIONS,
  STAKEHOLDER_GROUPS,
} from './mentoring-and-coaching/coverage-axes.ts';
import { focus, whoLedIt } from './mentoring-and-coaching/focus-and-leading.ts';
import { howItRan, learningFromIt } from './mentoring-and-coaching/learning-from-it.ts';
import {
  conclusions,
  nextSteps,
  obstacles,
  takingItElsewhere,
} from './mentoring-and-coaching/looking-ahead.ts';
import { profile, summary } from './mentoring-and-coaching/profile.ts';
import { evidence, outcomes, resources } from './mentoring-and-coaching/results.ts';
import {
  choosingTheApproach,
  learningGoals,
  observing,
  planningTogether,
  whatHappened,
} from './mentoring-and-coaching/what-happened.ts';
import { DEFINITIONS, LEARNING_OBJECTIVES, SCOPING_QUESTIONS } from './mentoring-and-coaching/words.ts';

/**
 * The built-in framework, version 1: every section that a case study of
 * mentoring and coaching is asked for. Ids are kept for ever (blocks, marks and
 * editions refer to them): a change of ids is a new version, never an edit here.
 */
export const mentoringAndCoaching: Framework = {
  id: 'mentoring-and-coaching',
  version: 1,
  title: 'Mentoring and coaching case studies',
  description:
    'For a team that visits schools to find out how mentoring and coaching are done there, ' +
    'for whom, with what result, and what other schools can take from it.',
  language: 'en-GB',
  sections: [
    profile,
    summary,
    focus,
    whatHappened,
    choosingTheApproach,
    learningGoals,
    planningTogether,
    observing,
    learningFromIt,
    howItRan,
    whoLedIt,
    contextFacts,
    contextCulture,
    contextAuthority,
    resources,
    outcomes,
    evidence,
    obstacles,
    takingItElsewhere,
    conclusions,
    nextSteps,
    contacts,
    filming,
  ],
  scopingQuestions: SCOPING_QUESTIONS,
  stakeholderGroups: STAKEHOLDER_GROUPS,
  careerStages: CAREER_STAGES,
  contextDimensions: CONTEXT_DIMENSIONS,
  definitions: DEFINITIONS,
  learningObjectives: LEARNING_OBJECTIVES,
};
