import { referencesIn } from '../../shared/document/drawn-text.ts';
import { NAMED_HTML } from '../../shared/document/html.ts';
import { referenceText } from '../../shared/document/reference-key.ts';
import type { NameInText } from '../../shared/quotes/names-in-text.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import type { Parts } from '../parts.ts';
import { loadNames } from './names-in-text.ts';
import { loadTexts } from './projections.ts';

/**
 * @param blockIds texts that somebody fills in, whose figures were just loaded
 * @returns of those that are referred to in them, as they are drawn and no more: who else spoke
 *   at a school is not for everybody there to know (ACCESS-5)
 */
export async function namesStandingIn(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder'>,
  caseId: string,
  blockIds: readonly string[],
): Promise<NameInText[]> {
  const texts = await loadTexts(parts.records.read, blockIds);
  const found = new Set<string>();
  for (const [blockId, { html }] of texts) {
    if (!html.includes(NAMED_HTML)) continue;
    const block = await readContentsOf(parts, blockId);
    for (const one of block ? referencesIn(block.text) : []) found.add(referenceText(one));
  }
  if (found.size === 0) return [];
  const { known } = await loadNames(parts.records.read, caseId);
  return known.filter((name) => found.has(referenceText(name))).map((name) => ({ ...name, who: '' }));
}
