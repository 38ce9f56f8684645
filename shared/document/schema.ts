/**
 * The nodes and marks that a block's text may hold. Any editor that writes a
 * block must use exactly these: one that lacks a node deletes such text for
 * everybody (y-tiptap drops what its schema does not know).
 */
import type { Extensions } from '@tiptap/core';
import { getSchema } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { HorizontalRule } from '@tiptap/extension-horizontal-rule';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { Text } from '@tiptap/extension-text';
import { Anchor } from './anchor-mark.ts';
import { isSafeHref } from './links.ts';
import { Quote } from './quote-mark.ts';
import { SuggestionMarks } from './suggestion-marks.ts';

// biome-ignore lint/performance/noBarrelFile: the number stands apart so that connecting needs no editor
export { SCHEMA_VERSION } from './schema-version.ts';

/** Levels of headings inside a section (its own title is an h2). */
export const HEADING_LEVELS = [3, 4] as const;

/** The extensions that make the schema, without any behaviour of the page. */
export function schemaExtensions(): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    Heading.configure({ levels: [...HEADING_LEVELS] }),
    Bold,
    Italic,
    Link.configure({
      openOnClick: false,
      autolink: true,
      linkOnPaste: true,
      isAllowedUri: (url) => isSafeHref(url),
      HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank', class: null },
    }),
    Quote,
    Anchor,
    ...SuggestionMarks,
    BulletList,
    OrderedList,
    ListItem,
    TaskList,
    TaskItem.configure({ nested: true }),
    Blockquote,
    HorizontalRule,
    HardBreak,
    Table.configure({ resizable: false }),
    TableRow,
    TableHeader,
    TableCell,
  ];
}

/** The ProseMirror schema of a block's text. */
export function blockSchema() {
  return getSchema(schemaExtensions());
}
