import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHtml } from '../../shared/document/html.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { assertInert } from './inert.ts';

const words = (
  text: string,
  ...marks: { type: string; attrs?: Record<string, string> }[]
): ProseMirrorJson => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks }),
});
const node = (
  type: string,
  attrs: Record<string, string | number | boolean>,
  ...content: ProseMirrorJson[]
) => ({
  type,
  attrs,
  content,
});

describe('HTML of a block', () => {
  it('writes every node and mark of the schema', () => {
    const json = node(
      'doc',
      {},
      node('heading', { level: 3 }, words('Start')),
      node('paragraph', {}, words('a '), words('b', { type: 'bold' }), words('c', { type: 'italic' })),
      node('paragraph', {}),
      node('orderedList', { start: 4 }, node('listItem', {}, node('paragraph', {}, words('four')))),
      node('taskList', {}, node('taskItem', { checked: true }, node('paragraph', {}, words('done')))),
      node('blockquote', {}, node('paragraph', {}, words('said'))),
      node('horizontalRule', {}),
      node(
        'table',
        {},
        node('tableRow', {}, node('tableHeader', { colspan: 2 }, node('paragraph', {}, words('h')))),
        node(
          'tableRow',
          {},
          node('tableCell', {}, node('paragraph', {}, words('1'), node('hardBreak', {}), words('2'))),
        ),
      ),
    );
    expect(toHtml(json)).toBe(
      '<h3>Start</h3><p>a <strong>b</strong><em>c</em></p><p><br></p>' +
        '<ol start="4"><li><p>four</p></li></ol>' +
        '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><label>' +
        '<input type="checkbox" disabled checked aria-label="Done"><span></span></label><div><p>done</p></div></li></ul>' +
        '<blockquote><p>said</p></blockquote><hr>' +
        '<table><tbody><tr><th colspan="2"><p>h</p></th></tr><tr><td><p>1<br>2</p></td></tr></tbody></table>',
    );
    assertInert(toHtml(json));
  });

  it('keeps the words of nodes it does not know, without their shape', () => {
    expect(toHtml(node('doc', {}, node('video', { src: 'x' }, words('caption'))))).toBe('caption');
  });

  it('moves headings down for deeper outlines, never past the sixth level', () => {
    const json = node(
      'doc',
      {},
      node('heading', { level: 3 }, words('a')),
      node('heading', { level: 4 }, words('b')),
    );
    expect(toHtml(json, { deeperHeadings: 1 })).toBe('<h4>a</h4><h5>b</h5>');
    expect(toHtml(json, { deeperHeadings: 9 })).toBe('<h6>a</h6><h6>b</h6>');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//x',
    '/x',
    'vbscript:x',
  ])('[INPUT-2] makes no link to %s', (href) => {
    const html = toHtml(
      node('doc', {}, node('paragraph', {}, words('x', { type: 'link', attrs: { href } }))),
    );
    expect(html).toBe('<p>x</p>');
  });

  it('[INPUT-2] writes only our own tags and attributes for any JSON of the right outer form', () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onclick='x",
        '\u0000',
        '&lt;',
        '\ud800',
      ),
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
    );
    const scalar = fc.oneof(nasty, fc.integer(), fc.double(), fc.boolean());
    const kind = fc.oneof(
      fc.constantFrom(
        'text',
        'paragraph',
        'heading',
        'taskItem',
        'taskList',
        'orderedList',
        'tableCell',
        'tableHeader',
        'hardBreak',
      ),
      nasty,
    );
    const attrs = fc.dictionary(
      fc.oneof(fc.constantFrom('level', 'start', 'colspan', 'checked', 'href'), nasty),
      scalar,
    );
    const { json } = fc.letrec<{ json: ProseMirrorJson }>((tie) => ({
      json: fc.record(
        {
          type: kind,
          attrs,
          text: nasty,
          marks: fc.array(
            fc.record({ type: fc.oneof(fc.constantFrom('link', 'bold', 'italic'), nasty), attrs }),
            { maxLength: 3 },
          ),
          content: fc.array(tie('json') as fc.Arbitrary<ProseMirrorJson>, {
            maxLength: 4,
            depthIdentifier: 'json',
          }),
        },
        { requiredKeys: ['type'] },
      ) as fc.Arbitrary<ProseMirrorJson>,
    }));
    fc.assert(
      fc.property(json, (given) => assertInert(toHtml(given))),
      { numRuns: 400 },
    );
  });
});

it('[ACCESS-5] says which words are quotes where it is told to, and nowhere else', () => {
  const said = (quote: string, use: string) => ({ type: 'quote', attrs: { quote, use } });
  const content: ProseMirrorJson[] = [
    { type: 'text', text: 'She: ' },
    { type: 'text', text: 'we ', marks: [said('q', 'u')] },
    { type: 'text', text: 'did', marks: [said('q', 'u'), said('r', 'v')] },
    { type: 'text', text: '.', marks: [said('"><script>', 'u')] },
  ];
  const json: ProseMirrorJson = { type: 'doc', content: [{ type: 'paragraph', content }] };
  expect(toHtml(json)).toBe('<p>She: we did.</p>');
  const span = (quote: string, use: string, words: string) =>
    `<span class="quoted" data-quote="${quote}" data-use="${use}">${words}</span>`;
  expect(toHtml(json, { quotes: true })).toBe(
    `<p>She: ${span('q', 'u', 'we ')}${span('r', 'v', span('q', 'u', 'did'))}.</p>`,
  );
});
