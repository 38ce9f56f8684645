import type { BlockDocument } from './block-document.ts';
import { HARD_BLOCK_CHARACTERS } from './bounds.ts';
import type { UpdateOutline } from './update-outline.ts';

/** What is to be done with an update, before anything of it is merged. */
export type WriteVerdict =
  | 'take'
  /** Its sender may not write. `attempt`: it held something new, and not only what all replicas tidy. */
  | 'drop'
  | 'attempt'
  /** It has new structs under the client id of somebody else (ACCESS-3). */
  | 'foreign'
  /** It builds on what is not here: to be asked for. */
  | 'gap'
  | 'too-large';

export interface WriteQuestion {
  readonly document: BlockDocument;
  /** Who first used which Yjs client id in the block. */
  readonly owners: ReadonlyMap<number, string | null>;
  readonly personId: string;
  readonly mayWrite: boolean;
  readonly update: Uint8Array;
  readonly outline: UpdateOutline;
}

export function judgeWrite(question: WriteQuestion): WriteVerdict {
  const { document, owners, personId, outline } = question;
  const news = document.newRanges(outline);
  if (!question.mayWrite) return news.length > 0 ? 'attempt' : 'drop';
  if (news.some(({ client }) => owners.has(client) && owners.get(client) !== personId)) return 'foreign';
  if (document.hasGap(outline)) return 'gap';
  return isTooLarge(question) ? 'too-large' : 'take';
}

/** Deletions always pass, and so does all that leaves the block no larger. */
function isTooLarge({ document, update, outline }: WriteQuestion): boolean {
  // Bytes are never fewer than the characters in them: mostly that answers it.
  if (document.weight + outline.structBytes <= HARD_BLOCK_CHARACTERS) return false;
  const growth = document.growth(update, outline);
  return growth > 0 && document.weight + growth > HARD_BLOCK_CHARACTERS;
}
