import { h } from './element.ts';
import fonts from './fonts.css?url';

/** Asks for the typefaces when nothing else is waited for any more; never where data is to be saved. */
export function askForFonts(): void {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  if (connection?.saveData) return;
  document.head.append(h('link', { rel: 'stylesheet', href: fonts }));
}
