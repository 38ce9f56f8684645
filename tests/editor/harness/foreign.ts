import * as Y from 'yjs';
import type { Replica } from '../../../client/sync/replica.ts';

export type ForeignKind = 'element' | 'map' | 'lone text' | 'mark' | 'levels' | 'table' | 'embed';

/** Brings into both replicas, as an update from elsewhere, what no editor can hold. */
export function bringForeign(ruth: Replica, tom: Replica, kind: ForeignKind): void {
  const doc = new Y.Doc();
  doc.clientID = 404;
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ruth.doc));
  const before = Y.encodeStateVector(doc);
  const content = doc.getXmlFragment('content');
  doc.transact(() => put(content, kind));
  const update = Y.encodeStateAsUpdate(doc, before);
  for (const { doc: replica } of [ruth, tom]) Y.applyUpdate(replica, update, 'from elsewhere');
}

function put(content: Y.XmlFragment, kind: ForeignKind): void {
  const made = (name: string, inside: (Y.XmlElement | Y.XmlText)[] = []) => {
    const element = new Y.XmlElement(name);
    element.insert(0, inside);
    return element;
  };
  const first = content.get(0) as Y.XmlElement;
  switch (kind) {
    case 'element':
      content.insert(0, [made('video', [made('paragraph', [new Y.XmlText('in a film')])])]);
      return;
    case 'map':
      Y.Array.prototype.insert.call(content as never, 0, [new Y.Map()]);
      return;
    case 'lone text':
      content.insert(1, [new Y.XmlText('alone')]);
      return;
    case 'mark': {
      const text = new Y.XmlText();
      first.insert(first.length, [text]);
      text.insert(0, ' blinking', { blink: true });
      return;
    }
    case 'embed':
      (first.get(0) as Y.XmlText).insertEmbed(0, { image: 'x' });
      return;
    case 'levels': {
      let inner = content;
      for (let level = 0; level < 120; level += 1) {
        const next = made('blockquote');
        inner.insert(0, [next]);
        inner = next;
      }
      inner.insert(0, [made('paragraph', [new Y.XmlText('at the bottom')])]);
      return;
    }
    case 'table': {
      const cell = made('tableCell', [made('paragraph', [new Y.XmlText('wide')])]);
      cell.setAttribute('colspan', 1e9 as never);
      content.insert(1, [made('table', [made('tableRow', [cell])])]);
      return;
    }
    default:
      kind satisfies never;
  }
}
