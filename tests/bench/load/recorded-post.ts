import * as Y from 'yjs';
import { CONTENT } from '../../../shared/document/block-parts.ts';
import { loadTrace, typeStep } from '../../support/traces.ts';

export const POST_CLIENT = 90_000;
/** So many updates for the whole post: servers count what one socket sends. */
const UPDATES = 500;

export interface RecordedPost {
  readonly updates: readonly Uint8Array[];
  /** The writer's clock at the end. */
  readonly clock: number;
}

let post: RecordedPost | null = null;

/** @returns the keystrokes of `seph-blog1`, one transaction each, merged as a page merges what waits to be sent */
export function recordedPost(): RecordedPost {
  if (post) return post;
  const doc = new Y.Doc();
  doc.clientID = POST_CLIENT;
  const keys: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => keys.push(update));
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  doc.transact(() => {
    doc.getXmlFragment(CONTENT).insert(0, [paragraph]);
    paragraph.insert(0, [text]);
  });
  for (const { patches } of loadTrace('seph-blog1').steps) typeStep(text, patches);
  const each = Math.ceil(keys.length / UPDATES);
  const updates: Uint8Array[] = [];
  for (let at = 0; at < keys.length; at += each) updates.push(Y.mergeUpdates(keys.slice(at, at + each)));
  post = { updates, clock: Y.decodeStateVector(Y.encodeStateVector(doc)).get(POST_CLIENT) ?? 0 };
  return post;
}
