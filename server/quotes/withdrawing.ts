import type { BlockWriting } from '../collaboration/block-writing.ts';
import type { QuoteParts, QuoteScene } from './quote-acts.ts';
import { editUses, takeOut } from './quote-text.ts';
import { loadQuotedText } from './quoted-text.ts';

/**
 * Takes the words of a quote that was withdrawn out of the text of its case, whatever stage it is at;
 * a placeholder tells its writers.
 * @returns whether they stood anywhere
 */
export async function takeWordsOut(
  parts: QuoteParts,
  writing: BlockWriting,
  scene: Pick<QuoteScene, 'row' | 'study'>,
  onBehalfOf: string | null,
): Promise<boolean> {
  const text = await loadQuotedText(parts, scene.study, [scene.row.case_id]);
  return editUses(writing, text.usesOf(scene.row), onBehalfOf, (doc) => takeOut(doc, scene.row.id));
}
