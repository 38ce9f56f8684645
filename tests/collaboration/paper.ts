import { EditorState, type Transaction } from '@tiptap/pm/state';
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { blockSchema } from '../../shared/document/schema.ts';

/** Nodes of another would not fit. */
export const schema = blockSchema();

/** Edits a block's text as the page's editor does, without a browser. */
export class Paper {
  readonly doc: Y.Doc;
  constructor(doc: Y.Doc) {
    this.doc = doc;
  }

  get #content(): Y.XmlFragment {
    return this.doc.getXmlFragment('content');
  }

  edit(change: (transaction: Transaction) => Transaction): void {
    const root = yXmlFragmentToProseMirrorRootNode(this.#content, schema);
    const state = EditorState.create({ doc: root, schema });
    const after = change(state.tr).doc;
    const meta = { mapping: new Map(), isOMark: new Map() };
    this.doc.transact(() => updateYFragment(this.doc, this.#content, after, meta), 'paper');
  }

  /** Writes paragraphs at the end. */
  write(...paragraphs: string[]): void {
    this.edit((tr) => {
      for (const text of paragraphs) {
        const node = schema.node('paragraph', null, text ? [schema.text(text)] : []);
        const empty = tr.doc.childCount === 1 && tr.doc.firstChild?.content.size === 0;
        if (empty) tr.replaceWith(0, tr.doc.content.size, node);
        else tr.insert(tr.doc.content.size, node);
      }
      return tr;
    });
  }

  /** Types behind the first place where `after` stands, a letter at a time. */
  type(after: string, text: string): void {
    let at = this.#find(after) + after.length;
    for (const letter of text) {
      this.edit((tr) => tr.insertText(letter, at));
      at += letter.length;
    }
  }

  remove(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => tr.delete(at, at + text.length));
  }

  bold(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => tr.addMark(at, at + text.length, schema.mark('bold')));
  }

  plain(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => tr.removeMark(at, at + text.length, schema.mark('bold')));
  }

  makeHeading(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => tr.setBlockType(at, at, schema.node('heading', { level: 3 }).type, { level: 3 }));
  }

  makeList(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => {
      const place = tr.doc.resolve(at);
      const range = place.blockRange();
      if (!range) throw new Error('nothing to make a list of');
      return tr.wrap(range, [
        { type: schema.nodes.bulletList as never },
        { type: schema.nodes.listItem as never },
      ]);
    });
  }

  /** Backspace at the beginning of the paragraph with this text. */
  joinToBefore(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => tr.join(tr.doc.resolve(at).before(1)));
  }

  split(after: string): void {
    const at = this.#find(after) + after.length;
    this.edit((tr) => tr.split(at));
  }

  /** Selects the paragraph with this text, and deletes it. */
  removeParagraph(text: string): void {
    const at = this.#find(text);
    this.edit((tr) => {
      const place = tr.doc.resolve(at);
      return tr.delete(place.before(1), place.after(1));
    });
  }

  get text(): string {
    return this.#content
      .toString()
      .replace(/<[^>]*>/g, '|')
      .replace(/\|+/g, '|');
  }

  #find(text: string): number {
    const root = yXmlFragmentToProseMirrorRootNode(this.#content, schema);
    let found = -1;
    root.descendants((node, pos) => {
      const at = node.isTextblock ? node.textContent.indexOf(text) : -1;
      if (found === -1 && at >= 0) found = pos + 1 + at;
    });
    if (found === -1) throw new Error(`“${text}” does not stand in ${root.textContent}`);
    return found;
  }
}
