import express from 'express';
import * as fc from 'fast-check';
import JSZip from 'jszip';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { xml2js } from 'xml-js';
import * as Y from 'yjs';
import { problemHandler } from '../../server/http/problems.ts';
import { draftDocx } from '../../server/publishing/docx-draft.ts';
import { publishingFiles } from '../../server/publishing/publishing-files.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import type { CaseOutline } from '../../shared/publishing/case-outline.ts';
import { assertInert } from '../document/inert.ts';
import { createWorld, paragraph, setUpStudy, type World } from '../studies/world.ts';
import { TEST_PERSON_HEADER } from '../support/parts.ts';

/** All parts of a Word document, each read by a strict XML parser. */
async function readDocx(bytes: Uint8Array): Promise<Record<string, string>> {
  const zip = await JSZip.loadAsync(bytes);
  const parts: Record<string, string> = {};
  for (const [name, file] of Object.entries(zip.files)) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    const xml = await file.async('string');
    expect(() => xml2js(xml), name).not.toThrow();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them
    expect(xml, name).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    parts[name] = xml;
  }
  return parts;
}

function outlineOf(text: ProseMirrorJson, title = 'The case'): CaseOutline {
  const part = { school: null, notApplicable: null, text, fields: [] };
  const section = { number: '1', title: 'First', level: 2, marking: null, parts: [part] };
  return {
    studyTitle: 'The study',
    title,
    subtitle: 'Under it',
    schools: ['Hill, Northtown'],
    date: '4 March 2031',
    language: 'en-GB',
    sections: [section],
  };
}

const p = (text: string): ProseMirrorJson => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const cell = (text: string, attrs: Record<string, number> = {}, type = 'tableCell'): ProseMirrorJson => ({
  type,
  attrs,
  content: [p(text)],
});
const row = (...content: ProseMirrorJson[]): ProseMirrorJson => ({ type: 'tableRow', content });
const doc = (...content: ProseMirrorJson[]): ProseMirrorJson => ({ type: 'doc', content });

describe('a draft as a Word document', () => {
  it('has real headings, numbered lists, tables and links, and says on every page that it is a draft', async () => {
    const link = { type: 'link', attrs: { href: 'https://a.example/?q=1&r=2' } };
    const text = doc(
      { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Inside' }] },
      { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [p('third')] }] },
      { type: 'orderedList', content: [{ type: 'listItem', content: [p('first')] }] },
      { type: 'bulletList', content: [{ type: 'listItem', content: [p('dot')] }] },
      { type: 'taskList', content: [{ type: 'taskItem', attrs: { checked: true }, content: [p('done')] }] },
      { type: 'paragraph', content: [{ type: 'text', text: 'there', marks: [link] }] },
      {
        type: 'table',
        content: [
          row(cell('h', { colspan: 2, rowspan: 1 }, 'tableHeader')),
          row(cell('a', { rowspan: 2 }), cell('b')),
          row(cell('c')),
        ],
      },
    );
    const parts = await readDocx(await draftDocx(outlineOf(text)));
    const body = parts['word/document.xml'] as string;
    expect(body).toContain('<w:pStyle w:val="Title"/>');
    expect(body).toMatch(/<w:pStyle w:val="Heading1"\/>.*1 First/);
    expect(body).toMatch(/<w:pStyle w:val="Heading2"\/>.*Inside/);
    expect(body).toMatch(/<w:gridSpan w:val="2"\/>/);
    expect(body.match(/<w:vMerge/g)).toHaveLength(2);
    expect(body).toContain('☑ ');
    expect(body).not.toContain('☐');
    expect(parts['word/numbering.xml']).toContain('<w:start w:val="3"/>');
    expect(parts['word/_rels/document.xml.rels']).toContain('https://a.example/?q=1&amp;r=2');
    for (const name of ['word/header1.xml', 'word/footer1.xml']) {
      expect(parts[name]).toContain('DRAFT – not for circulation');
    }
  });

  it.each([
    ['rows of different length', [row(cell('a'), cell('b')), row(cell('c'))]],
    ['a cell that spans past the end', [row(cell('a', { rowspan: 9 })), row(cell('b', { colspan: 7 }))]],
    ['cells over each other', [row(cell('a', { colspan: 2, rowspan: 2 })), row(cell('b'), cell('c'))]],
    ['rows without cells', [row(), row(cell('a'))]],
    ['nothing', []],
  ])('[INPUT-2] keeps the words of a table that is none: %s', async (_name, rows) => {
    const parts = await readDocx(
      await draftDocx(outlineOf(doc({ type: 'table', content: rows }, p('after')))),
    );
    const words = (parts['word/document.xml'] as string).match(/<w:t[ >][^<]*<\/w:t>/g)?.join('') ?? '';
    for (const text of rows
      .flatMap((one) => one.content ?? [])
      .map((one) => one.content?.[0]?.content?.[0]?.text)) {
      expect(words).toContain(`>${text}<`);
    }
    expect(words).toContain('>after<');
  });

  it('[INPUT-2] is well-formed and links only where links may go, whatever stands in it', async () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        ']]><x/>',
        '"><w:fldSimple w:instr="DDEAUTO"/>',
        '\u0000\u0008',
        '\ud800',
        'file:///etc/passwd',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('javascript:alert(1)', 'https://a.example/"><script>&<', 'mailto:a@b.example'),
    );
    const kinds = fc.constantFrom(
      'text',
      'paragraph',
      'heading',
      'bulletList',
      'orderedList',
      'listItem',
      'taskList',
      'taskItem',
      'blockquote',
      'table',
      'tableRow',
      'tableCell',
      'tableHeader',
      'hardBreak',
      'horizontalRule',
      'other',
    );
    const attrs = fc.dictionary(
      fc.constantFrom('level', 'start', 'colspan', 'rowspan', 'checked', 'href'),
      fc.oneof(nasty, fc.integer({ min: -2, max: 5 }), fc.boolean()),
    );
    const { json } = fc.letrec<{ json: ProseMirrorJson }>((tie) => ({
      json: fc.record(
        {
          type: kinds,
          attrs,
          text: nasty,
          marks: fc.array(fc.record({ type: fc.constantFrom('link', 'bold'), attrs }), { maxLength: 2 }),
          content: fc.array(tie('json') as fc.Arbitrary<ProseMirrorJson>, { maxLength: 4 }),
        },
        { requiredKeys: ['type'] },
      ) as fc.Arbitrary<ProseMirrorJson>,
    }));
    await fc.assert(
      fc.asyncProperty(json, nasty, async (given, title) => {
        const parts = await readDocx(await draftDocx(outlineOf(doc(given), title)));
        for (const [, target] of (parts['word/_rels/document.xml.rels'] ?? '').matchAll(
          /Target="([^"]*)"[^>]*External/g,
        )) {
          expect(target).toMatch(/^(https?|mailto|tel):/);
        }
        expect(parts['word/document.xml']).not.toMatch(/<w:(fldSimple|instrText)/);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('exports over HTTP', () => {
  let world: World;
  let base: string;
  let stop: () => Promise<unknown>;
  beforeEach(async () => {
    world = await createWorld();
    const app = express().use(publishingFiles(world.parts)).use(problemHandler(world.parts.log));
    const server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as { port: number }).port}/api/cases`;
    stop = () => new Promise((resolve) => server.close(resolve));
  });
  afterEach(async () => {
    await stop();
    await world.close();
  });

  const get = (personId: string | null, path: string) =>
    fetch(`${base}/${path}`, { headers: personId === null ? {} : { [TEST_PERSON_HEADER]: personId } });

  it('write what is on disk, inert and marked for whom it is', async () => {
    const { caseId, schoolId, block } = await setUpStudy(world, 'one');
    const { cleo, dan } = world.people;
    await world.write(block('1'), cleo, paragraph('<script>alert(1)</script> said the head'));
    await world.write(block('12', schoolId), cleo, paragraph('Ring first'));
    await world.write(block('3'), cleo, (ydoc) => {
      const script = new Y.XmlElement('script');
      ydoc.getXmlFragment('content').insert(0, [script]);
      script.insert(0, [new Y.XmlText('alert(2)')]);
      ydoc.getXmlFragment('content').insert(1, [new Y.Map() as unknown as Y.XmlText]);
    });
    const page = await get(dan, `${caseId}/export.html`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(page.headers.get('content-disposition')).toMatch(/^inline; filename="Case one \(draft\)\.html"/);
    const html = await page.text();
    assertInert(html);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; said the head');
    expect(html).toContain('alert(2)');
    expect(html).toContain('School one, Northtown');
    expect(html).toContain('Team only');

    const word = await get(dan, `${caseId}/export.docx`);
    expect(word.headers.get('content-type')).toContain('wordprocessingml');
    expect(word.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Case one \(draft\)\.docx"/,
    );
    const parts = await readDocx(new Uint8Array(await word.arrayBuffer()));
    expect(parts['word/document.xml']).toContain('&lt;script&gt;alert(1)&lt;/script&gt; said the head');
    expect(parts['word/document.xml']).toContain('Ring first');
  });

  it('[ACCESS-1] are for the team alone', async () => {
    const { caseId, schoolId } = await setUpStudy(world, 'one');
    const { eve, stranger, ada } = world.people;
    await world.joinAsContact(caseId, schoolId, eve);
    for (const ending of ['html', 'docx']) {
      expect((await get(null, `${caseId}/export.${ending}`)).status).toBe(401);
      expect((await get(stranger, `${caseId}/export.${ending}`)).status).toBe(404);
      expect((await get(eve, `${caseId}/export.${ending}`)).status).toBe(404);
      expect((await get(ada, `no-such-case/export.${ending}`)).status).toBe(404);
    }
    await world.call('DELETE /api/cases/:caseId', ada, { caseId });
    expect((await get(ada, `${caseId}/export.html`)).status).toBe(410);
  });

  it('refuse rather than pass over a section that cannot be read', async () => {
    const { caseId, block } = await setUpStudy(world, 'one');
    const { ada } = world.people;
    await world.write(block('1'), ada, paragraph('x'));
    world.parts.database.raw
      .prepare("update block_log set bytes = x'00ff' where block_id = ?")
      .run(block('1'));
    const reply = await get(ada, `${caseId}/export.html`);
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject({ code: 'unavailable' });
  });

  it('write the whole built-in framework, section by section', async () => {
    const { caseId } = await setUpStudy(world, 'one');
    const html = await (await get(world.people.ada, `${caseId}/export.html`)).text();
    for (const section of mentoringAndCoaching.sections.filter((one) => !one.onlyForAuthority)) {
      expect(html).toContain(section.title.replace(/&/g, '&amp;').replace(/'/g, '&#39;'));
    }
  });
});
