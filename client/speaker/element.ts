/** Attributes of an element; what begins with `on` listens. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>
>;
export type Child = Node | string | false | null | undefined;

/**
 * Makes an element. What somebody typed only ever becomes text or the value of an
 * attribute, and so never runs (INPUT-2). The page is small enough to do without React,
 * which alone would be most of what a slow line has to carry.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...shown(children));
  return element;
}

/** Puts children in the place of those that are there. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...shown(children));
}

/** A button that submits nothing by itself. */
export function button(
  words: string,
  look: 'main' | 'plain' | 'word' | 'bad',
  act: () => void,
): HTMLButtonElement {
  return h('button', { type: 'button', class: `button ${look}`, onclick: act }, words);
}

function shown(children: readonly Child[]): (Node | string)[] {
  return children.filter(
    (child): child is Node | string => child !== false && child !== null && child !== undefined,
  );
}
