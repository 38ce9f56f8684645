import type { BlockState, RouteReply } from '../../shared/api/contract.ts';
import { decideBlockAccess, includesAccess } from '../../shared/permissions/access.ts';
import { loadPerson } from '../accounts/people.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { loadAsker, readStage } from '../studies/access-lookup.ts';
import { blockState, loadStatuses } from './block-states.ts';
import { loadFigures, type ProjectionParts } from './projections.ts';

/** What somebody at a school is asked for; nothing of other schools, nothing of the team's (ACCESS-5). */
export function contactRoutes(parts: Parts): Routes {
  return {
    'GET /api/contact': async (call) => {
      const { personId } = signedIn(call);
      const places = await contactPlaces(parts.records.read, personId);
      const cases: ContactCase[] = [];
      for (const place of places) {
        const asked = await contactCase(parts, personId, place);
        if (asked) cases.push(asked);
      }
      return { cases };
    },
  };
}

type ContactCase = RouteReply<'GET /api/contact'>['cases'][number];

/** One row for each case and school that the person speaks for. */
function contactPlaces(records: Records, personId: string) {
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
    .where('cases.deleted_at', 'is', null)
    .where('studies.deleted_at', 'is', null)
    .orderBy('case_contacts.since', 'desc')
    .orderBy('cases.id')
    .execute();
}

type Place = Awaited<ReturnType<typeof contactPlaces>>[number];

/** @returns null where nothing is asked of them any more */
async function contactCase(
  parts: ProjectionParts,
  personId: string,
  place: Place,
): Promise<ContactCase | null> {
  const records = parts.records.read;
  const asker = await loadAsker(records, personId, place.study_id);
  if (asker.role !== 'contact') return null;
  const framework = await studyFramework(records, place.framework_id, place.framework_version);
  const statuses = await loadStatuses(records, [place.case_id]);
  const blocks = (await loadFigures(parts, framework, [place.case_id]))
    .filter((figures) => figures.schoolId === place.school_id)
    .flatMap((figures): BlockState[] => {
      const decision = decideBlockAccess(asker, {
        caseId: place.case_id,
        schoolId: figures.schoolId,
        audience: figures.section.audience,
        perSchool: figures.section.occurrence === 'per-school',
        stage: readStage(place.stage),
        deleted: false,
      });
      const status = statuses.get(figures.blockId);
      if (!includesAccess(decision.access, 'read') || status?.not_applicable != null) return [];
      return [withoutTeam(blockState(figures, status, decision))];
    });
  if (blocks.length === 0) return null;
  return {
    caseId: place.case_id,
    studyTitle: place.study_title,
    schoolName: place.school_name,
    frameworkId: place.framework_id,
    frameworkVersion: place.framework_version,
    askedBy: await askedBy(records, personId, place),
    blocks,
  };
}

/** Who of the team sees to a section, and agreed to it, is the team's own. */
function withoutTeam(state: BlockState): BlockState {
  return { ...state, agreedBy: null, agreedAt: null, setBack: null, assigneeId: null, notApplicable: null };
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
  return id ? ((await loadPerson(records, id))?.name ?? '') : '';
}
