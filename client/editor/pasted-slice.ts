import { isQuoteId } from '../../shared/document/quote-key.ts';
import { SEAM_SIGNS } from '../../shared/document/suggestion-key.ts';

/**
 * Pieces copied out of an editor of ours carry how they were cut, so that half a list
 * lands as half a list. Anybody can write such a mark: what it says is checked here.
 */
const TAGS = new Set(
  'p h3 h4 strong b em i a ul ol li blockquote hr br table tbody thead tr th td colgroup col div span ins del label input body'.split(
    ' ',
  ),
);
const CONTEXT = new Set([
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'table',
  'tableRow',
  'tableCell',
  'tableHeader',
]);
const MOST_ACROSS = 40;

/**
 * @param quotes whether it may say which of its words are quotes: the editor looks whose they are
 * @returns the piece with nothing in it but our own kinds; null where the page is not such a piece
 */
export function cleanOwnSlice(page: Document, quotes: boolean): string | null {
  const first = page.body.querySelector('[data-pm-slice]');
  const cut = /^(\d{1,2}) (\d{1,2})((?: -\d{1,3})?) (\[.*\])$/s.exec(
    first?.getAttribute('data-pm-slice') ?? '',
  );
  if (!first || !cut) return null;
  const elements = [...page.body.querySelectorAll('*')];
  // something else came along: it is cleaned like any paste, and its cut is forgotten
  if (elements.some((element) => !TAGS.has(element.localName))) return null;
  for (const element of elements) keepAttributes(element, quotes);
  first.setAttribute('data-pm-slice', `${cut[1]} ${cut[2]}${cut[3]} ${checkedContext(cut[4] as string)}`);
  // what was suggested there comes as words, without the signs of its seams
  return page.body.innerHTML.replace(SEAM_SIGNS, '');
}

/** Names of the nodes around the piece, without their attributes. */
function checkedContext(json: string): string {
  let context: unknown;
  try {
    context = JSON.parse(json);
  } catch {
    return '[]';
  }
  if (!Array.isArray(context) || context.length > 40) return '[]';
  const names = context.filter((_, at) => at % 2 === 0);
  if (!names.every((name) => typeof name === 'string' && CONTEXT.has(name))) return '[]';
  return JSON.stringify(names.flatMap((name) => [name, null]));
}

function keepAttributes(element: Element, quotes: boolean): void {
  for (const { name, value } of [...element.attributes]) {
    const kept =
      (element.localName === 'a' && name === 'href') ||
      (quotes && element.localName === 'span' && /^data-(quote|use)$/.test(name) && isQuoteId(value)) ||
      (element.localName === 'ol' && name === 'start' && /^\d{1,6}$/.test(value)) ||
      (/^(ul|li)$/.test(element.localName) && (name === 'data-type' || name === 'data-checked')) ||
      (/^t[hd]$/.test(element.localName) &&
        /^(col|row)span$/.test(name) &&
        /^\d{1,2}$/.test(value) &&
        Number(value) <= MOST_ACROSS);
    if (!kept) element.removeAttribute(name);
  }
}
