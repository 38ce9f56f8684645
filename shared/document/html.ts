/**
 * Safe HTML of a block's text (INPUT-2): one writer for the reading view, for
 * print and for exports. Every word is escaped, every tag and attribute is one
 * of ours, links go only where `isSafeHref` allows.
 */
import { ANCHOR_MARK, anchorId } from './anchor-key.ts';
import { NAMED_MARK, NOBODY_NAMED } from './drawn-text.ts';
import { isSafeHref } from './links.ts';
import { plainCharacters } from './plain-characters.ts';
import { QUOTE_MARK, quoteUse } from './quote-key.ts';
import { type ProseMirrorJson, type ProseMirrorMark, READING_DEPTH } from './reading.ts';
import { REFERENCE } from './reference-key.ts';
import { seenRuns } from './seen-runs.ts';

export interface HtmlOptions {
  /** Levels added to headings inside the text (its own are 3 and 4), for deeper outlines. */
  readonly deeperHeadings?: number;
  /** Says which words are quotes, for the team: nobody else is told (ACCESS-5). */
  readonly quotes?: boolean;
  /** Anchors that are told, as `data-anchor`; of others, nothing stands in it (REVIEW-4). */
  readonly anchors?: ReadonlySet<string>;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What words begin with that a reference was drawn as. */
export const NAMED_HTML = '<span class="named">';

/** @returns the text for use between tags or inside a quoted attribute */
export function escapeHtml(text: string): string {
  return plainCharacters(text).replace(/[&<>"']/g, (sign) => ESCAPES[sign] as string);
}

/** @returns safe HTML, block by block, without any wrapper */
export function toHtml(json: ProseMirrorJson, options: HtmlOptions = {}): string {
  return children(json, options, 0);
}

function children(node: ProseMirrorJson, options: HtmlOptions, depth: number): string {
  if (depth > READING_DEPTH + 4) return '';
  const { anchors, quotes } = options;
  const alsoTold = (mark: ProseMirrorMark) =>
    (quotes === true && mark.type === QUOTE_MARK) ||
    (anchors !== undefined && toldAnchor(mark, anchors) !== null);
  return seenRuns(node.content ?? [], quotes || anchors ? alsoTold : undefined)
    .map((child) => html(child, options, depth + 1))
    .join('');
}

function html(node: ProseMirrorJson, options: HtmlOptions, depth: number): string {
  const inside = () => children(node, options, depth);
  switch (node.type) {
    case 'text':
      return anchored(marked(escapeHtml(node.text ?? ''), node.marks ?? []), node.marks ?? [], options);
    case 'paragraph':
      // an empty line keeps its height, as it has in the editor
      return `<p>${inside() || '<br>'}</p>`;
    case 'heading': {
      const level = (node.attrs?.level === 4 ? 4 : 3) + (options.deeperHeadings ?? 0);
      return `<h${Math.min(6, level)}>${inside()}</h${Math.min(6, level)}>`;
    }
    case 'bulletList':
      return `<ul>${inside()}</ul>`;
    case 'orderedList': {
      const start = wholeNumber(node.attrs?.start, 1, 100_000);
      return `<ol${start === 1 ? '' : ` start="${start}"`}>${inside()}</ol>`;
    }
    case 'listItem':
      return `<li>${inside()}</li>`;
    case 'taskList':
      return `<ul data-type="taskList">${inside()}</ul>`;
    case 'taskItem': {
      const checked = node.attrs?.checked === true;
      return (
        `<li data-type="taskItem" data-checked="${checked}"><label><input type="checkbox" disabled` +
        `${checked ? ' checked' : ''} aria-label="${checked ? 'Done' : 'To do'}"><span></span></label>` +
        `<div>${inside()}</div></li>`
      );
    }
    case 'blockquote':
      return `<blockquote>${inside()}</blockquote>`;
    case 'horizontalRule':
      return '<hr>';
    case 'hardBreak':
      return '<br>';
    case REFERENCE:
      // of a text that was not drawn: a name is written out by `drawnText` alone
      return NOBODY_NAMED;
    case 'table':
      return `<table><tbody>${inside()}</tbody></table>`;
    case 'tableRow':
      return `<tr>${inside()}</tr>`;
    case 'tableHeader':
      return `<th${spans(node)}>${inside()}</th>`;
    case 'tableCell':
      return `<td${spans(node)}>${inside()}</td>`;
    default:
      // a node of a newer schema: its words are shown, its shape is not guessed at
      return inside();
  }
}

/** Widest table that is drawn, in cells. */
const MAX_SPAN = 60;

function spans(node: ProseMirrorJson): string {
  const across = wholeNumber(node.attrs?.colspan, 1, MAX_SPAN);
  const down = wholeNumber(node.attrs?.rowspan, 1, MAX_SPAN);
  return `${across === 1 ? '' : ` colspan="${across}"`}${down === 1 ? '' : ` rowspan="${down}"`}`;
}

/** @returns `value` where it is a whole number between 1 and `most`, else `otherwise` */
export function wholeNumber(value: unknown, otherwise: number, most: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
    ? value
    : otherwise;
}

function marked(text: string, marks: readonly ProseMirrorMark[]): string {
  const isNamed = marks.some((mark) => mark.type === NAMED_MARK);
  let html = isNamed ? `${NAMED_HTML}${text}</span>` : text;
  if (marks.some((mark) => mark.type === 'italic')) html = `<em>${html}</em>`;
  if (marks.some((mark) => mark.type === 'bold')) html = `<strong>${html}</strong>`;
  const href = linkTarget(marks);
  if (href !== null) html = linked(html, href);
  for (const { type, attrs } of marks) {
    const use = type === QUOTE_MARK ? quoteUse(attrs) : null;
    if (use) html = `<span class="quoted" data-quote="${use.quote}" data-use="${use.use}">${html}</span>`;
  }
  return html;
}

function linked(html: string, href: string): string {
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">${html}</a>`;
}

function anchored(html: string, marks: readonly ProseMirrorMark[], { anchors }: HtmlOptions): string {
  if (!anchors) return html;
  return marks
    .flatMap((mark) => toldAnchor(mark, anchors) ?? [])
    .reduce((inside, id) => `<span data-anchor="${escapeHtml(id)}">${inside}</span>`, html);
}

function toldAnchor({ type, attrs }: ProseMirrorMark, anchors: ReadonlySet<string>): string | null {
  const id = type === ANCHOR_MARK ? anchorId(attrs) : null;
  return id !== null && anchors.has(id) ? id : null;
}

/** @returns where a text's link goes, null without one or where it goes nowhere safe */
export function linkTarget(marks: readonly ProseMirrorMark[]): string | null {
  const href = marks.find((mark) => mark.type === 'link')?.attrs?.href;
  return isSafeHref(href) ? href : null;
}
