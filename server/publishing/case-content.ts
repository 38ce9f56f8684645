import { setImmediate } from 'node:timers/promises';
import { drawnText } from '../../shared/document/drawn-text.ts';
import { annotated } from '../../shared/document/quote-runs.ts';
import { blockSlots } from '../../shared/framework/framework.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import type { BlockContent, CaseContent } from '../../shared/publishing/case-outline.ts';
import { loadStatuses } from '../case-study/block-states.ts';
import { caseSchoolIds } from '../case-study/case-creation.ts';
import { caseAndStudy, schoolsInOrder } from '../case-study/case-detail.ts';
import { loadNames } from '../case-study/names-in-text.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import { DamagedBlockError } from '../ports/block-store.ts';
import { FolderFailedError } from '../ports/folder.ts';
import { loadConfirmed, printNotes } from '../quotes/confirmed-uses.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';

/**
 * Everything of a case that the asker may read, read anew from the log (an
 * export never shows a cached reading).
 * @throws Refusal unavailable where a section cannot be read: a draft never
 *   passes over one in silence
 */
export async function loadCaseContent(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder' | 'clock' | 'log'>,
  personId: string,
  caseId: string,
): Promise<CaseContent> {
  const records = parts.records.read;
  const { row, study } = await caseAndStudy(records, caseId);
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const schoolIds = await caseSchoolIds(records, caseId);
  const statuses = await loadStatuses(records, [caseId]);
  const rows = await records.selectFrom('blocks').selectAll().where('case_id', '=', caseId).execute();
  const confirmed = await loadConfirmed(records, caseId);
  const names = await loadNames(records, caseId);
  const blocks: BlockContent[] = [];
  for (const slot of blockSlots(framework, { schoolIds, authority: row.authority === 1 })) {
    const block = rows.find(
      (found) => found.section_id === slot.sectionId && found.school_id === slot.schoolId,
    );
    const found = block && (await lookUpBlock(records, personId, block.id));
    if (!block || !found || !includesAccess(found.decision.access, 'read')) continue;
    const content = await readContent(parts, block.id);
    const text = drawnText(content.text, names.draw);
    blocks.push({
      ...slot,
      ...content,
      text: annotated(text, printNotes(text, confirmed, parts.clock.now())),
      notApplicable: statuses.get(block.id)?.not_applicable ?? null,
    });
    await setImmediate();
  }
  return {
    studyTitle: study.title,
    title: row.title,
    subtitle: row.subtitle,
    schools: await schoolsInOrder(records, schoolIds),
    framework,
    blocks,
    day: new Date(parts.clock.now()).toISOString().slice(0, 10),
  };
}

async function readContent(
  parts: Pick<Parts, 'blocks' | 'folder' | 'log'>,
  blockId: string,
): Promise<Pick<BlockContent, 'text' | 'values'>> {
  try {
    const block = await readContentsOf(parts, blockId);
    if (!block) throw new DamagedBlockError(blockId, 'the log is missing');
    return { text: block.text, values: block.values };
  } catch (cause) {
    if (!(cause instanceof DamagedBlockError || cause instanceof FolderFailedError)) throw cause;
    parts.log.error('a block cannot be read', { block: blockId }, cause);
    throw new Refusal('unavailable', 'A section of this case study cannot be read at the moment.');
  }
}
