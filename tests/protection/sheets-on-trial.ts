import { SHEET_PART_IDS, type SheetParts } from '../../shared/protection/information-sheet.ts';

/** A sheet that can be shown. @param held words of one part, to tell versions apart */
export function sheetOf(held: string): SheetParts {
  return {
    ...(Object.fromEntries(SHEET_PART_IDS.map((part) => [part, `Words of ${part}.`])) as SheetParts),
    held,
  };
}
