import type { SeenCase } from '../../shared/api/seen-case.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { includesAccess, STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import { changedSections } from '../../shared/permissions/seen-case.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';
import { type CaseStanding, loadDecisions } from '../studies/access-lookup.ts';
import { isStale, loadStatuses, saidStatus } from './block-states.ts';
import { type BlockFigures, isEmpty, loadFigures, loadHeads, type ProjectionParts } from './projections.ts';

/**
 * The sections of a case that one person may read, as their texts are now; to be
 * compared with what they were shown.
 */
export async function loadSeen(
  parts: ProjectionParts,
  framework: Framework,
  asker: { readonly personId: string; readonly studyId: string; readonly caseId: string },
  standing: CaseStanding,
): Promise<readonly BlockFigures[]> {
  const figures = await loadFigures(parts, framework, [asker.caseId]);
  const decide = await loadDecisions(parts.records.read, asker.personId, asker.studyId, [asker.caseId]);
  return figures.filter((block) => includesAccess(decide.of(block, standing).access, 'read'));
}

/**
 * In the transaction that moves a case.
 * @param figures by `loadSeen`, just before
 * @throws Refusal conflict, naming what stands otherwise than it was shown
 */
export async function mustStandAsSeen(
  records: Records,
  caseId: string,
  stage: Stage,
  seen: SeenCase,
  figures: readonly BlockFigures[],
): Promise<void> {
  if (seen.stage !== stage) {
    throw new Refusal(
      'conflict',
      `This case was moved to “${STAGE_NAMES[stage]}” meanwhile. Look at it again before you move it on.`,
    );
  }
  if (!seen.sections) return;
  const statuses = await loadStatuses(records, [caseId]);
  const heads = await loadHeads(records, [caseId]);
  const now = figures.map((block) => {
    const row = statuses.get(block.blockId);
    return {
      blockId: block.blockId,
      status: isEmpty(block) ? 'empty' : saidStatus(row),
      agreementStale: isStale(block, row),
      notApplicable: row?.not_applicable ?? null,
      // Of one that cannot be read, as of the last time that it could.
      seq: block.damaged ? block.seq : (heads.get(block.blockId) ?? block.seq),
    };
  });
  const changed = changedSections(seen.sections, now);
  if (changed.length === 0) return;
  const names = figures.filter(({ blockId }) => changed.includes(blockId)).map(nameOf);
  const what = names.length === 0 ? 'Its sections' : listed(names);
  throw new Refusal('conflict', `${what} changed a moment ago. The case was not moved: look at it again.`);
}

function nameOf({ section }: BlockFigures): string {
  return section.number ? `${section.number} ${section.title}` : section.title;
}

const NAMED_AT_MOST = 3;

/** Of several schools' sections of one name, the name once. */
function listed(all: readonly string[]): string {
  const names = [...new Set(all)];
  const more = names.length - NAMED_AT_MOST;
  if (more > 0) return `${names.slice(0, NAMED_AT_MOST).join(', ')} and ${more} more`;
  return names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}
