import type { School } from '../../shared/api/schools.ts';
import type { Sharing, SharingPerson, SharingSection, SharingStep } from '../../shared/api/sharing.ts';
import { listed } from '../../shared/information/letter-draft.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import {
  ACCESS_WORDS,
  effectOf,
  FIXED_WORDS,
  highestAccess,
  type OfferedAccess,
} from '../../shared/permissions/sharing.ts';
import { momentOf } from '../ui/dates.ts';
import { groupedNumber } from '../ui/grouped-number.ts';
import type { Cell, SharingGrid } from './sharing-grid.ts';

/** `2.4 Observing`, with the school where several are asked. */
export function sectionName(section: SharingSection, schools: readonly School[]): string {
  const title = section.number === null ? section.title : `${section.number} ${section.title}`;
  const school = schools.length > 1 && schools.find(({ id }) => id === section.schoolId);
  return school ? `${title}, ${school.name}` : title;
}

/**
 * What a section's name does not say: of which school it is, or of the whole case, where several are
 * asked or another section has the same number; for whom it is, and whether it applies.
 */
export function sectionNotes(section: SharingSection, { schools, sections }: Sharing): readonly string[] {
  const twin = sections.some(
    ({ number, sectionId }) => number === section.number && sectionId !== section.sectionId,
  );
  const tellsApart = schools.length > 1 || (twin && section.number !== null);
  const school = tellsApart ? schools.find(({ id }) => id === section.schoolId)?.name : undefined;
  const whole = twin && section.number !== null && section.schoolId === null;
  return [
    ...(school ? [school] : []),
    ...(whole ? ['on the whole case'] : []),
    ...(section.audience === 'team' ? ['team only'] : []),
    ...(section.notApplicable ? ['does not apply'] : []),
  ];
}

/** What somebody does: `reads`, in the middle of a sentence. */
export function doesWords(level: OfferedAccess): string {
  if (level === 'suggest') return 'suggests changes to';
  if (level === 'comment') return 'comments on';
  return level === 'none' ? 'sees nothing of' : ACCESS_WORDS[level].toLowerCase();
}

/** Whether there is a level to speak of: what a school can never see stays empty. */
export function isImpossible(cell: Cell): boolean {
  return cell.rule.fixed === 'team-only' || cell.rule.fixed === 'other-school';
}

/** Whether a school's page leaves out what its person may read or fill in, as it does not apply. */
export function isLeftOut({ person, section, effect }: Cell): boolean {
  return person.role === 'contact' && section.notApplicable && effect !== 'none';
}

/** The whole of a cell in words, as it is heard and as it stands under the grid. */
export function cellWords(cell: Cell, grid: SharingGrid): string {
  const name = sectionName(cell.section, grid.sharing.schools);
  const begin = `${cell.person.name}, ${name}: `;
  if (isImpossible(cell) && cell.rule.fixed) return `${begin}${FIXED_WORDS[cell.rule.fixed]}`;
  const fixed = cell.rule.fixed && cell.rule.fixed !== 'not-yours' ? ` ${FIXED_WORDS[cell.rule.fixed]}` : '';
  const out = isLeftOut(cell)
    ? ' As the section does not apply, their page leaves it out until it does.'
    : '';
  return `${begin}${ACCESS_WORDS[cell.effect]}.${out}${setWords(cell, grid)}${fixed}`;
}

/** Who set it, and what it would be otherwise. */
function setWords(cell: Cell, grid: SharingGrid): string {
  if (cell.at === null) return '';
  const signed = `by ${grid.nameOf(cell.by)}, ${momentOf(cell.at)}`;
  if (cell.set === null) return ` Set back ${signed}.`;
  return ` Set ${signed}; usually ${ACCESS_WORDS[cell.usual].toLowerCase()}.`;
}

/** A part in the study, or for a contact the schools. */
export function partOf(person: SharingPerson, schools: readonly School[]): string {
  if (person.role !== 'contact') return ROLE_NAMES[person.role];
  return person.schoolIds.flatMap((id) => schools.find((school) => school.id === id)?.name ?? []).join(', ');
}

/** What a change did, in one sentence: `Derek Onslow now reads 2.4 Observing.` */
export function changeWords(steps: readonly SharingStep[], grid: SharingGrid): string {
  const people = [...new Set(steps.map(({ personId }) => personId))];
  const blocks = [...new Set(steps.map(({ blockId }) => blockId))];
  const who = people.length === 1 ? grid.nameOf(people[0] ?? null) : `${people.length} people`;
  const first = grid.section(blocks[0] ?? '');
  const what =
    blocks.length === 1 && first ? sectionName(first, grid.sharing.schools) : `${blocks.length} sections`;
  const levels = new Set(steps.map((step) => levelAfter(step, grid)));
  const [level] = levels;
  if (levels.size !== 1 || level === undefined) return `${who}: ${what} set anew.`;
  if (people.length === 1) return `${who} now ${doesWords(level)} ${what}.`;
  const plural = {
    ...{ none: 'see nothing of', read: 'read', comment: 'comment on' },
    ...{ suggest: 'suggest changes to', write: 'fill in' },
  }[level];
  return `${who} now ${plural} ${what}.`;
}

function levelAfter(step: SharingStep, grid: SharingGrid): OfferedAccess | undefined {
  const person = grid.sharing.people.find(({ id }) => id === step.personId);
  if (step.to !== null) return effectOf(step.to, person?.role ?? 'viewer');
  const section = grid.section(step.blockId);
  return person && section ? grid.cell(person, section).usual : undefined;
}

/** How much stands in a section: what somebody would see at once. */
function holdsWords(holds: SharingSection['holds']): string {
  if (holds === null) return '';
  const words = holds.words === 1 ? '1 word' : `${groupedNumber(holds.words)} words`;
  const fields = holds.filled === 1 ? '1 field filled in' : `${holds.filled} fields filled in`;
  if (holds.words === 0 && holds.filled === 0) return 'nothing written yet';
  if (holds.filled === 0) return words;
  return holds.words === 0 ? fields : `${words}, ${fields}`;
}

/**
 * What a school gets by a change, after the section's name. What does not apply is left
 * out of its page, and is nevertheless shared: a program of theirs may read it.
 */
export function showsWords({ holds, notApplicable }: SharingSection): string {
  const out = notApplicable ? 'does not apply: their page leaves it out until it does' : '';
  return [holdsWords(holds), out].map((words) => (words === '' ? '' : ` · ${words}`)).join('');
}

/** @returns what whoever fills a section in would read there although nobody confirmed it; null for nothing */
export function unconfirmedWords({ unconfirmed }: SharingSection): string | null {
  if (!unconfirmed) return null;
  const { quotes, speakers } = unconfirmed;
  const what =
    quotes === 1 ? '1 quote that is not confirmed yet' : `${quotes} quotes that are not confirmed yet`;
  return `They will see ${what}, of ${listed(speakers)}.`;
}

/** What a school sees, at a glance: the sections by what its people may do. */
export function schoolGlance(
  grid: SharingGrid,
  people: readonly SharingPerson[],
): Readonly<Record<'write' | 'comment' | 'read', readonly SharingSection[]>> {
  const glance = { write: [], comment: [], read: [] } as Record<
    'write' | 'comment' | 'read',
    SharingSection[]
  >;
  for (const section of grid.sharing.sections) {
    // A school's page leaves out what does not apply.
    if (section.notApplicable) continue;
    const most = highestAccess(people.map((person) => grid.cell(person, section).effect));
    if (most === 'write' || most === 'comment' || most === 'read') glance[most].push(section);
  }
  return glance;
}
