import { bexmoor } from './bexmoor.ts';
import type { CaseContent } from './case-content.ts';
import { eastmarch } from './eastmarch.ts';
import { harrowLane } from './harrow-lane.ts';
import { larkfield } from './larkfield.ts';
import { stBrannocs } from './st-brannocs.ts';
import { thornley } from './thornley.ts';

/** The demo's study: no school, place or person in it is real. */
export const demoStudy = {
  title: 'Coaching in practice, 2026',
  description:
    'Six case studies of mentoring and coaching, for a booklet and a set of learning materials. ' +
    'Everything here is invented: the schools, the places, and everybody in them.',
  /** Days from the day the demo is made. */
  dueInDays: 38,
  cases: [larkfield, harrowLane, bexmoor, stBrannocs, eastmarch, thornley] as readonly CaseContent[],
};
