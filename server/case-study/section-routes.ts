import type { RouteInput } from '../../shared/api/contract.ts';
import { blockFacts } from '../../shared/permissions/access.ts';
import { mayInStudy, type StudyAct } from '../../shared/permissions/study-acts.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere, type OpenBlock, openBlock } from '../studies/study-gate.ts';
import { blockState, isStale, type StatusRow, saidStatus } from './block-states.ts';
import { caseAndStudy } from './case-detail.ts';
import { loadSchoolAccess } from './participants.ts';
import { type BlockFigures, isEmpty, loadFigures, type ProjectionParts } from './projections.ts';
import { recordSection, sectionDeeds } from './section-deeds.ts';

type Wanted = RouteInput<'PUT /api/blocks/:blockId/status'>;

/** How far a section is, who sees to it, by when, or why it does not apply. */
export function sectionRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;
  return {
    'PUT /api/blocks/:blockId/status': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      const wanted = call.body;
      const [first, ...others] = actsNeeded(wanted);
      const block = await openBlock(records.read, personId, blockId, first, 'write');
      for (const act of others) await openBlock(records.read, personId, blockId, act, 'write');
      const figures = await figuresOf(parts, block, blockId);
      refuseUnfit(wanted, figures);
      const row = await records.transaction(async (transaction) => {
        if (wanted.assigneeId != null) await requireAssignee(transaction, wanted.assigneeId, blockId);
        const said = await statusRow(transaction, blockId);
        const next = nextStatus(said, wanted, figures, { by: personId, at: clock.now() });
        const { block_id: _, ...columns } = next;
        await transaction
          .insertInto('section_status')
          .values(next)
          .onConflict((conflict) => conflict.column('block_id').doUpdateSet(columns))
          .execute();
        const made = { by: call.actor, at: clock.now(), caseId: block.caseId };
        await recordSection(transaction, block.studyId, sectionDeeds(said, next), made);
        return next;
      });
      caseChanged(bus, block.studyId, block.caseId);
      const schoolAccess = await loadSchoolAccess(records.read, block.studyId, block.caseId);
      const facts = blockFacts(figures.section, figures);
      return blockState(figures, row, block.decision, schoolAccess(blockId, facts));
    },
  };
}

/** @returns what the asker has to be allowed to, for each part of the wish; at least one act */
function actsNeeded(wanted: Wanted): [StudyAct, ...StudyAct[]] {
  const acts: StudyAct[] = [];
  if (wanted.status === 'agreed') acts.push('agree-section');
  else if (wanted.status !== undefined) acts.push('set-section-status');
  if (wanted.notApplicable !== undefined) acts.push('set-section-status');
  if (wanted.assigneeId !== undefined || wanted.dueOn !== undefined) acts.push('assign-section');
  const [first, ...others] = acts;
  if (!first) throw new Refusal('bad-request', 'Nothing was asked for.');
  return [first, ...others];
}

async function figuresOf(parts: ProjectionParts, block: OpenBlock, blockId: string): Promise<BlockFigures> {
  const { study } = await caseAndStudy(parts.records.read, block.caseId);
  const framework = await studyFramework(parts.records.read, study.framework_id, study.framework_version);
  const all = await loadFigures(parts, framework, [block.caseId]);
  const figures = all.find((found) => found.blockId === blockId);
  if (!figures) throw nothingThere();
  return figures;
}

/** Ready or agreed is said of a text that is there and can be read. */
function refuseUnfit(wanted: Wanted, figures: BlockFigures): void {
  if (wanted.status !== 'ready' && wanted.status !== 'agreed') return;
  if (figures.damaged) throw new Refusal('unavailable', 'This section cannot be read at the moment.');
  if (isEmpty(figures)) throw new Refusal('conflict', 'Nothing is written in this section yet.');
}

/** People of the team who may write in a section can be asked to see to it. */
async function requireAssignee(records: Records, assigneeId: string, blockId: string): Promise<void> {
  const found = await lookUpBlock(records, assigneeId, blockId);
  if (found && mayInStudy(found.role, 'set-section-status') && found.decision.access === 'write') return;
  throw new Refusal('bad-request', 'Choose somebody of the team who may write in this section.', [
    { path: 'assigneeId', message: 'names nobody of this study who may write in this section' },
  ]);
}

function statusRow(records: Records, blockId: string): Promise<StatusRow | undefined> {
  return records.selectFrom('section_status').selectAll().where('block_id', '=', blockId).executeTakeFirst();
}

/** @returns what stands in the database after the wish; what it does not mention stays */
export function nextStatus(
  said: StatusRow | undefined,
  wanted: Wanted,
  figures: BlockFigures,
  now: { readonly by: string; readonly at: number },
): StatusRow {
  const base: StatusRow = said ?? {
    block_id: figures.blockId,
    status: 'drafting',
    set_by: null,
    set_at: null,
    agreed_fingerprint: null,
    not_applicable: null,
    assignee_id: null,
    due_on: null,
  };
  // agreeing again to the same words keeps who agreed first, and when
  const renewed =
    wanted.status !== undefined && (wanted.status !== saidStatus(said) || isStale(figures, said));
  return {
    ...base,
    ...(renewed && {
      status: wanted.status,
      set_by: now.by,
      set_at: now.at,
      agreed_fingerprint:
        wanted.status === 'agreed'
          ? figures.fingerprint
          : saidStatus(said) === 'agreed'
            ? base.agreed_fingerprint
            : null,
    }),
    ...(wanted.notApplicable !== undefined && { not_applicable: wanted.notApplicable }),
    ...(wanted.assigneeId !== undefined && { assignee_id: wanted.assigneeId }),
    ...(wanted.dueOn !== undefined && { due_on: wanted.dueOn }),
  };
}
