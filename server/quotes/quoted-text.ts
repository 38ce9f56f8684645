import type { UseInText } from '../../shared/document/wording.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { type BlockFigures, loadFigures, loadUses, type ProjectionParts } from '../case-study/projections.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { Tables } from '../ports/tables.ts';
import { loadDecisions, readStage } from '../studies/access-lookup.ts';

export interface PlacedUse {
  readonly blockId: string;
  readonly use: UseInText;
}

/** The text of cases as far as quotes stand in it, read just now (QUOTE-2). */
export interface QuotedText {
  /** Where a quote stands in the text of its case, in the order of the sections. */
  usesOf(quote: Pick<Tables['quotes'], 'id' | 'case_id'>): readonly PlacedUse[];
  readonly figures: readonly BlockFigures[];
}

/** Reads anew what the log has left behind, so what it returns is as of now. */
export async function loadQuotedText(
  parts: ProjectionParts,
  study: Tables['studies'],
  caseIds: readonly string[],
): Promise<QuotedText> {
  const records = parts.records.read;
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const figures = await loadFigures(parts, framework, caseIds);
  const uses = await loadUses(
    records,
    figures.flatMap(({ blockId, seq }) => (seq > 0 ? [blockId] : [])),
  );
  const placed = new Map<string, Map<string, PlacedUse[]>>();
  for (const { blockId, caseId } of figures) {
    for (const use of uses.get(blockId) ?? []) {
      const ofCase = placed.get(caseId) ?? new Map<string, PlacedUse[]>();
      placed.set(caseId, ofCase);
      const known = ofCase.get(use.quote);
      if (known) known.push({ blockId, use });
      else ofCase.set(use.quote, [{ blockId, use }]);
    }
  }
  return {
    usesOf: ({ id, case_id }) => placed.get(case_id)?.get(id) ?? [],
    figures,
  };
}

/** @returns ids of the blocks that somebody may read, of those cases (ACCESS-1) */
export async function readableBlocks(
  parts: ProjectionParts,
  study: Tables['studies'],
  cases: readonly Tables['cases'][],
  personId: string,
  figures: readonly BlockFigures[],
): Promise<ReadonlySet<string>> {
  const decide = await loadDecisions(
    parts.records.read,
    personId,
    study.id,
    cases.map(({ id }) => id),
  );
  const standings = new Map(
    cases.map((row) => [
      row.id,
      { stage: readStage(row.stage), deleted: (row.deleted_at ?? study.deleted_at) !== null },
    ]),
  );
  return new Set(
    figures.flatMap((block) => {
      const standing = standings.get(block.caseId);
      return standing && includesAccess(decide.of(block, standing).access, 'read') ? [block.blockId] : [];
    }),
  );
}
