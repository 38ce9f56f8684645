import type { CaseText } from '../../shared/api/contract.ts';
import { contactValues } from '../../shared/permissions/reading-copy.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import type { Records } from '../ports/record-store.ts';
import { type BlockFigures, loadTexts } from './projections.ts';

/**
 * The text of blocks as somebody with this role reads it; contacts without what is
 * the team's alone (ACCESS-5).
 * @param readable blocks that they may read, whose figures were just loaded
 * @returns one copy for each, an empty one where nothing is written; none for what is damaged
 */
export async function loadReadingCopies(
  records: Records,
  role: Role,
  readable: readonly BlockFigures[],
): Promise<CaseText['blocks']> {
  const whole = readable.filter((figures) => !figures.damaged);
  const texts = await loadTexts(
    records,
    whole.filter((figures) => figures.seq > 0).map((figures) => figures.blockId),
  );
  return whole.map(({ blockId, section }) => {
    const { html, values, seq } = texts.get(blockId) ?? { html: '', values: {}, seq: 0 };
    return {
      blockId,
      html,
      values: role === 'contact' ? contactValues(section, values) : { ...values },
      seq,
    };
  });
}
