/**
 * Counts up with every change to the nodes, marks or attributes of `schema.ts`; offered
 * as `casebook.schema.<n>`. Apart from them, since connecting needs no editor.
 *
 * 1: paragraphs, headings, lists, tables, quotations, bold, italic, links · 2: the mark of a quote
 * · 3: the marks of anchors and suggestions
 */
export const SCHEMA_VERSION = 3;
