import * as Y from 'yjs';
import type { Dice } from '../support/dice.ts';

const WORDS = ['a', 'word ', 'é', '😀', 'two 👋🏽 words', '漢字', '\u0000', 'x'.repeat(40)];
const VALUES: readonly unknown[] = [
  '7',
  '',
  true,
  null,
  3,
  -2.5,
  2 ** 40,
  ['a', { b: [1, null] }],
  { c: 'd' },
  undefined,
];

/** One change in a block by Yjs alone, as a form, a script or somebody else's editor could make it. */
export function editRaw(doc: Y.Doc, undo: Y.UndoManager, dice: Dice): void {
  switch (dice.roll(12)) {
    case 0:
      doc.getMap('fields').set(`value/${dice.roll(3)}`, dice.pick(VALUES));
      return;
    case 1:
      doc.getMap('fields').delete(`value/${dice.roll(3)}`);
      return;
    case 2:
      undo.undo();
      return;
    case 3:
      undo.redo();
      return;
    case 4:
    case 5:
      editField(doc.getText(`field/${dice.pick(['aims', 'group/row/name'])}`), dice);
      return;
    case 6:
      // Several at once, inserted and deleted again: some of it is garbage before it is sent.
      doc.transact(() => {
        for (let i = dice.roll(6); i >= 0; i--) editField(doc.getText('field/aims'), dice);
        editContent(doc.getXmlFragment('content'), dice);
      });
      return;
    default:
      editContent(doc.getXmlFragment('content'), dice);
  }
}

function editField(text: Y.Text, dice: Dice): void {
  if (text.length > 0 && dice.once(3)) {
    const at = dice.roll(text.length);
    text.delete(at, 1 + dice.roll(Math.min(6, text.length - at)));
  } else {
    text.insert(dice.roll(text.length + 1), dice.pick(WORDS));
  }
}

function editContent(content: Y.XmlFragment, dice: Dice): void {
  const elements = within(content);
  const element = elements.length > 0 ? dice.pick(elements) : null;
  if (!element || dice.once(6)) {
    insertElement(element && dice.once(3) ? element : content, dice);
    return;
  }
  const first = element.length > 0 ? element.get(dice.roll(element.length)) : null;
  switch (dice.roll(7)) {
    case 0:
      (element.parent as Y.XmlFragment).delete(indexOf(element), 1);
      return;
    case 1:
      element.setAttribute(dice.pick(['level', 'start', 'colwidth']), dice.pick(VALUES) as string);
      return;
    case 2:
      element.removeAttribute('level');
      return;
    default:
      if (first instanceof Y.XmlText) editText(first, dice);
      else insertElement(element, dice);
  }
}

function editText(text: Y.XmlText, dice: Dice): void {
  if (text.length > 1 && dice.once(2)) {
    const at = dice.roll(text.length - 1);
    const mark = dice.pick(['bold', 'italic', 'link', 'anchor--x1']);
    const value = dice.pick([null, {}, { href: 'https://example.org/' }, true]);
    text.format(at, 1 + dice.roll(text.length - at), { [mark]: value });
  } else {
    editField(text, dice);
  }
}

function insertElement(parent: Y.XmlFragment, dice: Dice): void {
  const element = new Y.XmlElement(dice.pick(['paragraph', 'heading', 'blockquote', 'listItem']));
  if (dice.once(2)) element.setAttribute('level', 3 as unknown as string);
  if (!dice.once(4)) element.insert(0, [new Y.XmlText(dice.pick(WORDS))]);
  parent.insert(dice.roll(parent.length + 1), [element]);
}

function within(fragment: Y.XmlFragment): Y.XmlElement[] {
  return fragment
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlElement ? [child, ...within(child)] : []));
}

function indexOf(element: Y.XmlElement): number {
  return (element.parent as Y.XmlFragment).toArray().indexOf(element);
}
