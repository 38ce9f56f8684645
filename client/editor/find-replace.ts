/**
 * Finds words in one block, in its running text and its text fields, and puts others
 * in their place. Matches stay with their letters while others go on writing.
 */
import * as Y from 'yjs';
import { ANCHOR_MARK } from '../../shared/document/anchor-key.ts';
import {
  CONTENT,
  type FieldPlace,
  LONG_TEXT_CHARACTERS,
  SHORT_TEXT_CHARACTERS,
  textKey,
} from '../../shared/document/block-parts.ts';
import { rowIds } from '../../shared/document/field-values.ts';
import { markName } from '../../shared/document/mark-key.ts';
import { plainCharacters } from '../../shared/document/plain-characters.ts';
import { QUOTE_MARK, quoteUse } from '../../shared/document/quote-key.ts';
import { fieldValues } from '../../shared/document/reading.ts';
import { isSuggestionMark } from '../../shared/document/suggestion-key.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { roomLeft } from './block-room.ts';
import { type FindQuery, findInText, isOnlySuggested } from './find-text.ts';

export type { FindQuery } from './find-text.ts';

/** Where in a block a match stands. */
export type MatchPlace =
  /** In the running text; `ordinal` counts its matches from 0, as the editor's highlights do. */
  | { readonly kind: 'text'; readonly ordinal: number }
  | {
      readonly kind: 'field';
      /** Key of the field's text, as `data-field` in the form. */
      readonly key: string;
      readonly label: string;
      /** Which row of its group, counted from 1. */
      readonly row: { readonly name: string; readonly number: number } | null;
    };

/** A stretch of one Y.Text: formatting may have cut a match into several. */
interface Piece {
  readonly from: Y.RelativePosition;
  readonly words: string;
}

export interface Match {
  readonly place: MatchPlace;
  readonly found: string;
  /** Up to `AROUND` characters before and after it, for the list of matches. */
  readonly before: string;
  readonly after: string;
  readonly pieces: readonly Piece[];
  /** Longest text that the place takes. */
  readonly limit: number;
  /** Uses of quotes that its letters stand in. */
  readonly uses: readonly string[];
}

const AROUND = 40;

/** A line of running text, or the text of a field: what a match may not reach beyond. */
interface Line {
  readonly words: string;
  /** Where stretches of it stand, `offset` in their Y.Text: what is only suggested is passed over. */
  readonly parts: readonly {
    readonly text: Y.Text;
    readonly offset: number;
    readonly at: number;
    readonly length: number;
  }[];
  /** Stretches with uses of quotes on them. */
  readonly quoted: readonly { readonly from: number; readonly to: number; readonly use: string }[];
}

/** @returns every match in a block, but none in words that are only suggested: those of its fields first, in the section's order, as they stand on the page */
export function findInBlock(doc: Y.Doc, section: Section, query: FindQuery): Match[] {
  const matches: Match[] = [];
  for (const { place, label, row, limit } of textFieldsOf(doc, section)) {
    const key = textKey(place);
    if (!doc.share.has(key)) continue;
    const line = lineOf([doc.getText(key)]);
    for (const span of findInText(line.words, query)) {
      matches.push(matchIn(line, span, { kind: 'field', key, label, row }, limit));
    }
  }
  let ordinal = 0;
  for (const line of contentLines(doc)) {
    for (const span of findInText(line.words, query)) {
      matches.push(matchIn(line, span, { kind: 'text', ordinal: ordinal++ }, Number.POSITIVE_INFINITY));
    }
  }
  return matches;
}

/** @returns how often the words stand where at least a part of them is only suggested, and so is left as it is */
export function suggestedInBlock(doc: Y.Doc, query: FindQuery): number {
  let count = 0;
  for (const children of contentChildren(doc)) {
    const whole = lineOf(children, 'with suggested');
    if (whole.suggested.length === 0) continue;
    for (const span of findInText(whole.words, query)) {
      if (whole.suggested.some(({ from, to }) => from < span.to && to > span.from)) count += 1;
    }
  }
  return count;
}

export interface Replaced {
  readonly replaced: number;
  /** Changed by somebody since they were found. */
  readonly gone: number;
  /** The text would have become too long. */
  readonly tooLong: number;
}

/**
 * Replaces matches in one transaction, which is undone as one. New words take the
 * formatting of the first letter that they replace, but are part of no suggestion and no thread's place.
 * @param origin of the transaction, so that it counts as the person's own edit
 */
export function replaceInBlock(
  doc: Y.Doc,
  matches: readonly Match[],
  replacement: string,
  origin: unknown,
): Replaced {
  const words = plainCharacters(replacement).replace(/[\r\n]+/g, ' ');
  const outcome = { replaced: 0, gone: 0, tooLong: 0 };
  doc.transact(() => {
    for (const match of matches) {
      const places = match.pieces.map((piece) => placeOf(doc, piece));
      const [first] = places;
      if (!first || places.includes(null)) {
        outcome.gone += 1;
        continue;
      }
      const growth = words.length - match.found.length;
      if (growth > 0 && (first.text.length + growth > match.limit || growth > roomLeft(doc))) {
        outcome.tooLong += 1;
        continue;
      }
      // from the last piece on, so that the places before it stay where they are
      match.pieces.forEach((_, back) => {
        const at = match.pieces.length - 1 - back;
        const { text, index } = places[at] as NonNullable<(typeof places)[number]>;
        putInPlace(text, index, (match.pieces[at] as Piece).words, at === 0 ? words : '');
      });
      outcome.replaced += 1;
    }
  }, origin);
  return outcome;
}

/** The new words go behind the first letter, with its formatting; then the old ones go. */
function putInPlace(text: Y.Text, index: number, old: string, words: string): void {
  const first = String.fromCodePoint(old.codePointAt(0) as number).length;
  if (words !== '') text.insert(index + first, words, formattingAt(text, index));
  if (old.length > first) text.delete(index + first + words.length, old.length - first);
  text.delete(index, first);
}

function formattingAt(text: Y.Text, index: number): Record<string, unknown> {
  let at = 0;
  for (const { insert, attributes } of text.toDelta() as TextPiece[]) {
    at += typeof insert === 'string' ? insert.length : 1;
    if (at > index) {
      const kept = Object.entries(attributes ?? {}).filter(([key]) => {
        const name = markName(key);
        return !isSuggestionMark(name) && name !== ANCHOR_MARK;
      });
      return Object.fromEntries(kept);
    }
  }
  return {};
}

/** Where a piece is now; null where its letters have changed. */
function placeOf(doc: Y.Doc, piece: Piece): { text: Y.Text; index: number } | null {
  const now = Y.createAbsolutePositionFromRelativePosition(piece.from, doc);
  if (!(now?.type instanceof Y.Text)) return null;
  const whole = wordsOf(now.type);
  if (whole.slice(now.index, now.index + piece.words.length) !== piece.words) return null;
  return { text: now.type, index: now.index };
}

function matchIn(line: Line, span: { from: number; to: number }, place: MatchPlace, limit: number): Match {
  const pieces = line.parts.flatMap(({ text, offset, at, length }): Piece[] => {
    const from = Math.max(span.from, at);
    const to = Math.min(span.to, at + length);
    if (from >= to) return [];
    return [
      {
        from: Y.createRelativePositionFromTypeIndex(text, offset + from - at),
        words: line.words.slice(from, to),
      },
    ];
  });
  return {
    place,
    found: line.words.slice(span.from, span.to),
    before: plainCharacters(line.words.slice(Math.max(0, span.from - AROUND), span.from)),
    after: plainCharacters(line.words.slice(span.to, span.to + AROUND)),
    pieces,
    limit,
    uses: [
      ...new Set(line.quoted.flatMap(({ from, to, use }) => (from < span.to && to > span.from ? [use] : []))),
    ],
  };
}

/** Lines of the running text in their order: the texts that stand side by side in one paragraph, heading or item. */
function contentLines(doc: Y.Doc): Line[] {
  return contentChildren(doc).map((children) => lineOf(children));
}

function contentChildren(doc: Y.Doc): unknown[][] {
  const lines: unknown[][] = [];
  const visit = (parent: Y.XmlFragment) => {
    const children = parent.toArray() as unknown[];
    if (children.some((child) => child instanceof Y.XmlText)) lines.push(children);
    for (const child of children) {
      if (child instanceof Y.XmlElement) visit(child);
    }
  };
  visit(doc.getXmlFragment(CONTENT));
  return lines;
}

interface TextPiece {
  readonly insert: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What is no text among them (a line break) counts as one line end, as in the editor. */
function lineOf(
  children: readonly unknown[],
  which: 'standing' | 'with suggested' = 'standing',
): Line & { readonly suggested: readonly { readonly from: number; readonly to: number }[] } {
  let words = '';
  const parts: { text: Y.Text; offset: number; at: number; length: number }[] = [];
  const suggested: { from: number; to: number }[] = [];
  const quoted: { from: number; to: number; use: string }[] = [];
  for (const child of children) {
    if (child instanceof Y.Text) {
      let offset = 0;
      for (const { insert, attributes } of child.toDelta() as TextPiece[]) {
        const from = words.length;
        const piece = typeof insert === 'string' ? insert : '\ufffc';
        offset += piece.length;
        if (isOnlySuggested(Object.keys(attributes ?? {}).map(markName))) {
          if (which === 'standing') continue;
          suggested.push({ from, to: from + piece.length });
        }
        words += piece;
        const last = parts.at(-1);
        // one stretch, however it is formatted
        if (last?.text === child && last.offset + last.length === offset - piece.length)
          last.length += piece.length;
        else parts.push({ text: child, offset: offset - piece.length, at: from, length: piece.length });
        for (const [key, value] of Object.entries(attributes ?? {})) {
          const use = markName(key) === QUOTE_MARK ? quoteUse(value)?.use : undefined;
          if (use !== undefined) quoted.push({ from, to: words.length, use });
        }
      }
    } else words += '\n';
  }
  return { words, parts, quoted, suggested };
}

/** Plain text, one code unit for whatever else is embedded, so that places agree with Yjs. */
function wordsOf(text: Y.Text): string {
  return (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('');
}

interface TextFieldPlace {
  readonly place: FieldPlace;
  readonly label: string;
  readonly row: { readonly name: string; readonly number: number } | null;
  readonly limit: number;
}

function textFieldsOf(doc: Y.Doc, section: Section): TextFieldPlace[] {
  const values = fieldValues(doc);
  return section.fields.flatMap((field): TextFieldPlace[] => {
    if (field.kind !== 'group') {
      const limit = limitOf(field.kind);
      return limit === null ? [] : [{ place: { fieldId: field.id }, label: field.label, row: null, limit }];
    }
    return rowIds(values, field.id).flatMap((rowId, at) =>
      field.fields.flatMap((inner): TextFieldPlace[] => {
        const limit = limitOf(inner.kind);
        const place = { fieldId: inner.id, row: { groupId: field.id, rowId } };
        return limit === null
          ? []
          : [{ place, label: inner.label, row: { name: field.rowName, number: at + 1 }, limit }];
      }),
    );
  });
}

function limitOf(kind: string): number | null {
  if (kind === 'short-text') return SHORT_TEXT_CHARACTERS;
  return kind === 'long-text' ? LONG_TEXT_CHARACTERS : null;
}
