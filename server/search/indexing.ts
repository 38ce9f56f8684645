import { sql } from 'kysely';
import { fieldLines } from '../../shared/document/field-lines.ts';
import type { FieldValues } from '../../shared/document/reading.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { loadFigures, loadTexts } from '../case-study/projections.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { Parts } from '../parts.ts';
import type { IndexedPart } from '../ports/search-index.ts';
import type { Tables } from '../ports/tables.ts';
import { htmlLines } from './html-lines.ts';

/** Changes with what is indexed of a section, or how, so that all is indexed anew. */
const INDEXER = 1;
/** Blocks taken in by one transaction. */
const AT_ONCE = 25;

export type IndexingParts = Pick<Parts, 'records' | 'blocks' | 'folder' | 'log' | 'search'>;

/**
 * Takes in what was written in a study since it was last looked at, once for all who ask meanwhile.
 * Costs one statement where that is nothing.
 */
export class Indexing {
  readonly #parts: IndexingParts;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: IndexingParts) {
    this.#parts = parts;
  }

  /** @throws what the store throws */
  bringUpToDate(study: Tables['studies']): Promise<void> {
    const other = this.#underWay.get(study.id);
    if (other) return other;
    const run = takeIn(this.#parts, study).finally(() => this.#underWay.delete(study.id));
    this.#underWay.set(study.id, run);
    return run;
  }
}

async function takeIn(parts: IndexingParts, study: Tables['studies']): Promise<void> {
  const records = parts.records.read;
  const behind = await blocksBehind(parts, study.id);
  if (behind.length === 0) return;
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const wanted = new Set(behind.map(({ id }) => id));
  const figures = await loadFigures(parts, framework, [...new Set(behind.map(({ case_id }) => case_id))]);
  // Of a damaged one the last reading that could be made is no reading of its head: it stays as it is.
  const readable = figures.filter(({ blockId, seq, damaged }) => wanted.has(blockId) && seq > 0 && !damaged);
  const lineages = new Map(behind.map(({ id, lineage }) => [id, lineage]));
  for (let at = 0; at < readable.length; at += AT_ONCE) {
    const some = readable.slice(at, at + AT_ONCE);
    const texts = await loadTexts(
      records,
      some.map(({ blockId }) => blockId),
    );
    await parts.search.put(
      some.flatMap(({ blockId, section }) => {
        const text = texts.get(blockId);
        if (!text) return [];
        const head = { lineage: lineages.get(blockId) as string, seq: text.seq };
        return [{ blockId, studyId: study.id, head, parts: partsOf(section, text) }];
      }),
    );
  }
}

/** Blocks of cases in hand whose last change is not in the index. */
function blocksBehind({ records }: IndexingParts, studyId: string) {
  const lineage = sql<string>`${`${INDEXER}/`} || block_heads.lineage`;
  return records.read
    .selectFrom('blocks')
    .innerJoin('cases', 'cases.id', 'blocks.case_id')
    .innerJoin('block_heads', 'block_heads.block_id', 'blocks.id')
    .leftJoin('search_heads', 'search_heads.block_id', 'blocks.id')
    .select(['blocks.id', 'blocks.case_id', lineage.as('lineage')])
    .where('cases.study_id', '=', studyId)
    .where('cases.deleted_at', 'is', null)
    .where((eb) => {
      const head = eb.fn.coalesce(
        eb
          .selectFrom('block_log')
          .select((log) => log.fn.max('block_log.seq').as('seq'))
          .whereRef('block_log.block_id', '=', 'blocks.id'),
        eb
          .selectFrom('block_changesets')
          .select((window) => window.fn.max('block_changesets.last_seq').as('seq'))
          .whereRef('block_changesets.block_id', '=', 'blocks.id'),
        eb.lit(0),
      );
      return eb.or([
        eb.and([eb('search_heads.seq', 'is', null), eb(head, '>', 0)]),
        eb('search_heads.seq', '<>', head),
        eb('search_heads.lineage', '<>', lineage),
      ]);
    })
    .execute();
}

/** @returns what can be found of a section: its text, and each of its fields that says something */
function partsOf(
  section: Section,
  { html, values }: { readonly html: string; readonly values: FieldValues },
): IndexedPart[] {
  const parts = new Map([['', htmlLines(html)]]);
  for (const { fieldId, kind, words } of fieldLines(section, values)) {
    // a yes or no is found by nobody
    if (kind === 'yes-no') continue;
    const before = parts.get(fieldId);
    parts.set(fieldId, before === undefined ? words : `${before}\n${words}`);
  }
  return [...parts].flatMap(([part, words]) => (words.trim() === '' ? [] : [{ part, words }]));
}
