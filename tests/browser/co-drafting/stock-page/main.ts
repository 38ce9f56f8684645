/**
 * An editor as somebody else would build it: the stock parts, our schema, our
 * address. Its hash: room, token, and what the editor knows.
 */
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Document } from '@tiptap/extension-document';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SCHEMA_VERSION, schemaExtensions } from '../../../../shared/document/schema.ts';

declare global {
  interface Window {
    stock: { readonly editor: Editor; readonly provider: WebsocketProvider };
  }
}

/**
 * `all`: every node, and says so; `all, unsaid`: every node, without saying so;
 * `little`: paragraphs alone, from before there was anything to say.
 */
export type Knows = 'all' | 'all, unsaid' | 'little';

const [room = '', token = '', knows = 'all'] = decodeURIComponent(location.hash.slice(1)).split('|');
const doc = new Y.Doc();
const provider = new WebsocketProvider(`${location.origin.replace('http', 'ws')}/collab`, room, doc, {
  protocols: [
    'y-websocket',
    ...(knows === 'all' ? [`casebook.schema.${SCHEMA_VERSION}`] : []),
    `casebook.token.${token}`,
  ],
  disableBc: true,
});
const editor = new Editor({
  element: document.getElementById('text'),
  extensions: [
    ...(knows === 'little' ? [Document, Paragraph, Text] : schemaExtensions()),
    Collaboration.configure({ document: doc, field: 'content' }),
    CollaborationCaret.configure({ provider, user: { name: 'Somebody Else', color: '#123456' } }),
  ],
});
window.stock = { editor, provider };
