/** What somebody typed where a figure is asked for; it is kept as typed, whatever it is. */
export type Figure =
  | { readonly kind: 'none' }
  | { readonly kind: 'figure'; readonly value: number }
  | { readonly kind: 'words' };

/** Reads `1,240`, `1 240`, `12.5`, `12.5 %`, `£3,000`; anything else is words. */
export function readFigure(typed: string): Figure {
  const text = typed.trim();
  if (text === '') return { kind: 'none' };
  const bare = text
    .replace(/^[£€$]\s*/, '')
    .replace(/\s*%$/, '')
    .replace(/(?<=\d)[,\u00a0\u202f\u2009 ](?=\d{3}(?:\D|$))/g, '');
  return /^[-\u2212]?\d+(?:\.\d+)?$/.test(bare)
    ? { kind: 'figure', value: Number(bare.replace('\u2212', '-')) }
    : { kind: 'words' };
}

/** @returns a hint for the writer, gentle: nothing is refused; null where all is well */
export function figureHint(
  typed: string,
  bounds: { readonly min?: number; readonly max?: number },
): string | null {
  const figure = readFigure(typed);
  if (figure.kind === 'none') return null;
  if (figure.kind === 'words') return 'Not a figure by itself. Kept as you typed it.';
  if (bounds.min !== undefined && figure.value < bounds.min)
    return `Usually ${bounds.min} or more. Kept all the same.`;
  if (bounds.max !== undefined && figure.value > bounds.max)
    return `Usually ${bounds.max} or less. Kept all the same.`;
  return null;
}

/** @returns a hint where what was typed is not a year or a school year such as 2024/25 */
export function yearHint(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /^(19|20)\d\d(\s*[/\u2013-]\s*(\d\d|(19|20)\d\d))?$/.test(text)) return null;
  return 'A year, such as 2025 or 2024/25.';
}

/** Reads an ISO date, as a day of the calendar: `2026-03-14` → `14 March 2026`; null where it is none. */
export function dayInWords(iso: string): string | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
