/** What people do to a block's text, by chance, and what they did on purpose. */
import type { Node, NodeType } from '@tiptap/pm/model';
import { canJoin, canSplit, findWrapping } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { Paper } from '../collaboration/paper.ts';
import type { Dice } from '../support/dice.ts';

const FIRST_SIGN = 0x4e00;
const FIELD = 'field/story';

/** Every insertion is a sign of its own, so that each can be found again. */
export class Writing {
  /** Who typed which sign. */
  readonly typed = new Map<string, string>();
  /** Signs that somebody removed who had them before them. */
  readonly removed = new Set<string>();
  readonly inField = new Set<string>();
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** One change that somebody makes. */
  change(doc: Y.Doc, personId: string): void {
    if (this.#dice.once(3)) this.#inField(doc, personId);
    else this.#inContent(doc, personId);
  }

  #sign(personId: string): string {
    const sign = String.fromCharCode(FIRST_SIGN + this.typed.size);
    this.typed.set(sign, personId);
    return sign;
  }

  #remove(text: string): void {
    for (const sign of text) this.removed.add(sign);
  }

  #inField(doc: Y.Doc, personId: string): void {
    const text = doc.getText(FIELD);
    if (text.length > 3 && this.#dice.once(4)) {
      const at = this.#dice.roll(text.length - 1);
      this.#remove(text.toString().slice(at, at + 2));
      text.delete(at, 2);
      return;
    }
    const sign = this.#sign(personId);
    this.inField.add(sign);
    text.insert(this.#dice.roll(text.length + 1), sign);
  }

  #inContent(doc: Y.Doc, personId: string): void {
    const dice = this.#dice;
    const content = doc.getXmlFragment('content');
    if (content.length === 0) {
      // ProseMirror fits nothing into a document that holds no block at all.
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(this.#sign(personId))]);
      content.insert(0, [paragraph]);
      return;
    }
    new Paper(doc).edit((tr) => {
      const { schema } = tr.doc.type;
      const blocks = textBlocks(tr.doc);
      const block = blocks.length > 0 ? dice.pick(blocks) : null;
      if (!block || dice.once(10)) {
        const words = schema.text(this.#sign(personId) + this.#sign(personId));
        return tr.insert(tr.doc.content.size, schema.node('paragraph', null, [words]));
      }
      const { at, node } = block;
      const length = node.content.size;
      const inside = at + 1 + dice.roll(length + 1);
      switch (dice.roll(12)) {
        case 0:
          return tr.setBlockType(at + 1, at + 1, schema.nodes.heading as never, { level: 3 });
        case 1:
          return tr.setBlockType(at + 1, at + 1, schema.nodes.paragraph as never);
        case 2: {
          const range = tr.doc.resolve(at + 1).blockRange();
          const wrapping = range && findWrapping(range, schema.nodes.bulletList as NodeType);
          return wrapping ? tr.wrap(range, wrapping) : tr;
        }
        case 3: {
          const before = tr.doc.resolve(at).nodeBefore;
          return before?.isTextblock && canJoin(tr.doc, at) ? tr.join(at) : tr;
        }
        case 4:
          if (tr.doc.resolve(at).parent.type.name !== 'doc' || tr.doc.childCount < 2) return tr;
          this.#remove(node.textContent);
          return tr.delete(at, at + node.nodeSize);
        case 5: {
          const middle = at + 1 + Math.ceil(length / 2);
          return length > 1 && canSplit(tr.doc, middle) ? tr.split(middle) : tr;
        }
        case 6:
          if (length === 0) return tr;
          this.#remove(node.textContent.slice(0, 1));
          return tr.delete(at + 1, at + 2);
        default:
          return tr.insertText(this.#sign(personId), inside);
      }
    });
  }
}

function textBlocks(root: Node): { at: number; node: Node }[] {
  const found: { at: number; node: Node }[] = [];
  root.descendants((node, at) => {
    if (node.isTextblock) found.push({ at, node });
  });
  return found;
}

/** All that can be read in a block. */
export function textOf(doc: Y.Doc): { readonly field: string; readonly content: string } {
  return {
    field: doc.getText(FIELD).toString(),
    content: doc
      .getXmlFragment('content')
      .toString()
      .replace(/<[^>]*>/g, ' '),
  };
}
