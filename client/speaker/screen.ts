import { type Child, fill, h } from './element.ts';

/** The one place of the page that everything is drawn into. */
function place(): HTMLElement {
  const main = document.getElementById('main');
  if (!main) throw new Error('quotes.html has no #main');
  return main;
}

/**
 * Draws another screen in the place of the present one.
 * @param first it was not asked for by pressing anything, so the focus stays where it is
 */
export function showScreen(title: string, children: readonly Child[], { first = false } = {}): void {
  document.title = `${title} · Casebook`;
  const heading = h('h1', { tabindex: '-1' }, title);
  fill(place(), heading, ...children);
  if (first) return;
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

/** What stands at the top right, such as the way out. */
export function showWays(...ways: readonly Child[]): void {
  const top = document.querySelector('header.top');
  top?.querySelector('nav')?.remove();
  if (ways.length > 0) top?.append(h('nav', { 'aria-label': 'Ways from here' }, ...ways));
}
