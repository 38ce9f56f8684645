import { CONTEXT_COVERAGE } from './context-coverage.ts';
import type { CoverageRow } from './coverage-row.ts';
import { PREPARATION_COVERAGE } from './preparation-coverage.ts';
import { PROCESS_COVERAGE } from './process-coverage.ts';
import { RESULTS_COVERAGE } from './results-coverage.ts';

/**
 * Where each thing that the fieldwork strategy asks for has gone: one row for each
 * bullet, question, entry of a list and aside of that document, in its order.
 */
export const STRATEGY_COVERAGE: readonly CoverageRow[] = [
  ...PREPARATION_COVERAGE,
  ...PROCESS_COVERAGE,
  ...CONTEXT_COVERAGE,
  ...RESULTS_COVERAGE,
];

/**
 * Prompts and fields that the strategy does not ask for. Kept short: what stands
 * here is our judgement of what a reader or a fieldworker also needs.
 */
export const OUR_ADDITIONS: readonly string[] = [
  // The summary card is known from the booklet that such a study ends in.
  'prompt summary/promise',
  'field summary/theme',
  'field summary/title',
  'field summary/abstract',
  // The strategy asks for knowledge in 2.2 to 2.5; whoever chooses needs it too.
  'prompt 2.1/knowledge',
  'field 2.1/knowledge',
  // A skill means something else in a mentor than in the person mentored.
  'field 2.1/skills/whose',
  'field 2.2/skills/whose',
  'field 2.3/skills/whose',
  'field 2.4/skills/whose',
  'field 2.5/skills/whose',
  'field 2.4/length',
  'field 2.6/illustrations/kind',
  'field 2.6/illustrations/copies',
  // Figures: schools know a number or a share; neither means much without its year and source.
  'field 4-facts/free-meals-share',
  'field 4-facts/special-needs-share',
  'field 4-facts/performance/year',
  'field 4-facts/performance/source',
  'field 4-facts/inspections/year',
  'field 4-facts/inspections/source',
  'field 4-authority/schools',
  'field 5/lines/in-kind',
  'field 7/evidence/year',
  'field 7/evidence/source',
  // What the evidence cannot show is what a careful reader asks first.
  'field 7/gaps',
  'field 9/features/why',
  'field 12/contacts/can-answer',
  'field 13/conditions',
];
