import { type AnchoredText, anchoredText, type KeptWords } from '../../shared/document/anchors.ts';
import { readUses } from '../../shared/document/wording.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import type { Parts } from '../parts.ts';
import { DamagedBlockError } from '../ports/block-store.ts';
import { FolderFailedError } from '../ports/folder.ts';
import { copyFor, loadConfirmed } from '../quotes/confirmed-uses.ts';

/** What of a section somebody at a school reads, as far as threads tell of it (ACCESS-5). */
export interface SchoolSight {
  /** Their reading copy. */
  readonly copy: AnchoredText;
  /** Whether words may be told to them: they stand in their copy. */
  reads(kept: KeptWords): boolean;
  /** Whether a quote stands in it, and wherever it does, for them to read. */
  readsQuote(quoteId: string): boolean;
}

/**
 * @param fillsIn whether they have the section itself, and no copy of it
 * @throws what reading throws, but for damage: of what is damaged nothing is told
 */
export async function schoolSight(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder'>,
  personId: string,
  { caseId, blockId }: { readonly caseId: string; readonly blockId: string },
  fillsIn: boolean,
): Promise<SchoolSight> {
  const json = (await textOf(parts, blockId)) ?? { type: 'doc' };
  const confirmed = await loadConfirmed(parts.records.read, caseId);
  const copy = anchoredText(fillsIn ? json : copyFor(json, confirmed, personId));
  return {
    copy,
    reads: ({ quote }) => quote.trim() !== '' && copy.plain.includes(quote.replace(/\s+/gu, ' ').trim()),
    readsQuote: (quoteId) => {
      const uses = readUses(json, { heldBack: 'all' }).filter((use) => use.quote === quoteId);
      return (
        uses.length > 0 &&
        uses.every((use) => fillsIn || confirmed.isOf(use, personId) || confirmed.isConfirmed(use))
      );
    },
  };
}

async function textOf(parts: Pick<Parts, 'blocks' | 'folder'>, blockId: string) {
  try {
    return (await readContentsOf(parts, blockId))?.text ?? null;
  } catch (cause) {
    if (cause instanceof DamagedBlockError || cause instanceof FolderFailedError) return null;
    throw cause;
  }
}
