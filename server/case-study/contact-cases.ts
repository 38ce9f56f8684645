import type { ContactBlock, ContactCase } from '../../shared/api/contact.ts';
import { type Decision, includesAccess } from '../../shared/permissions/access.ts';
import { contactSection } from '../../shared/permissions/reading-copy.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { ownRequests } from '../information/own-requests.ts';
import type { RequestParts } from '../information/request-views.ts';
import type { Records } from '../ports/record-store.ts';
import { loadDecisions, readStage } from '../studies/access-lookup.ts';
import { loadPeople } from '../studies/people.ts';
import { loadStatuses, readableDecision } from './block-states.ts';
import { namesStandingIn } from './names-for-contact.ts';
import { type BlockFigures, loadFigures } from './projections.ts';
import { loadReadingCopies } from './reading-copies.ts';

/**
 * What somebody at a school is asked for, and what is shared with them to read;
 * nothing of other schools, nothing of the team's (ACCESS-5).
 * @param caseId that case alone; null: every case that they were invited to
 * @returns one entry for each case and school that they speak for
 */
export async function contactCases(
  parts: RequestParts,
  personId: string,
  caseId: string | null,
): Promise<ContactCase[]> {
  const records = parts.records.read;
  const places = await contactPlaces(records, personId, caseId);
  const cases: ContactCase[] = [];
  const begun = new Set<string>();
  const figures = new Map<string, BlockFigures[]>();
  for (const place of places) {
    const framework = await studyFramework(records, place.framework_id, place.framework_version);
    const ofCase = figures.get(place.case_id) ?? (await loadFigures(parts, framework, [place.case_id]));
    figures.set(place.case_id, ofCase);
    // What is about the case as a whole stands under the first of several schools.
    const first = !begun.has(place.case_id);
    const shared = await contactCase(parts, personId, place, ofCase, first);
    if (!shared) continue;
    begun.add(place.case_id);
    cases.push(shared);
  }
  return cases;
}

/** One row for each case and school that the person speaks for. */
function contactPlaces(records: Records, personId: string, caseId: string | null) {
  return records
    .selectFrom('case_contacts')
    .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .innerJoin('schools', 'schools.id', 'case_contacts.school_id')
    .innerJoin('case_schools', (join) =>
      join
        .onRef('case_schools.case_id', '=', 'case_contacts.case_id')
        .onRef('case_schools.school_id', '=', 'case_contacts.school_id'),
    )
    .select([
      'cases.id as case_id',
      'cases.stage',
      'studies.id as study_id',
      'studies.title as study_title',
      'studies.framework_id',
      'studies.framework_version',
      'schools.id as school_id',
      'schools.name as school_name',
    ])
    .where('case_contacts.user_id', '=', personId)
    .where('case_contacts.quotes_alone', '=', 0)
    .$if(caseId !== null, (query) => query.where('case_contacts.case_id', '=', caseId ?? ''))
    .where('cases.deleted_at', 'is', null)
    .where('studies.deleted_at', 'is', null)
    .orderBy('case_contacts.since', 'desc')
    .orderBy('cases.id')
    .orderBy('case_schools.position')
    .execute();
}

type Place = Awaited<ReturnType<typeof contactPlaces>>[number];

/** @returns null where nothing is asked of them, or shared with them, any more */
async function contactCase(
  parts: RequestParts,
  personId: string,
  place: Place,
  ofCase: readonly BlockFigures[],
  first: boolean,
): Promise<ContactCase | null> {
  const records = parts.records.read;
  const decide = await loadDecisions(records, personId, place.study_id, [place.case_id]);
  if (decide.asker.role !== 'contact') return null;
  const statuses = await loadStatuses(records, [place.case_id]);
  const standing = { stage: readStage(place.stage), deleted: false };
  const shared = ofCase.flatMap((figures) => {
    const theirs = figures.schoolId === place.school_id || (first && figures.schoolId === null);
    const decision = decide.of(figures, standing);
    if (!theirs || statuses.get(figures.blockId)?.not_applicable != null) return [];
    return includesAccess(decision.access, 'read') ? [{ figures, decision }] : [];
  });
  if (shared.length === 0) return null;
  const read = shared.filter(({ decision }) => decision.access !== 'write');
  return {
    caseId: place.case_id,
    studyTitle: place.study_title,
    schoolName: place.school_name,
    askedBy: await askedBy(records, personId, place),
    requests: await ownRequests(records, {
      personId,
      caseId: place.case_id,
      schoolId: place.school_id,
      studyId: place.study_id,
      standing,
      filledIn: shared.filter(({ decision }) => decision.access === 'write').map(({ figures }) => figures),
      blocks: shared.map(({ figures: { blockId, section } }) => ({ blockId, sectionId: section.id })),
      now: parts.clock.now(),
    }),
    names: await namesStandingIn(
      parts,
      place.case_id,
      shared.flatMap(({ figures, decision }) =>
        decision.access === 'write' && !figures.damaged && figures.seq > 0 ? [figures.blockId] : [],
      ),
    ),
    blocks: shared.map(({ figures, decision }) => contactBlock(figures, decision)),
    copies: await loadReadingCopies(
      parts,
      { role: 'contact', personId },
      read.map(({ figures }) => figures),
    ),
  };
}

/** @returns of a section what is for a school to know; how the team is getting on with it is not */
function contactBlock(figures: BlockFigures, decision: Decision): ContactBlock {
  const { access, reason } = readableDecision(figures, decision);
  return {
    blockId: figures.blockId,
    section: contactSection(figures.section, access),
    schoolId: figures.schoolId,
    access,
    reason: reason ?? null,
  };
}

/** @returns the name of who invited them, else of the study's first lead */
async function askedBy(records: Records, personId: string, place: Place): Promise<string> {
  const invitation = await records
    .selectFrom('links')
    .select('created_by')
    .where('user_id', '=', personId)
    .where('case_id', '=', place.case_id)
    .where('school_id', '=', place.school_id)
    .where('used_at', 'is not', null)
    .orderBy('used_at', 'desc')
    .executeTakeFirst();
  const lead = await records
    .selectFrom('members')
    .select('user_id')
    .where('study_id', '=', place.study_id)
    .where('role', '=', 'owner')
    .orderBy('since')
    .executeTakeFirst();
  const id = invitation?.created_by ?? lead?.user_id;
  return id ? ((await loadPeople(records, [id], place.study_id)).get(id)?.name ?? '') : '';
}
