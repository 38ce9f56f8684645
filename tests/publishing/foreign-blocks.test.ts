import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { draftDocx } from '../../server/publishing/docx-draft.ts';
import { fingerprintOf } from '../../shared/document/fingerprint.ts';
import { toHtml } from '../../shared/document/html.ts';
import { fieldValues, promptMarks, readText } from '../../shared/document/reading.ts';
import { blockWords } from '../../shared/document/words.ts';
import type { CaseOutline } from '../../shared/publishing/case-outline.ts';
import { draftHtml } from '../../shared/publishing/draft-html.ts';
import { block, cell, element, paragraph, putDeep, randomBlock, row } from '../document/foreign.ts';
import { assertInert } from '../document/inert.ts';

function outlineOf(doc: Y.Doc): CaseOutline {
  const part = { school: null, notApplicable: null, text: readText(doc), fields: [] };
  return {
    studyTitle: 'The study',
    title: 'The case',
    subtitle: '',
    schools: [],
    date: '4 March 2031',
    language: 'en-GB',
    sections: [{ number: '1', title: 'First', level: 2, marking: null, parts: [part] }],
  };
}

/** Everything that lists, boards and drafts read of a block. */
async function readAll(doc: Y.Doc): Promise<{ html: string; docx: number }> {
  const text = readText(doc);
  const values = fieldValues(doc);
  promptMarks(doc);
  blockWords(text, values);
  fingerprintOf(text, values);
  const html = toHtml(text);
  assertInert(html);
  const outline = outlineOf(doc);
  assertInert(draftHtml(outline));
  return { html, docx: (await draftDocx(outline)).length };
}

describe('what is read of a block before it is mended', () => {
  it.each([0, 25, 50, 75])('[INPUT-2] is inert, whatever stands in it (seed %i)', async (first) => {
    for (let seed = first; seed < first + 25; seed += 1) {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(randomBlock(seed)));
      const { docx } = await readAll(doc);
      expect(docx, `seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it.each<[string, (content: Y.XmlFragment) => void]>([
    ['three thousand levels', (content) => putDeep(content, 3_000, () => 'blockquote', 'deep')],
    [
      'three thousand lists',
      (content) => putDeep(content, 3_000, (n) => (n % 2 ? 'bulletList' : 'listItem'), 'x'),
    ],
    [
      'spans of a thousand million',
      (content) => content.insert(0, [element('table', [row(cell('a', { colspan: 1e9, rowspan: 1e9 }))])]),
    ],
    [
      'a wide row above thousands of short ones',
      (content) => {
        const wide = row(...Array.from({ length: 60 }, () => cell('', { colspan: 60 })));
        content.insert(0, [element('table', [wide, ...Array.from({ length: 5_000 }, () => row(cell()))])]);
      },
    ],
    [
      'attributes of thousands of letters',
      (content) =>
        content.insert(0, [
          element('heading', 'a', { level: 'x'.repeat(60_000), style: 'y'.repeat(60_000) }),
        ]),
    ],
    [
      'a name of an element that is a script',
      (content) => content.insert(0, [element('script', [paragraph('alert(1)')])]),
    ],
  ])('[INPUT-1] stays within bounds: %s', async (_, make) => {
    const doc = block(make);
    const { html } = await readAll(doc);
    expect(html.length).toBeLessThan(500_000);
  });
});
