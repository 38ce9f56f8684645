import type { CaseText } from '../../shared/api/cases.ts';
import { contactValues } from '../../shared/permissions/reading-copy.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { schoolAnchors } from '../comments/school-anchors.ts';
import type { Parts } from '../parts.ts';
import { copiesFor } from '../quotes/confirmed-uses.ts';
import { type BlockFigures, type BlockText, loadTexts } from './projections.ts';

/**
 * The text of blocks as somebody with this role reads it; contacts without what is
 * the team's alone, and without quotes of others that are not confirmed yet (ACCESS-5); of
 * anchors, with those of threads that they read (REVIEW-4).
 * @param readable blocks that they may read, whose figures were just loaded
 * @returns one copy for each, an empty one where nothing is written; none for what is damaged
 */
export async function loadReadingCopies(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder'>,
  { role, personId }: { readonly role: Role; readonly personId: string },
  readable: readonly BlockFigures[],
): Promise<CaseText['blocks']> {
  const whole = readable.filter((figures) => !figures.damaged);
  const texts = await loadTexts(
    parts.records.read,
    whole.filter((figures) => figures.seq > 0).map((figures) => figures.blockId),
  );
  const copies = role === 'contact' ? await contactCopies(parts, personId, whole, texts) : new Map();
  return whole.map(({ blockId, section }) => {
    const { html, values, seq } = texts.get(blockId) ?? { html: '', values: {}, seq: 0 };
    return {
      blockId,
      html: copies.get(blockId) ?? html,
      values: role === 'contact' ? contactValues(section, values) : { ...values },
      seq,
    };
  });
}

async function contactCopies(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder'>,
  personId: string,
  blocks: readonly BlockFigures[],
  texts: ReadonlyMap<string, BlockText>,
): Promise<ReadonlyMap<string, string>> {
  const anchors = await schoolAnchors(
    parts.records.read,
    personId,
    blocks.map(({ blockId }) => blockId),
  );
  return copiesFor(
    parts,
    personId,
    blocks.flatMap(({ blockId, caseId }) => {
      const uses = texts.get(blockId)?.uses;
      return uses ? [{ blockId, caseId, uses, anchors: anchors.get(blockId) ?? new Set<string>() }] : [];
    }),
  );
}
