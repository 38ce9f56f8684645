import { joinBackward, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands';
import type { Node, Schema } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state';
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, mergeCells } from '@tiptap/pm/tables';
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import type { Dice } from '../support/dice.ts';

const schema: Schema = blockSchema();
const node = (name: string) => schema.nodes[name] as NonNullable<(typeof schema.nodes)[string]>;
const mark = (name: string) => schema.marks[name] as NonNullable<(typeof schema.marks)[string]>;
const WORDS = ['a', 'and ', 'a few words ', 'é😀', '漢字'];

const insertTable: Command = (state, dispatch) => {
  const cell = () => node('tableCell').createAndFill() as Node;
  const row = () => node('tableRow').create(null, [cell(), cell()]);
  dispatch?.(state.tr.replaceSelectionWith(node('table').create(null, [row(), row()])));
  return true;
};

const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node('hardBreak').create()));
  return true;
};

const insertReference: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node('reference').create({ kind: 'school', id: 's1' })));
  return true;
};

const deleteSelected: Command = (state, dispatch) => {
  dispatch?.(state.tr.deleteSelection());
  return true;
};

const COMMANDS: readonly Command[] = [
  splitBlock,
  splitBlock,
  joinBackward,
  deleteSelected,
  deleteSelected,
  toggleMark(mark('bold')),
  toggleMark(mark('italic')),
  toggleMark(mark('link'), { href: 'https://example.org/' }),
  setBlockType(node('heading'), { level: 3 }),
  setBlockType(node('paragraph')),
  wrapIn(node('blockquote')),
  wrapInList(node('bulletList')),
  wrapInList(node('orderedList')),
  splitListItem(node('listItem')),
  liftListItem(node('listItem')),
  sinkListItem(node('listItem')),
  insertTable,
  insertBreak,
  insertReference,
  addRowAfter,
  addColumnAfter,
  deleteRow,
  deleteColumn,
  mergeCells,
];

/** One act of somebody at a page's editor, written into the block as the editor's binding to Yjs writes it. */
export function editPage(doc: Y.Doc, dice: Dice): void {
  const fragment = doc.getXmlFragment(CONTENT);
  const { doc: before, meta } = initProseMirrorDoc(fragment, schema);
  if (before.childCount === 0) {
    updateYFragment(doc, fragment, node('doc').createAndFill() as Node, meta);
    return;
  }
  // What a merge left that no editor can hold is shown to be read, until it is mended.
  if (!isHeld(before)) return;
  const at = dice.roll(before.content.size + 1);
  const from = outsidePair(before, at);
  const to = outsidePair(before, Math.min(before.content.size, at + dice.roll(12)));
  const selection = TextSelection.between(before.resolve(from), before.resolve(dice.once(2) ? from : to));
  let state = EditorState.create({ doc: before, schema, selection });
  if (dice.once(2) && state.selection.$from.parent.inlineContent) {
    state = state.apply(state.tr.insertText(dice.pick(WORDS)));
  } else {
    dice.pick(COMMANDS)(state, (transaction) => {
      state = state.apply(transaction);
    });
  }
  updateYFragment(doc, fragment, state.doc, meta);
}

function isHeld(doc: Node): boolean {
  try {
    doc.check();
    return true;
  } catch {
    return false;
  }
}

/** The caret never stands between the halves of a surrogate pair: the page's own writers see to it. */
function outsidePair(doc: Node, at: number): number {
  const next = doc.resolve(at).nodeAfter?.text?.charCodeAt(0) ?? 0;
  return next >= 0xdc00 && next <= 0xdfff ? at - 1 : at;
}
