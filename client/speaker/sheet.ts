import type { InformationSheet } from '../../shared/api/protection.ts';
import { SHEET_PART_IDS, SHEET_PART_WORDS, sheetBlocks } from '../../shared/protection/information-sheet.ts';
import { longDayOf } from '../ui/dates.ts';
import { h } from './element.ts';

/** What is held on whoever goes on, and why; to be read before anything happens (PRIVACY-2). */
export function sheetBeforehand(sheet: InformationSheet): HTMLElement {
  const parts = SHEET_PART_IDS.filter((part) => sheet.parts[part].trim() !== '');
  return h(
    'details',
    { class: 'sheet' },
    h(
      'summary',
      {},
      'Read first: what we hold about you, and why',
      h('small', {}, `Version ${sheet.version}, of ${longDayOf(sheet.writtenAt)}`),
    ),
    ...parts.flatMap((part) => [
      h('h2', {}, SHEET_PART_WORDS[part].heading),
      ...sheetBlocks(sheet.parts[part]).map((block) =>
        block.kind === 'list'
          ? h('ul', {}, ...block.items.map((item) => h('li', {}, item)))
          : h('p', { class: 'lines' }, block.lines.join('\n')),
      ),
    ]),
  );
}
