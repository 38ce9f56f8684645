import * as Y from 'yjs';
import { CONTENT } from '../../../shared/document/block-parts.ts';

/** What somebody typed at once: the update, and by what it is known again in another one. */
export interface Edit {
  readonly update: Uint8Array;
  /** The writer's clock after it, where it inserts; null where it only deletes. */
  readonly clock: number | null;
  /** The clock of the character that it deletes; null where it inserts. */
  readonly deleted: number | null;
}

/** Client ids of the load; planted text has one below. */
const FIRST_CLIENT = 100_000;
const LETTERS = 'the card holds three questions for the two of them ';
const ENTER_EVERY = 100;
const BACKSPACE_EVERY = 10;

/**
 * One person's keys, each an update of its own, in paragraphs of their own: of a
 * hundred keys one is Enter and nine are Backspace. The same for the same number,
 * so that all servers get the same bytes.
 */
export class Typist {
  readonly clientId: number;
  readonly #doc = new Y.Doc();
  readonly #edits: Edit[] = [];
  #text: Y.XmlText | null = null;

  static readonly #known = new Map<number, Typist>();

  /**
   * Keys once made are kept: making them is the dearest part of the load.
   * @param number - from 0; makes its client id
   */
  static numbered(number: number): Typist {
    const known = Typist.#known.get(number) ?? new Typist(number);
    Typist.#known.set(number, known);
    return known;
  }

  /** @param number - from 0; makes its client id */
  constructor(number: number) {
    this.clientId = FIRST_CLIENT + number;
    this.#doc.clientID = this.clientId;
    this.#doc.on('update', (update: Uint8Array) => this.#edits.push(editOf(update)));
  }

  /** @param at - the how-manieth key, from 0 */
  edit(at: number): Edit {
    while (this.#edits.length <= at) this.#press(this.#edits.length);
    return this.#edits[at] as Edit;
  }

  #press(at: number): void {
    const text = this.#text;
    if (!text || at % ENTER_EVERY === 0) this.#startParagraph();
    else if (at % BACKSPACE_EVERY === 0) text.delete(text.length - 1, 1);
    else text.insert(text.length, LETTERS.charAt(at % LETTERS.length));
  }

  #startParagraph(): void {
    const content = this.#doc.getXmlFragment(CONTENT);
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    this.#doc.transact(() => {
      content.insert(content.length, [paragraph]);
      paragraph.insert(0, [text]);
    });
    this.#text = text;
  }
}

function editOf(update: Uint8Array): Edit {
  const { structs, ds } = Y.decodeUpdate(update);
  const last = structs.at(-1);
  const [deletions] = ds.clients.values();
  return {
    update,
    clock: last ? last.id.clock + last.length : null,
    deleted: deletions?.[0]?.clock ?? null,
  };
}
