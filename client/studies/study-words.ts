import type { CaseSummary } from '../../shared/api/cases.ts';
import type { School } from '../../shared/api/schools.ts';
import type { StudySummary } from '../../shared/api/studies.ts';
import type { Stage } from '../../shared/permissions/access.ts';
import { dayOf } from '../ui/dates.ts';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** @returns `3 schools`, `one school`: figures of counted things read as words up to ten */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${NUMBERS[count] ?? count} ${count === 1 ? one : many}`;
}

export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Cases in the order of their work: what is under way first, what has ended last. */
const ORDER: readonly Stage[] = [
  'drafting',
  'with-school',
  'editing',
  'visit',
  'scoping',
  'approved',
  'published',
  'withdrawn',
  'declined',
];

export function casesInOrder(cases: readonly CaseSummary[]): readonly CaseSummary[] {
  return [...cases].sort(
    (a, b) => ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage) || a.title.localeCompare(b.title, 'en'),
  );
}

const STAGE_COUNTS: Readonly<Record<Stage, string>> = {
  scoping: 'being scoped',
  visit: 'to be visited',
  drafting: 'drafting',
  'with-school': 'with the school',
  editing: 'being edited',
  approved: 'approved',
  published: 'published',
  withdrawn: 'withdrawn',
  declined: 'declined',
};

/** `2 drafting, 1 with the school`; empty where there are no cases. */
export function stagesLine(cases: readonly CaseSummary[]): string {
  return ORDER.flatMap((stage) => {
    const count = cases.filter((one) => one.stage === stage).length;
    return count === 0 ? [] : [`${count} ${STAGE_COUNTS[stage]}`];
  }).join(', ');
}

/** `Larkfield Primary`, `Harrow Lane and three more schools`. */
export function schoolsOf(schoolIds: readonly string[], schools: readonly School[]): string {
  const names = schoolIds.flatMap((id) => schools.find((school) => school.id === id)?.name ?? []);
  const [first, second] = names;
  if (!first) return '';
  if (!second) return first;
  if (names.length === 2) return `${first} and ${second}`;
  return `${first} and ${counted(names.length - 1, 'more school')}`;
}

export interface CaseNote {
  readonly tone: 'good' | 'wait' | 'bad' | 'calm';
  readonly words: string;
}

/** What keeps a case from going on, most pressing first; what it has reached where nothing does. */
export function notesOf(one: CaseSummary): readonly CaseNote[] {
  const notes: CaseNote[] = [];
  if (one.lostWords > 0) {
    const their = one.lostWords === 1 ? 'its' : 'their';
    const passages = one.lostWords === 1 ? '1 passage' : `${one.lostWords} passages`;
    notes.push({ tone: 'bad', words: `${passages} lost ${their} place` });
  }
  if (one.toAsk > 0) notes.push({ tone: 'wait', words: `${one.toAsk} still to ask` });
  if (notes.length > 0) return notes;
  if (one.total > 0 && one.done === one.total) return [{ tone: 'good', words: 'Complete' }];
  if (one.started === 0) return [{ tone: 'calm', words: 'Not begun' }];
  return [];
}

/** Under the bar of a case. */
export function progressWords(one: CaseSummary): string {
  if (one.total > 0 && one.done === one.total) return 'All sections agreed';
  if (one.done > 0) return `${one.done} of ${one.total} agreed`;
  return one.started > 0 ? `${one.started} of ${one.total} begun` : `${one.total} sections`;
}

/** `Six case studies by 30 June`; of the study's list and head. */
export function casesLine(study: Pick<StudySummary, 'cases' | 'dueOn'>): string {
  if (study.cases === 0) {
    return study.dueOn ? `No case studies yet, due ${dayOf(study.dueOn)}` : 'No case studies yet';
  }
  const cases = capital(counted(study.cases, 'case study', 'case studies'));
  return study.dueOn ? `${cases} by ${dayOf(study.dueOn)}` : cases;
}
