import { type AnchoredText, anchoredText } from '../../shared/document/anchors.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import type { Parts } from '../parts.ts';
import { DamagedBlockError } from '../ports/block-store.ts';
import { FolderFailedError } from '../ports/folder.ts';
import type { Records } from '../ports/record-store.ts';

/** Texts kept ready: of a few hundred kilobytes each where a section is very long. */
const MOST_KEPT = 40;

export const NO_TEXT: AnchoredText = anchoredText({ type: 'doc' });

type Needs = Pick<Parts, 'records' | 'blocks' | 'folder' | 'log'>;

/** Texts of sections to look for anchors in, as they were last saved; read once for each saved change. */
export class SectionTexts {
  readonly #parts: Needs;
  readonly #kept = new Map<string, { readonly head: string; readonly text: AnchoredText }>();

  constructor(parts: Needs) {
    this.#parts = parts;
  }

  /** @returns texts by block; an empty one for what is damaged, or empty */
  async of(blockIds: readonly string[]): Promise<ReadonlyMap<string, AnchoredText>> {
    const heads = await headsOf(this.#parts.records.read, blockIds);
    const texts = new Map<string, AnchoredText>();
    for (const blockId of blockIds) texts.set(blockId, await this.#one(blockId, heads.get(blockId)));
    return texts;
  }

  async #one(blockId: string, head: string | undefined): Promise<AnchoredText> {
    const known = this.#kept.get(blockId);
    this.#kept.delete(blockId);
    if (known && known.head === head) {
      this.#kept.set(blockId, known);
      return known.text;
    }
    try {
      const block = await readContentsOf(this.#parts, blockId);
      if (!block) return NO_TEXT;
      const text = anchoredText(block.suggested);
      this.#kept.set(blockId, { head: `${block.lineage} ${block.seq}`, text });
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
      return text;
    } catch (cause) {
      if (!(cause instanceof DamagedBlockError || cause instanceof FolderFailedError)) throw cause;
      this.#parts.log.error('a block with threads cannot be read', { block: blockId }, cause);
      return NO_TEXT;
    }
  }
}

async function headsOf(records: Records, blockIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (blockIds.length === 0) return new Map();
  const rows = await records
    .selectFrom('block_heads')
    .select((eb) => [
      'block_heads.block_id',
      'block_heads.lineage',
      eb.fn
        .coalesce(
          eb
            .selectFrom('block_log')
            .select((log) => log.fn.max('block_log.seq').as('seq'))
            .whereRef('block_log.block_id', '=', 'block_heads.block_id'),
          eb
            .selectFrom('block_changesets')
            .select((window) => window.fn.max('block_changesets.last_seq').as('seq'))
            .whereRef('block_changesets.block_id', '=', 'block_heads.block_id'),
          eb.lit(0),
        )
        .as('seq'),
    ])
    .where('block_heads.block_id', 'in', [...blockIds])
    .execute();
  return new Map(rows.map((row) => [row.block_id, `${row.lineage} ${row.seq}`]));
}
