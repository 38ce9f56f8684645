/**
 * What the records know of somebody who asks, narrowed to a study, case or
 * block. Whoever is not allowed to know that a thing exists gets the same answer
 * as for one that does not.
 */
import { findSection, type Section } from '../../shared/framework/framework.ts';
import {
  ACCESS_LEVELS,
  type Access,
  type Asker,
  blockFacts,
  type Decision,
  decideBlockAccess,
  STAGES,
  type Stage,
} from '../../shared/permissions/access.ts';
import { ROLES, type Role } from '../../shared/permissions/roles.ts';
import { findFramework } from '../frameworks/framework-registry.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns who the person is in the study; role null for everybody who is nobody there */
export async function loadAsker(records: Records, personId: string, studyId: string): Promise<Asker> {
  const [membership, contacts] = [
    await records
      .selectFrom('members')
      .select('role')
      .where('study_id', '=', studyId)
      .where('user_id', '=', personId)
      .executeTakeFirst(),
    await records
      .selectFrom('case_contacts')
      .innerJoin('cases', 'cases.id', 'case_contacts.case_id')
      .select(['case_contacts.case_id', 'case_contacts.school_id'])
      .where('cases.study_id', '=', studyId)
      .where('case_contacts.user_id', '=', personId)
      .where('case_contacts.quotes_alone', '=', 0)
      .execute(),
  ];
  const role = readRole(membership?.role) ?? (contacts.length > 0 ? 'contact' : null);
  return {
    role,
    contactOf:
      role === 'contact' ? contacts.map((row) => ({ caseId: row.case_id, schoolId: row.school_id })) : [],
  };
}

/** @returns the same within one case: a contact of another case is nobody there */
function inCase(asker: Asker, caseId: string): Asker {
  if (asker.role !== 'contact' || asker.contactOf.some((place) => place.caseId === caseId)) return asker;
  return { role: null, contactOf: [] };
}

/** @returns null for what is no role (never write access by a typing error) */
export function readRole(value: string | null | undefined): Role | null {
  return ROLES.find((role) => role === value) ?? null;
}

/** @returns null where nothing is set; what is no level gives nothing at all */
export function readGrant(value: string | null | undefined): Access | null {
  if (value === null || value === undefined) return null;
  return ACCESS_LEVELS.find((level) => level === value) ?? 'none';
}

/** @throws Error for what is no stage: only this program writes them */
export function readStage(value: string): Stage {
  const stage = STAGES.find((known) => known === value);
  if (!stage) throw new Error(`unknown stage: ${value}`);
  return stage;
}

export interface CaseLookup {
  readonly studyId: string;
  /** Null: nothing of this case is for them, not even that it exists. */
  readonly role: Role | null;
  /** The case or its study lies in the bin. */
  readonly deleted: boolean;
  readonly stage: Stage;
}

/** @returns null when there is no such case */
export async function lookUpCase(
  records: Records,
  personId: string,
  caseId: string,
): Promise<CaseLookup | null> {
  const row = await records
    .selectFrom('cases')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .select(['cases.study_id', 'cases.stage', 'cases.deleted_at', 'studies.deleted_at as study_deleted_at'])
    .where('cases.id', '=', caseId)
    .executeTakeFirst();
  if (!row) return null;
  const asker = inCase(await loadAsker(records, personId, row.study_id), caseId);
  return {
    studyId: row.study_id,
    role: asker.role,
    deleted: row.deleted_at !== null || row.study_deleted_at !== null,
    stage: readStage(row.stage),
  };
}

export interface BlockLookup {
  readonly caseId: string;
  readonly studyId: string;
  readonly sectionId: string;
  readonly schoolId: string | null;
  readonly decision: Decision;
  readonly role: Role | null;
}

/**
 * @returns null when there is no such block, or its school is no longer part of
 *   the case (the block's text is kept for when it returns)
 */
export async function lookUpBlock(
  records: Records,
  personId: string,
  blockId: string,
): Promise<BlockLookup | null> {
  const row = await records
    .selectFrom('blocks')
    .innerJoin('cases', 'cases.id', 'blocks.case_id')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .leftJoin('case_schools', (join) =>
      join
        .onRef('case_schools.case_id', '=', 'blocks.case_id')
        .onRef('case_schools.school_id', '=', 'blocks.school_id'),
    )
    .leftJoin('block_grants', (join) =>
      join.onRef('block_grants.block_id', '=', 'blocks.id').on('block_grants.person_id', '=', personId),
    )
    .select([
      'block_grants.level as granted',
      'blocks.case_id',
      'blocks.section_id',
      'blocks.school_id',
      'cases.study_id',
      'cases.stage',
      'cases.deleted_at',
      'studies.deleted_at as study_deleted_at',
      'studies.framework_id',
      'studies.framework_version',
      'case_schools.school_id as present_school_id',
    ])
    .where('blocks.id', '=', blockId)
    .executeTakeFirst();
  if (!row || row.school_id !== row.present_school_id) return null;
  const framework = await findFramework(records, row.framework_id, row.framework_version);
  const section = framework && findSection(framework, row.section_id);
  if (!section) return null;
  const asker = inCase(await loadAsker(records, personId, row.study_id), row.case_id);
  const block = {
    ...blockFacts(section, { caseId: row.case_id, schoolId: row.school_id }),
    stage: readStage(row.stage),
    deleted: row.deleted_at !== null || row.study_deleted_at !== null,
  };
  return {
    caseId: row.case_id,
    studyId: row.study_id,
    sectionId: row.section_id,
    schoolId: row.school_id,
    decision: decideBlockAccess(asker, block, readGrant(row.granted)),
    role: asker.role,
  };
}

/** A block of a case, with what the framework says of it. */
export interface PlacedBlock {
  readonly blockId: string;
  readonly caseId: string;
  readonly section: Section;
  readonly schoolId: string | null;
}

/** Where a case stands, for decisions about its blocks. */
export interface CaseStanding {
  readonly stage: Stage;
  readonly deleted: boolean;
}

/** What one person may do with the blocks of a study's cases, as the records were when it was loaded. */
export interface BlockDecisions {
  readonly asker: Asker;
  of(block: PlacedBlock, standing: CaseStanding): Decision;
}

/** Loads in two or three statements what decides about every block of these cases. */
export async function loadDecisions(
  records: Records,
  personId: string,
  studyId: string,
  caseIds: readonly string[],
): Promise<BlockDecisions> {
  const asker = await loadAsker(records, personId, studyId);
  const rows =
    caseIds.length === 0
      ? []
      : await records
          .selectFrom('block_grants')
          .innerJoin('blocks', 'blocks.id', 'block_grants.block_id')
          .select(['block_grants.block_id', 'block_grants.level'])
          .where('block_grants.person_id', '=', personId)
          .where('block_grants.level', 'is not', null)
          .where('blocks.case_id', 'in', caseIds)
          .execute();
  const grants = new Map(rows.map((row) => [row.block_id, readGrant(row.level)]));
  return {
    asker,
    of: (block, standing) =>
      decideBlockAccess(
        asker,
        { ...blockFacts(block.section, block), ...standing },
        grants.get(block.blockId) ?? null,
      ),
  };
}
