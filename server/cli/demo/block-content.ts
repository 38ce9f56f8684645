import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import {
  CONTENT,
  FIELDS,
  type FieldPlace,
  optionKey,
  promptKey,
  rowKey,
  sourceKey,
  textKey,
  valueKey,
  yearKey,
} from '../../../shared/document/block-parts.ts';
import type { ProseMirrorJson } from '../../../shared/document/reading.ts';
import { blockSchema } from '../../../shared/document/schema.ts';
import type { Field, GroupField, Section, SimpleField } from '../../../shared/framework/framework.ts';
import type {
  FieldContent,
  FigureContent,
  Revision,
  RowContent,
  SectionContent,
  SimpleContent,
  Writer,
} from './case-content.ts';

/** One person's turn at a block. */
export interface BlockEdit {
  readonly by: Writer;
  /** Goes forward from whatever stands there; replaces nothing as a whole. */
  readonly change: (doc: Y.Doc) => void;
}

export interface BlockEdits {
  readonly first: readonly BlockEdit[];
  /** Made after the section was agreed. */
  readonly sinceAgreed: readonly BlockEdit[];
}

const schema = blockSchema();

/**
 * How the content of a section comes about, turn by turn.
 * @param newId gives the ids of rows
 * @throws when the content names a field, option or prompt that the section lacks,
 *   or running text where there is none
 */
export function blockEdits(section: Section, content: SectionContent, newId: () => string): BlockEdits {
  const writers: readonly Writer[] = content.by?.length ? content.by : ['first'];
  const writer = (turn: number) => writers[turn % writers.length] as Writer;
  const edits: BlockEdit[] = [];

  const single: [Field, FieldContent][] = [];
  for (const [fieldId, value] of Object.entries(content.fields ?? {})) {
    const field = one(section.fields, fieldId, `section ${section.id}`);
    if (field.kind === 'group') edits.push(...rowEdits(field, rowsOf(field, value), writer, newId));
    else single.push([field, value]);
  }
  if (single.length > 0) {
    edits.unshift({
      by: writer(0),
      change: (doc) => {
        for (const [field, value] of single) {
          write(doc, field as SimpleField, { fieldId: field.id }, value as SimpleContent);
        }
      },
    });
  }
  edits.push(...proseEdits(section, content, writers));
  const marks = Object.entries(content.prompts ?? {});
  for (const [promptId] of marks) one(section.prompts, promptId, `section ${section.id}`);
  if (marks.length > 0) {
    edits.push({
      by: writer(writers.length - 1),
      change: (doc) => {
        for (const [promptId, mark] of marks) doc.getMap(FIELDS).set(promptKey(promptId), mark);
      },
    });
  }
  const revisions = content.revisions ?? [];
  return {
    first: [...edits, ...revisions.filter(({ sinceAgreed }) => !sinceAgreed).map(revise)],
    sinceAgreed: revisions.filter(({ sinceAgreed }) => sinceAgreed).map(revise),
  };
}

function one<T extends { readonly id: string }>(all: readonly T[], id: string, where: string): T {
  const found = all.find((entry) => entry.id === id);
  if (!found) throw new Error(`${where} has no ${id}`);
  return found;
}

function rowsOf(field: GroupField, value: FieldContent): readonly RowContent[] {
  if (Array.isArray(value) && value.every((row) => typeof row === 'object')) return value;
  throw new Error(`${field.id} takes rows`);
}

function rowEdits(
  group: GroupField,
  rows: readonly RowContent[],
  writer: (turn: number) => Writer,
  newId: () => string,
): BlockEdit[] {
  return rows.map((row, index) => {
    const place = { groupId: group.id, rowId: newId() };
    const cells = Object.entries(row).map(([id, value]) => [one(group.fields, id, group.id), value] as const);
    return {
      by: writer(index),
      change: (doc) => {
        doc.getMap(FIELDS).set(rowKey(place.groupId, place.rowId), rowOrder(index));
        for (const [field, value] of cells) write(doc, field, { fieldId: field.id, row: place }, value);
      },
    };
  });
}

/** @returns a string that sorts after those of smaller indexes, with room for rows in between */
export function rowOrder(index: number): string {
  return `a${String(index).padStart(3, '0')}V`;
}

function write(doc: Y.Doc, field: SimpleField, place: FieldPlace, value: SimpleContent): void {
  const values = doc.getMap<string | boolean>(FIELDS);
  switch (field.kind) {
    case 'short-text':
    case 'long-text':
      doc.getText(textKey(place)).insert(0, words(field, value));
      return;
    case 'date':
    case 'yes-no':
      values.set(valueKey(place), words(field, value));
      return;
    case 'choice':
      values.set(valueKey(place), one(field.options, words(field, value), field.id).id);
      return;
    case 'number': {
      const { figure, year, source } = figureOf(field, value);
      values.set(valueKey(place), figure);
      if (year !== undefined) values.set(yearKey(place), year);
      if (source !== undefined) values.set(sourceKey(place), source);
      return;
    }
    case 'many-choices':
    case 'checklist': {
      if (!Array.isArray(value)) throw new Error(`${field.id} takes a list of ids`);
      const options = field.kind === 'checklist' ? field.items : field.options;
      for (const id of value as readonly string[]) {
        values.set(optionKey(place, one(options, id, field.id).id), true);
      }
      return;
    }
    default:
      field satisfies never;
  }
}

function words(field: SimpleField, value: SimpleContent): string {
  if (typeof value !== 'string') throw new Error(`${field.id} takes words`);
  if (field.kind === 'yes-no' && !['yes', 'no', 'unknown'].includes(value)) {
    throw new Error(`${field.id} takes yes, no or unknown`);
  }
  return value;
}

function figureOf(field: SimpleField, value: SimpleContent): FigureContent {
  if (typeof value === 'object' && 'figure' in value) return value;
  throw new Error(`${field.id} takes a figure`);
}

/** The running text in as many turns as there are writers, each going on where the last one stopped. */
function proseEdits(section: Section, content: SectionContent, writers: readonly Writer[]): BlockEdit[] {
  const prose = asFirstWritten(content.prose ?? [], content.revisions ?? []);
  if (prose.length > 0 && !section.prose) throw new Error(`section ${section.id} has no running text`);
  const length = Math.ceil(prose.length / writers.length);
  return writers.flatMap((by, turn) => {
    const nodes = prose.slice(turn * length, (turn + 1) * length);
    return nodes.length === 0 ? [] : [{ by, change: (doc: Y.Doc) => append(doc, nodes) }];
  });
}

/** Undoes the revisions, the last one first, so that making them again ends in the text as it is given. */
function asFirstWritten(
  prose: readonly ProseMirrorJson[],
  revisions: readonly Revision[],
): readonly ProseMirrorJson[] {
  return [...revisions].reverse().reduce((nodes, { was, now }) => {
    const before = nodes.map((node) => replaced(node, now, was));
    if (JSON.stringify(before) === JSON.stringify(nodes)) throw new Error(`no words “${now}” to revise`);
    return before;
  }, prose);
}

function replaced(node: ProseMirrorJson, from: string, to: string): ProseMirrorJson {
  return {
    ...node,
    ...(node.text !== undefined && { text: node.text.replace(from, () => to) }),
    ...(node.content && { content: node.content.map((child) => replaced(child, from, to)) }),
  };
}

/** Writes nodes at the end in y-tiptap's own form, by letting it write them to a document of their own. */
function append(doc: Y.Doc, nodes: readonly ProseMirrorJson[]): void {
  const draft = new Y.Doc();
  const written = prosemirrorJSONToYXmlFragment(
    schema,
    { type: 'doc', content: nodes },
    draft.getXmlFragment(CONTENT),
  );
  const copies = written.toArray().map((node) => node.clone() as Y.XmlElement | Y.XmlText);
  doc.getXmlFragment(CONTENT).push(copies);
  draft.destroy();
}

/** @throws from its change, when the words do not stand there */
export function revise({ by, was, now }: Revision): BlockEdit {
  return {
    by,
    change: (doc) => {
      const place = findWords(doc.getXmlFragment(CONTENT), was);
      if (!place) throw new Error(`no words “${was}” to revise`);
      place.text.delete(place.at, was.length);
      place.text.insert(place.at, now);
    },
  };
}

/** @returns where words stand first, within one text; null for nowhere */
export function findWords(
  parent: Y.XmlFragment | Y.XmlElement,
  sought: string,
): { text: Y.XmlText; at: number } | null {
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) {
      const deltas = child.toDelta() as readonly { insert: string }[];
      const at = deltas
        .map(({ insert }) => insert)
        .join('')
        .indexOf(sought);
      if (at >= 0) return { text: child, at };
    } else if (child instanceof Y.XmlElement) {
      const found = findWords(child, sought);
      if (found) return found;
    }
  }
  return null;
}
