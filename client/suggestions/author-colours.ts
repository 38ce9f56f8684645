/**
 * Each author's colour, for what they suggest. By a sheet of the page's own: there may be hundreds of
 * marks, which the text is drawn with already, and the page allows no styles on elements.
 */
const sheet = new CSSStyleSheet();
let shown = '';

export function colourAuthors(people: readonly { readonly id: string; readonly colour: string }[]): void {
  const rules = people
    .filter(({ id, colour }) => /^[\w-]+$/.test(id) && /^#[0-9a-f]{3,8}$/i.test(colour))
    .flatMap(({ id, colour }) =>
      ['insertion', 'deletion', 'styling', 'seam'].map(
        (name) => `.prose [data-${name}-author="${id}"] { --suggested: ${colour}; }`,
      ),
    )
    .join('\n');
  if (rules === shown) return;
  shown = rules;
  sheet.replaceSync(rules);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
}
