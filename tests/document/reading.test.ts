import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { fingerprint } from '../../shared/document/fingerprint.ts';
import { toHtml } from '../../shared/document/html.ts';
import { fieldValues, promptMarks, READING_DEPTH, readText } from '../../shared/document/reading.ts';
import { plainText } from '../../shared/document/words.ts';
import { assertInert } from './inert.ts';

function paragraph(...texts: (Y.XmlText | Y.XmlElement)[]): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, texts);
  return element;
}

function text(words: string, marks?: Record<string, unknown>): Y.XmlText {
  const piece = new Y.XmlText();
  piece.insert(0, words, marks as object | undefined);
  return piece;
}

/** A document as it comes over the wire: its roots have no types yet. */
function received(source: Y.Doc): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source));
  return doc;
}

describe('reading a block', () => {
  it('gives the running text as ProseMirror JSON, as y-tiptap would', () => {
    const doc = new Y.Doc();
    const heading = new Y.XmlElement('heading');
    heading.setAttribute('level', 3 as unknown as string);
    heading.insert(0, [text('Before')]);
    const mixed = text('plain ');
    mixed.insert(6, 'bold', { bold: {} });
    mixed.insert(10, ' link', { bold: null, link: { href: 'https://a.example/', target: null } } as object);
    doc.getXmlFragment('content').insert(0, [heading, paragraph(mixed)]);
    expect(readText(received(doc))).toEqual({
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Before' }] },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'plain ' },
            { type: 'text', text: 'bold', marks: [{ type: 'bold' }] },
            { type: 'text', text: ' link', marks: [{ type: 'link', attrs: { href: 'https://a.example/' } }] },
          ],
        },
      ],
    });
  });

  it('reads marks that may overlap by their name without the hash', () => {
    const doc = new Y.Doc();
    doc.getXmlFragment('content').insert(0, [paragraph(text('x', { 'anchor--abcdEFG1': { id: 'q' } }))]);
    expect(readText(doc).content?.[0]?.content?.[0]?.marks).toEqual([{ type: 'anchor', attrs: { id: 'q' } }]);
  });

  it('gives texts, values, rows and prompt marks, each by its own key', () => {
    const doc = new Y.Doc();
    doc.getText('field/aim').insert(0, 'To read together');
    doc.getText('field/empty');
    const fields = doc.getMap('fields');
    fields.set('value/roll', '240');
    fields.set('option/stages/early', true);
    fields.set('option/stages/late', false);
    fields.set('row/people/r1', 'a0');
    fields.set('prompt/why', 'ask');
    fields.set('prompt/how', 'answered');
    fields.set('prompt/odd', 'perhaps');
    fields.set('elsewhere', 'x');
    const read = received(doc);
    expect(fieldValues(read)).toEqual({
      'field/aim': 'To read together',
      'option/stages/early': true,
      'row/people/r1': 'a0',
      'value/roll': '240',
    });
    expect(promptMarks(read)).toEqual({ how: 'answered', why: 'ask' });
  });

  it('[INPUT-1] [INPUT-2] passes over what is no text: maps, arrays, binary, embeds, other types of roots', () => {
    const doc = new Y.Doc();
    const content = doc.getXmlFragment('content');
    content.insert(0, [paragraph(text('kept'))]);
    content.insert(1, [new Y.Map() as unknown as Y.XmlText, new Y.Array() as unknown as Y.XmlText]);
    content.insert(3, [new Y.XmlHook('hook') as unknown as Y.XmlText]);
    const embedding = new Y.XmlText();
    embedding.insertEmbed(0, { image: 'javascript:alert(1)' });
    content.insert(4, [embedding]);
    doc.getMap('fields').set('value/a', new Y.Map());
    doc.getMap('fields').set('value/b', { nested: true });
    doc.getMap('fields').set('value/c', 7);
    doc.getMap('fields').set('__proto__', 'x');
    doc.getArray('field/list').insert(0, ['not a text']);
    const read = received(doc);
    expect(plainText(readText(read))).toBe('kept');
    expect(fieldValues(read)).toEqual({});
    expect(promptMarks(read)).toEqual({});
    expect(toHtml(readText(read))).toBe('<p>kept</p>');
  });

  it('reads roots that this process already holds as other types as empty', () => {
    const doc = new Y.Doc();
    doc.getMap('content').set('x', 'y');
    doc.getArray('fields').push([1]);
    doc.getMap('field/a').set('x', 'y');
    expect(readText(doc)).toEqual({ type: 'doc', content: [] });
    expect(fieldValues(doc)).toEqual({});
  });

  it('[INPUT-1] reads ten thousand levels without falling over, keeping the words', () => {
    const doc = new Y.Doc();
    doc.transact(() => {
      let parent: Y.XmlFragment = doc.getXmlFragment('content');
      for (let level = 0; level < 10_000; level += 1) {
        const child = new Y.XmlElement('blockquote');
        parent.insert(0, [child]);
        parent = child;
      }
      parent.insert(0, [text('at the bottom')]);
    });
    const json = readText(received(doc));
    expect(plainText(json)).toBe('at the bottom');
    expect(depthOf(json)).toBeLessThanOrEqual(READING_DEPTH + 2);
    expect(toHtml(json)).toContain('at the bottom');
    expect(fingerprint(doc)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('[INPUT-2] never throws and writes nothing that runs, whatever elements, attributes and marks stand there', () => {
    const name = fc.oneof(
      fc.constantFrom(
        'paragraph',
        'script',
        'img',
        'taskItem',
        'table',
        'tableCell',
        'a" onload="x',
        'svg/onload',
      ),
      fc.string(),
    );
    const value = fc.oneof(
      fc.constantFrom(
        'javascript:alert(1)',
        '"><script>alert(1)</script>',
        'https://ok.example/',
        ' data:text/html,x',
      ),
      fc.string(),
      fc.integer(),
      fc.boolean(),
    );
    const node = fc.record({
      name,
      attributes: fc.dictionary(
        fc.oneof(fc.constantFrom('level', 'href', 'onclick', 'start', 'colspan'), fc.string()),
        value,
        {
          maxKeys: 3,
        },
      ),
      words: fc.oneof(value, fc.string({ unit: 'binary' })),
      mark: fc.oneof(fc.constantFrom('link', 'bold', 'script'), fc.string()),
      markValue: fc.oneof(fc.record({ href: value }), value, fc.constant(null)),
      depth: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 6 }), (nodes) => {
        const doc = new Y.Doc();
        let parent: Y.XmlFragment = doc.getXmlFragment('content');
        for (const each of nodes) {
          const element = new Y.XmlElement(each.name);
          parent.insert(0, [element]);
          for (const [key, said] of Object.entries(each.attributes)) {
            element.setAttribute(key, said as string);
          }
          const piece = new Y.XmlText();
          element.insert(0, [piece]);
          piece.insert(0, String(each.words), { [each.mark]: each.markValue });
          parent = each.depth > 1 ? element : doc.getXmlFragment('content');
        }
        assertInert(toHtml(readText(received(doc))));
      }),
      { numRuns: 150 },
    );
  });
});

function depthOf(node: { readonly content?: readonly object[] }): number {
  return 1 + Math.max(0, ...(node.content ?? []).map((child) => depthOf(child)));
}
