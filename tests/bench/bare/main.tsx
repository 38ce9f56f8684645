/**
 * The measure that the product is held against: one editor on one document with
 * the stock provider, and nothing else.
 */
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { EditorContent, useEditor } from '@tiptap/react';
import { createRoot } from 'react-dom/client';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { CONTENT } from '../../../shared/document/block-parts.ts';
import { SCHEMA_VERSION, schemaExtensions } from '../../../shared/document/schema.ts';

const [room = '', token = ''] = location.hash.slice(1).split('|');
const doc = new Y.Doc();
const provider = new WebsocketProvider(`${location.origin.replace('http', 'ws')}/collab`, room, doc, {
  protocols: ['y-websocket', `casebook.schema.${SCHEMA_VERSION}`, `casebook.token.${token}`],
  disableBc: true,
});

function Bare() {
  const editor = useEditor({
    extensions: [
      ...schemaExtensions(),
      Collaboration.configure({ document: doc, field: CONTENT }),
      CollaborationCaret.configure({ provider, user: { name: 'Bench', color: '#7a4b9d' } }),
    ],
  });
  return <EditorContent editor={editor} />;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Bare />);
