import type { CaseContent } from './case-content.ts';
import { larkfieldGoals } from './larkfield-goals.ts';
import { larkfieldLeading } from './larkfield-leading.ts';
import { larkfieldObserving } from './larkfield-observing.ts';
import { larkfieldOnward } from './larkfield-onward.ts';
import { larkfieldOpening } from './larkfield-opening.ts';
import { larkfieldProof } from './larkfield-proof.ts';
import { larkfieldQuotes } from './larkfield-quotes.ts';
import { larkfieldResults } from './larkfield-results.ts';

/**
 * The case that is nearly complete: every section of the built-in framework, one
 * school. The school, the town and everybody in it are invented.
 */
export const larkfield: CaseContent = {
  title: 'Two teachers, one lesson at a time',
  subtitle:
    'Peer coaching at Larkfield Primary: how a pilot between two classrooms became the way the whole school talks about teaching.',
  stage: 'drafting',
  authority: false,
  schools: [{ key: 'larkfield', name: 'Larkfield Primary', place: 'Ashmere' }],
  information: {
    school: 'larkfield',
    sections: ['4-facts', '12'],
    askedDaysAgo: 9,
    dueInDays: 5,
    note: 'The figures of last summer are fine where this year’s are not out yet. Thank you, Derek!',
  },
  quoted: larkfieldQuotes,
  sections: [
    ...larkfieldOpening,
    ...larkfieldGoals,
    ...larkfieldObserving,
    ...larkfieldLeading,
    ...larkfieldResults,
    ...larkfieldProof,
    ...larkfieldOnward,
  ],
};
