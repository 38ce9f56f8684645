import type { ThreadAudience } from '../../shared/comments/thread-event.ts';

/**
 * Which anchors are drawn, and how: by rules in a style sheet of its own. The marks stand in the
 * text anyway, so nothing is drawn anew in an editor when a thread comes, goes or is pointed at,
 * and no key waits for it.
 */
export class AnchorStyles {
  readonly #open = new CSSStyleSheet();
  readonly #inHand = new CSSStyleSheet();

  constructor() {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#open, this.#inHand];
  }

  /** @param anchors of threads that are open */
  showOpen(anchors: readonly { readonly id: string; readonly audience: ThreadAudience }[]): void {
    const of = (audience: ThreadAudience) =>
      selector(anchors.filter((one) => one.audience === audience).map(({ id }) => id));
    this.#open.replaceSync(
      rule(
        of('team'),
        'background: color-mix(in srgb, var(--talk) 55%, transparent); box-shadow: inset 0 -1.5px var(--talk-line); cursor: pointer;',
      ) +
        rule(
          of('school'),
          'background: var(--accent-soft); box-shadow: inset 0 -1.5px var(--accent); cursor: pointer;',
        ),
    );
  }

  /**
   * @param anchors of threads in hand or pointed at
   * @param parts selectors of the fields and quotes that others are about
   */
  showInHand(
    anchors: readonly { readonly id: string; readonly audience: ThreadAudience }[],
    parts: { readonly fields: readonly string[]; readonly quotes: readonly string[] },
  ): void {
    const of = (audience: ThreadAudience) =>
      selector(anchors.filter((one) => one.audience === audience).map(({ id }) => id));
    this.#inHand.replaceSync(
      rule(of('team'), 'background: var(--talk); box-shadow: inset 0 -2px var(--talk-line);') +
        rule(of('school'), 'background: color-mix(in srgb, var(--accent) 20%, var(--accent-soft));') +
        rule(parts.quotes.join(','), 'background: var(--talk);') +
        rule(
          parts.fields.join(','),
          'outline: 2px solid var(--talk-line); outline-offset: 4px; border-radius: 3px;',
        ),
    );
  }

  end(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.#open && sheet !== this.#inHand,
    );
  }
}

function selector(ids: readonly string[]): string {
  // ids hold letters, digits, - and _ alone, see anchor-key.ts
  return ids.map((id) => `.prose [data-anchor='${CSS.escape(id)}']`).join(',');
}

function rule(where: string, what: string): string {
  return where === '' ? '' : `@media screen { ${where} { ${what} } }\n`;
}
