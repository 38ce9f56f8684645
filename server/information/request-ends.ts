import type { SharingStep } from '../../shared/api/sharing.ts';
import { type Framework, findSection } from '../../shared/framework/framework.ts';
import { canBeAsked } from '../../shared/information/request.ts';
import { blockFacts, heldAccess } from '../../shared/permissions/access.ts';
import { grantKey, loadGrants } from '../case-study/participants.ts';
import type { Records } from '../ports/record-store.ts';
import { type RequestRow, sectionIdsOf } from './requests.ts';

/**
 * @returns what has to be set so that the person reads what they were asked for, and fills
 *   it in no more; nothing for somebody who never came in, or has left
 */
export async function closingSteps(
  records: Records,
  framework: Framework,
  row: RequestRow,
): Promise<readonly SharingStep[]> {
  const { personId, case_id: caseId, school_id: schoolId } = row;
  if (personId === null || (row.state !== 'open' && row.state !== 'finished')) return [];
  const grants = await loadGrants(records, caseId);
  const blocks = await askedBlocks(records, row);
  return blocks.flatMap(({ id: blockId, section_id }): SharingStep[] => {
    const section = findSection(framework, section_id);
    if (!section || !canBeAsked(section)) return [];
    const from = grants.get(grantKey(blockId, personId)) ?? null;
    const asker = { role: 'contact' as const, contactOf: [{ caseId, schoolId }] };
    const held = heldAccess(asker, 'contact', blockFacts(section, { caseId, schoolId }), from);
    return held.access === 'write' ? [{ blockId, personId, from, to: 'read' }] : [];
  });
}

/** @returns what takes back what the request had set, as far as nobody has set something else since */
export async function withdrawingSteps(records: Records, row: RequestRow): Promise<readonly SharingStep[]> {
  if (row.state !== 'open' && row.state !== 'finished') return [];
  const change = await records
    .selectFrom('sharing_changes')
    .select('cells')
    .where('id', '=', row.id)
    .where('case_id', '=', row.case_id)
    .executeTakeFirst();
  if (!change) return [];
  const grants = await loadGrants(records, row.case_id);
  return (JSON.parse(change.cells) as SharingStep[]).flatMap(({ blockId, personId, from, to }) => {
    const standing = (grants.get(grantKey(blockId, personId)) ?? null) === to;
    return standing && from !== to ? [{ blockId, personId, from: to, to: from }] : [];
  });
}

function askedBlocks(records: Records, row: RequestRow) {
  return records
    .selectFrom('blocks')
    .select(['id', 'section_id'])
    .where('case_id', '=', row.case_id)
    .where('school_id', '=', row.school_id)
    .where('section_id', 'in', [...sectionIdsOf(row)])
    .execute();
}
