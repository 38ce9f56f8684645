const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** @param html as `toHtml` writes it @returns its words alone, a line for each paragraph, entry or cell */
export function htmlLines(html: string): string {
  return html
    .replace(/<br>|<\/(?:p|h\d|li|td|th|tr|blockquote)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, sign: string) => SIGNS[sign] as string)
    .replace(/\n{2,}/g, '\n')
    .trim();
}
