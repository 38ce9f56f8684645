import type { ReactNode } from 'react';

const SVG = 'http://www.w3.org/2000/svg';

interface StaticElement {
  readonly type: unknown;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Draws components that only show what they are given, without React: it is not
 * there yet when a page's first text can be. Ids are left out, since they belong
 * to the page that follows, and whatever listens is, too.
 * @param node elements and function components without hooks
 * @throws Error for anything else
 */
export function drawStatic(node: ReactNode, into: Element | DocumentFragment): void {
  if (node === null || node === undefined || typeof node === 'boolean') return;
  if (typeof node === 'string' || typeof node === 'number') {
    into.append(String(node));
    return;
  }
  if (Array.isArray(node)) {
    for (const part of node as readonly ReactNode[]) drawStatic(part, into);
    return;
  }
  const { type, props } = node as unknown as StaticElement;
  if (typeof type === 'string') drawElement(type, props, into);
  else if (type === Symbol.for('react.fragment')) drawStatic(props.children as ReactNode, into);
  else if (typeof type === 'function') drawStatic((type as (props: unknown) => ReactNode)(props), into);
  else throw new Error('only elements and function components are drawn without React');
}

function drawElement(name: string, props: StaticElement['props'], into: Element | DocumentFragment): void {
  const inSvg = name === 'svg' || (into instanceof Element && into.namespaceURI === SVG);
  const element = inSvg ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [prop, value] of Object.entries(props)) setAttribute(element, prop, value, inSvg);
  const html = props.dangerouslySetInnerHTML as { readonly __html: string } | undefined;
  if (html) element.innerHTML = html.__html;
  else drawStatic(props.children as ReactNode, element);
  into.append(element);
}

function setAttribute(element: Element, prop: string, value: unknown, inSvg: boolean): void {
  if (value === null || value === undefined || value === false || typeof value === 'function') return;
  if (prop === 'children' || prop === 'dangerouslySetInnerHTML' || prop === 'id') return;
  if (prop === 'style') {
    Object.assign((element as HTMLElement).style, value);
    return;
  }
  element.setAttribute(attributeName(prop, inSvg), value === true ? '' : String(value));
}

/** As HTML and SVG write what React names otherwise. */
function attributeName(prop: string, inSvg: boolean): string {
  if (prop === 'className') return 'class';
  if (!inSvg) return prop.toLowerCase();
  return prop === 'viewBox' ? prop : prop.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
