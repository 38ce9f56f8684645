/**
 * A whole number as English writes it: `12,345`. Not by `Intl`, whose first
 * formatter takes milliseconds to make and would be made while a page opens.
 */
export function groupedNumber(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
