/**
 * Tables for spreadsheets. A spreadsheet takes a cell that begins with one of
 * these for a formula, and runs it; the wide forms count for some, and a separator
 * of another country's habits makes a new cell in the midst of one.
 */
const FORMULA = /(^|[,;|"'\t])(\s*)([=+\-@＝＋－＠])/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]+/g;

/** Stands before the first line, so that spreadsheets read what follows as UTF-8. */
export const CSV_START = '\ufeff';

/** @returns one cell: always in quotes, on one line, and never a formula */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const plain = value.replace(CONTROL, ' ').replace(FORMULA, "$1$2'$3");
  return `"${plain.replaceAll('"', '""')}"`;
}

/** @returns one line with its end (RFC 4180) */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
