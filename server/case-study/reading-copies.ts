import type { CaseText } from '../../shared/api/cases.ts';
import { contactValues } from '../../shared/permissions/reading-copy.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import type { Parts } from '../parts.ts';
import { withheldTexts } from '../quotes/confirmed-uses.ts';
import { type BlockFigures, loadTexts } from './projections.ts';

/**
 * The text of blocks as somebody with this role reads it; contacts without what is
 * the team's alone, and without quotes of others that are not confirmed yet (ACCESS-5).
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
  const withheld =
    role === 'contact'
      ? await withheldTexts(
          parts,
          personId,
          whole.map(({ blockId, caseId }) => ({ blockId, caseId, uses: texts.get(blockId)?.uses ?? [] })),
        )
      : new Map();
  return whole.map(({ blockId, section }) => {
    const { html, values, seq } = texts.get(blockId) ?? { html: '', values: {}, seq: 0 };
    return {
      blockId,
      html: withheld.get(blockId) ?? html,
      values: role === 'contact' ? contactValues(section, values) : { ...values },
      seq,
    };
  });
}
