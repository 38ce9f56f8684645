const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Stands for whoever the text refers to: an index holds no name, so that none has to be taken out of it (ERASE-1). */
const SOMEBODY_NAMED = '…';

/** @param html as `toHtml` writes it @returns its words alone, a line for each paragraph, entry or cell */
export function htmlLines(html: string): string {
  return html
    .replace(/<span class="named">[^<]*<\/span>/g, SOMEBODY_NAMED)
    .replace(/<br>|<\/(?:p|h\d|li|td|th|tr|blockquote)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, sign: string) => SIGNS[sign] as string)
    .replace(/\n{2,}/g, '\n')
    .trim();
}
