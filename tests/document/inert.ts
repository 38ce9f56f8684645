import { expect } from 'vitest';

const TAGS = new Set(
  (
    'a blockquote body br dd div dl dt em h1 h2 h3 h4 h5 h6 head header hr html input label li main meta ol p ' +
    'section span strong style table tbody td th title tr ul'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'aria-hidden aria-label charset checked class colspan content data-checked data-type disabled href lang name ' +
    'rel rowspan start target type'
  ).split(' '),
);

/**
 * Reads HTML strictly, as a browser's tokeniser would at its most willing, and
 * fails on any tag, attribute or target that is not one of ours (INPUT-2).
 */
export function assertInert(html: string): void {
  const body = html.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/g, '');
  let at = 0;
  for (let open = body.indexOf('<', at); open !== -1; open = body.indexOf('<', at)) {
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/.exec(body.slice(open));
    expect(tag, `a tag that is not one of ours: ${body.slice(open, open + 80)}`).not.toBeNull();
    const [whole, , name, attributes] = tag as unknown as [string, string, string, string];
    expect(TAGS, whole).toContain(name);
    for (const [, attribute, value] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
      expect(ATTRIBUTES, whole).toContain(attribute);
      if (attribute === 'href') expect(value).toMatch(/^\s*(https?:|mailto:|tel:)/i);
    }
    at = open + whole.length;
  }
}
