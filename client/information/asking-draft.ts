import type { RouteBody } from '../../shared/api/contract.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import type { School } from '../../shared/api/schools.ts';
import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { canBeAsked, isAskedUsually } from '../../shared/information/request.ts';
import type { SharingGrid } from '../sharing/sharing-grid.ts';

/** Somebody who is not in yet; their name and address are typed. */
export const SOMEBODY_NEW = 'new';

/** A section that can be asked of the school. */
export interface Askable {
  readonly section: SharingSection;
  /** Chosen unless somebody says otherwise. */
  readonly usual: boolean;
}

/** @returns sections of the school that can be asked for, in the framework's order */
export function askableOf(grid: SharingGrid, framework: Framework, schoolId: string): readonly Askable[] {
  return grid.sharing.sections.flatMap((one) => {
    const section = framework.sections.find(({ id }) => id === one.sectionId);
    if (one.schoolId !== schoolId || !section || !canBeAsked(section) || one.notApplicable) return [];
    return [{ section: one, usual: isAskedUsually(section) }];
  });
}

/** Somebody at the school who can be asked, and whether they have been. */
export interface AskablePerson {
  readonly person: SharingPerson;
  readonly asked: boolean;
}

export function askablePeople(
  grid: SharingGrid,
  schoolId: string,
  requests: readonly InformationRequest[],
): readonly AskablePerson[] {
  return grid.people
    .filter(({ role, schoolIds }) => role === 'contact' && schoolIds.includes(schoolId))
    .map((person) => ({
      person,
      asked: requests.some(
        (request) =>
          request.schoolId === schoolId &&
          request.person.id === person.id &&
          (request.state === 'open' || request.state === 'finished'),
      ),
    }));
}

/** @returns the school that is asked next: the first that nobody was asked about */
export function nextSchool(schools: readonly School[], requests: readonly InformationRequest[]): string {
  const open = schools.find(
    ({ id }) => !requests.some((one) => one.schoolId === id && one.state !== 'withdrawn'),
  );
  return (open ?? schools[0])?.id ?? '';
}

/** @returns the chosen sections as the call has them, with what was set when the asker looked */
export function wantedSections(
  grid: SharingGrid,
  chosen: readonly SharingSection[],
  person: SharingPerson | null,
): RouteBody<'POST /api/cases/:caseId/information'>['sections'] {
  return chosen.map((section) => ({
    sectionId: section.sectionId,
    from: person ? grid.cell(person, section).set : null,
  }));
}
