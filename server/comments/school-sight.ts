import type { AnchoredText, KeptWords } from '../../shared/document/anchors.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { readUses } from '../../shared/document/wording.ts';
import { type CaseNames, loadNames } from '../case-study/names-in-text.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import type { Parts } from '../parts.ts';
import { DamagedBlockError } from '../ports/block-store.ts';
import { FolderFailedError } from '../ports/folder.ts';
import type { Records } from '../ports/record-store.ts';
import { type ConfirmedUses, copyFor, loadConfirmed } from '../quotes/confirmed-uses.ts';
import { type SchoolCopy, schoolCopy } from './school-copy.ts';

/** What of a section somebody at a school reads, as far as threads tell of it (ACCESS-5). */
export interface SchoolSight {
  /** Their reading copy. */
  readonly copy: SchoolCopy;
  /** The same of what is written in the section meanwhile. */
  copyOf(suggested: ProseMirrorJson): SchoolCopy;
  /** In which threads find their words for them, so that no place tells of what is held back; null: in the text itself. */
  readonly text: AnchoredText | null;
  /** Whether words may be told to them: they stand in their copy. */
  reads(kept: KeptWords): boolean;
  /** Whether a quote stands in it, and wherever it does, for them to read. */
  readsQuote(quoteId: string): boolean;
}

/** What of a case decides how its sections are read at a school. */
export interface CaseSight {
  readonly confirmed: ConfirmedUses;
  readonly names: CaseNames;
}

export async function caseSight(records: Records, caseId: string): Promise<CaseSight> {
  return { confirmed: await loadConfirmed(records, caseId), names: await loadNames(records, caseId) };
}

/**
 * @param fillsIn whether they have the section itself, and no copy of it
 * @throws what reading throws, but for damage: of what is damaged nothing is told
 */
export async function schoolSight(
  parts: Pick<Parts, 'blocks' | 'folder'>,
  personId: string,
  blockId: string,
  { confirmed, names }: CaseSight,
  fillsIn: boolean,
): Promise<SchoolSight> {
  const hold = (drawn: ProseMirrorJson) => (fillsIn ? drawn : copyFor(drawn, confirmed, personId));
  const copyOf = (suggested: ProseMirrorJson) => schoolCopy(suggested, names.draw, hold);
  const copy = copyOf((await textOf(parts, blockId)) ?? { type: 'doc' });
  const { plain } = copy.text;
  return {
    copy,
    copyOf,
    text: fillsIn ? null : copy.text,
    reads: ({ quote }) => quote.trim() !== '' && plain.includes(quote.replace(/\s+/gu, ' ').trim()),
    readsQuote: (quoteId) => {
      const uses = readUses(copy.drawn, { heldBack: 'all' }).filter((use) => use.quote === quoteId);
      return (
        uses.length > 0 &&
        uses.every((use) => fillsIn || confirmed.isOf(use, personId) || confirmed.isConfirmed(use))
      );
    },
  };
}

async function textOf(parts: Pick<Parts, 'blocks' | 'folder'>, blockId: string) {
  try {
    return (await readContentsOf(parts, blockId))?.suggested ?? null;
  } catch (cause) {
    if (cause instanceof DamagedBlockError || cause instanceof FolderFailedError) return null;
    throw cause;
  }
}
