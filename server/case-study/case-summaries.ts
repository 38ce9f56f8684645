import type { CaseSummary } from '../../shared/api/cases.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { type Decision, includesAccess } from '../../shared/permissions/access.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadDecisions, readStage } from '../studies/access-lookup.ts';
import { isDone, loadStatuses, type StatusRow } from './block-states.ts';
import { type BlockFigures, isEmpty, loadFigures, type ProjectionParts } from './projections.ts';

/** Cases with everything that their summaries are made from. */
export interface LoadedCases {
  readonly cases: readonly Tables['cases'][];
  /** Of the blocks that the asker may read. */
  readonly figures: ReadonlyMap<string, readonly BlockFigures[]>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly statuses: ReadonlyMap<string, StatusRow>;
  readonly schoolIds: ReadonlyMap<string, readonly string[]>;
  /** By block. */
  readonly lostWords: ReadonlyMap<string, number>;
}

/**
 * Loads what belongs to these cases, as one person may see it (ACCESS-1); a few
 * statements, however many cases there are.
 * @param study the one that they all are of
 */
export async function loadCases(
  parts: ProjectionParts,
  framework: Framework,
  personId: string,
  study: Pick<Tables['studies'], 'id' | 'deleted_at'>,
  cases: readonly Tables['cases'][],
): Promise<LoadedCases> {
  const ids = cases.map((row) => row.id);
  const records = parts.records.read;
  const figures = await loadFigures(parts, framework, ids);
  const decide = await loadDecisions(records, personId, study.id, ids);
  const standings = new Map(
    cases.map((row) => [
      row.id,
      { stage: readStage(row.stage), deleted: (row.deleted_at ?? study.deleted_at) !== null },
    ]),
  );
  const decisions = new Map<string, Decision>();
  for (const block of figures) {
    const standing = standings.get(block.caseId);
    if (standing) decisions.set(block.blockId, decide.of(block, standing));
  }
  const readable = figures.filter((block) => {
    const decision = decisions.get(block.blockId);
    return decision !== undefined && includesAccess(decision.access, 'read');
  });
  return {
    cases,
    figures: byCase(readable),
    decisions,
    statuses: await loadStatuses(records, ids),
    schoolIds: await schoolsOf(records, ids),
    lostWords: await lostWordsOf(records, ids),
  };
}

/** @returns one line for each case, in the order in which they were given */
export function caseSummaries(loaded: LoadedCases): CaseSummary[] {
  return loaded.cases.map((row) => caseSummary(row, loaded));
}

export function caseSummary(row: Tables['cases'], loaded: LoadedCases): CaseSummary {
  const blocks = loaded.figures.get(row.id) ?? [];
  const statusOf = (block: BlockFigures) => loaded.statuses.get(block.blockId);
  const applicable = blocks.filter((block) => statusOf(block)?.not_applicable == null);
  const assignees = blocks.map((block) => statusOf(block)?.assignee_id ?? null);
  return {
    id: row.id,
    studyId: row.study_id,
    title: row.title,
    subtitle: row.subtitle,
    stage: readStage(row.stage),
    authority: row.authority === 1,
    schoolIds: [...(loaded.schoolIds.get(row.id) ?? [])],
    done: blocks.filter((block) => isDone(block, statusOf(block))).length,
    started: blocks.filter((block) => !isEmpty(block) || statusOf(block)?.not_applicable != null).length,
    total: blocks.length,
    words: blocks.reduce((sum, block) => sum + block.words, 0),
    toAsk: applicable.reduce((sum, block) => sum + promptsToAsk(block), 0),
    lostWords: blocks.reduce((sum, block) => sum + (loaded.lostWords.get(block.blockId) ?? 0), 0),
    assigneeIds: [...new Set(assignees.filter((id) => id !== null))],
    changedAt: Math.max(row.changed_at, ...blocks.map((block) => block.changedAt ?? 0)),
  };
}

/** Marks of prompts that the section no longer has do not count. */
function promptsToAsk(block: BlockFigures): number {
  return block.section.prompts.filter((prompt) => block.prompts[prompt.id] === 'ask').length;
}

function byCase(figures: readonly BlockFigures[]): Map<string, BlockFigures[]> {
  const cases = new Map<string, BlockFigures[]>();
  for (const block of figures) {
    const blocks = cases.get(block.caseId);
    if (blocks) blocks.push(block);
    else cases.set(block.caseId, [block]);
  }
  return cases;
}

async function schoolsOf(records: Records, caseIds: readonly string[]): Promise<Map<string, string[]>> {
  if (caseIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('case_schools')
    .select(['case_id', 'school_id'])
    .where('case_id', 'in', caseIds)
    .orderBy('position')
    .execute();
  const schools = new Map<string, string[]>();
  for (const row of rows) schools.set(row.case_id, [...(schools.get(row.case_id) ?? []), row.school_id]);
  return schools;
}

async function lostWordsOf(records: Records, caseIds: readonly string[]): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('lost_words')
    .innerJoin('blocks', 'blocks.id', 'lost_words.block_id')
    .select((eb) => ['lost_words.block_id', eb.fn.countAll<number>().as('count')])
    .where('blocks.case_id', 'in', caseIds)
    .where('lost_words.settled_at', 'is', null)
    .groupBy('lost_words.block_id')
    .execute();
  return new Map(rows.map((row) => [row.block_id, Number(row.count)]));
}
