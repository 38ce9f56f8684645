import type { HiddenWords } from './lost-words.ts';
import type { AttributedWords } from './lost-words-notes.ts';
import type { News } from './update-inspector.ts';
import type { RoomAuthor } from './write-queue.ts';

/** Whose the Yjs client ids of a block are: whoever wrote first under one (ACCESS-3). */
export class ClientOwners {
  readonly #owners: Map<number, string | null>;

  /** @param owners as the log says; its own from now on */
  constructor(owners: Map<number, string | null>) {
    this.#owners = owners;
  }

  /** @returns whether it has new structs under the client id of somebody else */
  isForeign({ id }: RoomAuthor, { ranges }: News): boolean {
    return ranges.some(({ client }) => this.#owners.has(client) && this.#owners.get(client) !== id);
  }

  claim({ id }: RoomAuthor, { ranges }: News): void {
    for (const { client } of ranges) if (!this.#owners.has(client)) this.#owners.set(client, id);
  }

  attribute(words: HiddenWords, causedById: string | null): AttributedWords {
    return { words, authorId: this.#owners.get(words.client) ?? null, causedById };
  }
}
