import * as Y from 'yjs';
import { CONTENT } from '../../../shared/document/block-parts.ts';

const PARAGRAPH =
  'Before each lesson the two agreed what to watch for, and soon after it they talked over what pupils had said and done. ' +
  'Nobody took notes to be marked by: the card held three questions, and the answers stayed with the two of them.';
/** Below every client id of the load, which counts up from its own beginning. */
const PLANTER = 1_000;

/** @returns the update that makes one paragraph of some forty words, the same at every call */
export function plantedUpdate(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = PLANTER;
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph');
    doc.getXmlFragment(CONTENT).insert(0, [paragraph]);
    paragraph.insert(0, [new Y.XmlText(PARAGRAPH)]);
  });
  return Y.encodeStateAsUpdate(doc);
}
