import type { Randomness } from '../ports/clock.ts';
import type { HiddenWords } from './lost-words.ts';
import type { LostWordsNote } from './write-batch.ts';

export interface AttributedWords {
  readonly words: HiddenWords;
  readonly authorId: string | null;
  readonly causedById: string | null;
}

interface LastNote {
  readonly id: string;
  readonly words: string;
  /** Clock after the last of them. */
  readonly to: number;
}

/**
 * Makes the records of one block's hidden words. Somebody who types on while
 * the change of another is still on its way to them hides a letter at a time;
 * that is one record.
 */
export class LostWordsNotes {
  readonly #blockId: string;
  readonly #random: Randomness;
  readonly #last = new Map<number, LastNote>();

  constructor(blockId: string, random: Randomness) {
    this.#blockId = blockId;
    this.#random = random;
  }

  /** @param time milliseconds since 1970 */
  note(found: readonly AttributedWords[], time: number): LostWordsNote[] {
    return found.map(({ words, authorId, causedById }) => {
      const last = this.#last.get(words.client);
      const goesOn = last !== undefined && last.to === words.from && words.follows === words.from - 1;
      const together = goesOn ? last.words + words.words : words.words;
      const id = this.#random.id();
      this.#last.set(words.client, { id: goesOn ? last.id : id, words: together, to: words.to });
      return {
        continues: goesOn ? { id: last.id, words: together } : null,
        row: {
          id,
          block_id: this.#blockId,
          words: words.words,
          before_text: words.before,
          after_text: words.after,
          author_id: authorId,
          caused_by_id: causedById,
          cause: words.cause,
          at: time,
          settled_at: null,
          settled_by: null,
          settled_how: null,
        },
      };
    });
  }
}
