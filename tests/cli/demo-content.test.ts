import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { blockEdits, rowOrder } from '../../server/cli/demo/block-content.ts';
import { type BlockScript, caseBlocks, larkfieldBlocks } from '../../server/cli/demo/case-blocks.ts';
import type { CaseContent, SectionContent } from '../../server/cli/demo/case-content.ts';
import { larkfield } from '../../server/cli/demo/larkfield.ts';
import { h, p, steps, table } from '../../server/cli/demo/prose.ts';
import { demoStudy } from '../../server/cli/demo/study.ts';
import { ANCHOR_MARK } from '../../shared/document/anchor-key.ts';
import {
  CONTENT,
  FIELDS,
  LONG_TEXT_CHARACTERS,
  optionKey,
  promptKey,
  rowKey,
  SHORT_TEXT_CHARACTERS,
  sourceKey,
  textKey,
  valueKey,
  yearKey,
} from '../../shared/document/block-parts.ts';
import { chosenIds, fieldText, rowIds } from '../../shared/document/field-values.ts';
import { isSafeHref } from '../../shared/document/links.ts';
import { QUOTE_MARK } from '../../shared/document/quote-key.ts';
import {
  type FieldValues,
  fieldValues,
  type ProseMirrorJson,
  promptMarks,
  readText,
} from '../../shared/document/reading.ts';
import { blockSchema } from '../../shared/document/schema.ts';
import { SUGGESTION_MARKS } from '../../shared/document/suggestion-key.ts';
import { blockWords } from '../../shared/document/words.ts';
import { blockSlots, findSection, type Section, type SimpleField } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

const schema = blockSchema();

function counter(): () => string {
  let next = 0;
  return () => `row-${++next}`;
}

function sectionOf(id: string): Section {
  const section = findSection(mentoringAndCoaching, id);
  if (!section) throw new Error(`no section ${id}`);
  return section;
}

function written({ edits }: Pick<BlockScript, 'edits'>): Y.Doc {
  const doc = new Y.Doc();
  for (const { change } of [...edits.first, ...edits.sinceAgreed]) doc.transact(() => change(doc));
  return doc;
}

/** @returns the words of each text of its own */
function readWords(nodes: readonly ProseMirrorJson[]): string[] {
  return nodes.flatMap((node) => (node.text === undefined ? readWords(node.content ?? []) : [node.text]));
}

function scriptsOf(content: CaseContent): readonly BlockScript[] {
  return caseBlocks(mentoringAndCoaching, content, counter());
}

/** Every script of the demo, by a name that says where it is from. */
const everyBlock = demoStudy.cases.flatMap((content) =>
  scriptsOf(content).map(
    (script) =>
      [
        `${content.title}, ${script.sectionId}${script.schoolKey ? ` of ${script.schoolKey}` : ''}`,
        script,
      ] as const,
  ),
);

/** All keys that a block of this section may hold with these rows, in the fields' map and as roots. */
function possibleKeys(section: Section, values: FieldValues): Set<string> {
  const keys = new Set<string>([CONTENT, FIELDS, ...section.prompts.map(({ id }) => promptKey(id))]);
  const add = (field: SimpleField, row?: { groupId: string; rowId: string }) => {
    const place = { fieldId: field.id, ...(row && { row }) };
    if (field.kind === 'short-text' || field.kind === 'long-text') keys.add(textKey(place));
    else if (field.kind === 'many-choices') {
      for (const { id } of field.options) keys.add(optionKey(place, id));
    } else if (field.kind === 'checklist') for (const { id } of field.items) keys.add(optionKey(place, id));
    else keys.add(valueKey(place));
    if (field.kind === 'number' && field.withYear) keys.add(yearKey(place));
    if (field.kind === 'number' && field.withSource) keys.add(sourceKey(place));
  };
  for (const field of section.fields) {
    if (field.kind !== 'group') add(field);
    else {
      for (const rowId of rowIds(values, field.id)) {
        keys.add(rowKey(field.id, rowId));
        for (const inner of field.fields) add(inner, { groupId: field.id, rowId });
      }
    }
  }
  return keys;
}

function linksIn(node: ProseMirrorJson): unknown[] {
  const own = (node.marks ?? []).filter(({ type }) => type === 'link').map(({ attrs }) => attrs?.href);
  return [...own, ...(node.content ?? []).flatMap(linksIn)];
}

describe('the content of the demo', () => {
  it.each(everyBlock)('holds only what the framework asks for: %s', (_, script) => {
    const section = sectionOf(script.sectionId);
    const doc = written(script);
    const values = fieldValues(doc);
    const possible = possibleKeys(section, values);
    const held = [...doc.share.keys(), ...doc.getMap(FIELDS).keys()];
    expect(held.filter((key) => !possible.has(key))).toEqual([]);
    expect(Object.keys(promptMarks(doc)).sort()).toEqual(Object.keys(script.content.prompts ?? {}).sort());
  });

  it.each(everyBlock)('has values that its fields can hold: %s', (_, script) => {
    const section = sectionOf(script.sectionId);
    const values = fieldValues(written(script));
    const check = (field: SimpleField, row?: { groupId: string; rowId: string }) => {
      const place = { fieldId: field.id, ...(row && { row }) };
      const text = fieldText(field, place, values);
      if (field.kind === 'short-text') {
        expect(text.length, field.id).toBeLessThanOrEqual(SHORT_TEXT_CHARACTERS);
        expect(text, field.id).not.toContain('\n');
      } else if (field.kind === 'long-text') expect(text.length).toBeLessThanOrEqual(LONG_TEXT_CHARACTERS);
      else if (field.kind === 'choice' && text) {
        expect(field.options.map(({ id }) => id)).toContain(text);
      } else if (field.kind === 'yes-no' && text) expect(['yes', 'no', 'unknown']).toContain(text);
      else if (field.kind === 'number' && text) expect(text, field.id).toMatch(/^\d+(\.\d+)?$/);
      else if (field.kind === 'date' && text) expect(text, field.id).toMatch(/^\d{4}-\d\d-\d\d$/);
      if (row && field.required && field.kind !== 'many-choices') expect(text, field.id).not.toBe('');
    };
    for (const field of section.fields) {
      if (field.kind !== 'group') check(field);
      else {
        for (const rowId of rowIds(values, field.id)) {
          for (const inner of field.fields) check(inner, { groupId: field.id, rowId });
        }
      }
    }
  });

  it.each(everyBlock)('is text that the editor reads as it was written: %s', (_, script) => {
    const doc = written(script);
    const node = schema.nodeFromJSON({
      type: 'doc',
      content: script.content.prose?.length ? script.content.prose : [{ type: 'paragraph' }],
    });
    node.check();
    const read = yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment(CONTENT), schema);
    if (script.content.prose?.length) {
      read.check();
      expect(read.toJSON()).toEqual(node.toJSON());
    } else expect(doc.getXmlFragment(CONTENT).length).toBe(0);
    for (const href of linksIn(readText(doc))) expect(isSafeHref(href)).toBe(true);
  });

  it('names nobody’s address, site or telephone: all are of the kinds kept free for fiction', () => {
    const all = JSON.stringify(demoStudy.cases);
    const hosts = [...all.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+)/g)].map(([, host]) => host);
    expect(hosts.length).toBeGreaterThan(5);
    for (const host of hosts) expect(host).toMatch(/(^example\.(org|com)|\.example)$/);
    // 01632 960000 to 960999 are never given to anybody
    for (const [number] of all.matchAll(/\b0\d[\d ]{8,}/g)) expect(number).toMatch(/^01632 960 \d{3}$/);
  });

  it('shows six cases at six stages, one of several schools, one of a whole authority', () => {
    expect(demoStudy.cases.map(({ stage }) => stage).sort()).toEqual(
      ['approved', 'drafting', 'editing', 'scoping', 'visit', 'with-school'].sort(),
    );
    expect(demoStudy.cases.filter(({ authority }) => authority)).toHaveLength(1);
    expect(demoStudy.cases.some(({ authority, schools }) => !authority && schools.length === 4)).toBe(true);
    const authority = demoStudy.cases.find((content) => content.authority);
    expect(authority?.sections.map(({ section }) => section)).toContain('4-authority');
    const names = demoStudy.cases.flatMap(({ schools }) => schools.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  it('says of a section that it is ready or agreed only where something is written', () => {
    const said = everyBlock.filter(([, { content }]) => content.status);
    expect(said.length).toBeGreaterThan(30);
    for (const [name, script] of said) {
      const doc = written(script);
      const { size } = doc.getMap(FIELDS);
      expect(blockWords(readText(doc), fieldValues(doc)) + size, name).toBeGreaterThan(0);
    }
  });

  it('lets only those agree who may', () => {
    for (const [name, { content }] of everyBlock) {
      if (content.status === 'agreed') expect(['lead', 'editor'], name).toContain(content.statusBy);
    }
  });

  it('leaves nothing open in the approved case', () => {
    const approved = demoStudy.cases.find(({ stage }) => stage === 'approved') as CaseContent;
    const slots = blockSlots(mentoringAndCoaching, {
      schoolIds: approved.schools.map(({ key }) => key),
      authority: approved.authority,
    });
    const scripts = scriptsOf(approved);
    expect(scripts).toHaveLength(slots.length);
    for (const { content } of scripts) {
      expect(content.status === 'agreed' || content.notApplicable !== undefined).toBe(true);
    }
  });
});

describe('the nearly complete case', () => {
  const scripts = larkfieldBlocks(counter());

  it('has every block of its school, none left out', () => {
    const slots = blockSlots(mentoringAndCoaching, { schoolIds: ['larkfield'], authority: false });
    expect(scripts.map(({ sectionId, schoolKey }) => `${sectionId}/${schoolKey}`)).toEqual(
      slots.map(({ sectionId, schoolId }) => `${sectionId}/${schoolId}`),
    );
  });

  it('is some seven thousand words long', () => {
    const words = scripts.map((script) => {
      const doc = written(script);
      return blockWords(readText(doc), fieldValues(doc));
    });
    const all = words.reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(5_000);
    expect(all).toBeLessThan(8_000);
  });

  it('shows every kind of text and mark that a section may hold', () => {
    const types = new Set<string>();
    const collect = (node: ProseMirrorJson) => {
      types.add(node.type);
      for (const mark of node.marks ?? []) types.add(mark.type);
      for (const child of node.content ?? []) collect(child);
    };
    for (const { content } of scripts) for (const node of content.prose ?? []) collect(node);
    if (demoStudy.cases.some(({ quoted }) => quoted)) types.add(QUOTE_MARK);
    // only a study that was planted knows the id of anybody to refer to
    types.add('reference');
    // of what people say of a text and would change in it, nothing is planted
    for (const type of [ANCHOR_MARK, ...SUGGESTION_MARKS]) types.add(type);
    const possible = [...Object.keys(schema.nodes), ...Object.keys(schema.marks)];
    expect(possible.filter((type) => !types.has(type))).toEqual(['doc', 'hardBreak']);
  });

  it('quotes words that stand in the text, of speakers and schools that there are', () => {
    for (const { quoted, schools, sections } of demoStudy.cases) {
      for (const { school } of quoted?.speakers ?? [])
        expect(schools.map(({ key }) => key)).toContain(school);
      for (const { speaker, section, words, since } of quoted?.quotes ?? []) {
        expect(quoted?.speakers.map(({ key }) => key)).toContain(speaker);
        const text = readWords(sections.find((each) => each.section === section)?.prose ?? []);
        expect(
          text.filter((each) => each.includes(words)),
          words,
        ).toHaveLength(1);
        if (since) expect(words).toContain(since.was);
      }
    }
  });

  it('has fields of every kind filled in but the date, which is asked for filming alone', () => {
    const kinds = new Set<string>();
    for (const { sectionId, content } of scripts) {
      for (const [id, value] of Object.entries(content.fields ?? {})) {
        const field = sectionOf(sectionId).fields.find((candidate) => candidate.id === id);
        kinds.add(field?.kind ?? 'none');
        if (field?.kind === 'group') expect((value as readonly unknown[]).length).toBeGreaterThan(0);
      }
    }
    expect([...kinds].sort()).toEqual(
      ['choice', 'group', 'long-text', 'many-choices', 'number', 'short-text', 'yes-no'].sort(),
    );
  });

  it('has prompts answered and still to ask, one section that does not apply, and words that lost their place', () => {
    const marks = scripts.flatMap(({ content }) => Object.values(content.prompts ?? {}));
    expect(marks.filter((mark) => mark === 'answered').length).toBeGreaterThan(60);
    expect(marks.filter((mark) => mark === 'ask').length).toBeGreaterThan(5);
    expect(scripts.filter(({ content }) => content.notApplicable)).toHaveLength(1);
    expect(scripts.flatMap(({ content }) => content.lostWords ?? []).length).toBeGreaterThan(1);
  });

  it('is written by several people, turn by turn, and one section changed since it was agreed', () => {
    const writers = new Set(scripts.flatMap(({ edits }) => edits.first.map(({ by }) => by)));
    expect([...writers].sort()).toEqual(['contact', 'editor', 'first', 'second']);
    const changed = scripts.filter(({ edits }) => edits.sinceAgreed.length > 0);
    expect(changed.map(({ content }) => content.status)).toEqual(['agreed']);
  });

  it('[SAVE-3] goes forward only: each turn keeps what stood there but for the words that it changes', () => {
    const script = scripts.find(({ sectionId }) => sectionId === '2.4') as BlockScript;
    const doc = new Y.Doc();
    let before = 0;
    for (const { change } of script.edits.first) {
      doc.transact(() => change(doc));
      const { length } = doc.getXmlFragment(CONTENT);
      expect(length).toBeGreaterThanOrEqual(before);
      before = length;
    }
    expect(JSON.stringify(readText(doc))).not.toContain('This was felt to be important by everybody');
    expect(larkfield.stage).toBe('drafting');
  });
});

describe('how content becomes edits', () => {
  const focus = sectionOf('1');
  const refused = (content: Partial<SectionContent>, section = focus) =>
    expect(() => {
      const edits = blockEdits(section, { section: section.id, ...content }, counter());
      written({ edits });
    });

  it('refuses a field, option or prompt that the section does not have', () => {
    refused({ fields: { goals: 'x' } }).toThrow('section 1 has no goals');
    refused({ prompts: { goals: 'ask' } }).toThrow('section 1 has no goals');
    refused({ fields: { approach: 'tutoring' } }, sectionOf('profile')).toThrow('approach has no tutoring');
    refused({ fields: { area: ['moon'] } }, sectionOf('profile')).toThrow('area has no moon');
  });

  it('refuses a value of another kind than the field’s, and text where a section has none', () => {
    refused({ fields: { goal: ['x'] } }).toThrow('goal takes words');
    refused({ fields: { observation: 'perhaps' } }, sectionOf('2.4')).toThrow('yes, no or unknown');
    refused({ fields: { skills: 'x' } }, sectionOf('2.4')).toThrow('skills takes rows');
    refused({ prose: [p('x')] }, sectionOf('profile')).toThrow('no running text');
    refused({ prose: [p('x')], revisions: [{ by: 'editor', was: 'y', now: 'z' }] }).toThrow('no words “z”');
  });

  it('refuses a block that the case does not have, and one that is given twice', () => {
    const twice = { ...larkfield, sections: [{ section: '1' }, { section: '1' }] };
    expect(() => scriptsOf(twice)).toThrow('no (other) block 1');
    const authority = { ...larkfield, sections: [{ section: '4-authority' }] };
    expect(() => scriptsOf(authority)).toThrow('no (other) block 4-authority');
    const nowhere = { ...larkfield, sections: [{ section: '12', school: 'elsewhere' }] };
    expect(() => scriptsOf(nowhere)).toThrow('no (other) block 12 of elsewhere');
  });

  it('keeps rows and choices in their order', () => {
    const edits = blockEdits(
      sectionOf('2.2'),
      {
        section: '2.2',
        fields: {
          'clarifying-questions': [{ question: 'first' }, { question: 'second' }, { question: 'third' }],
        },
      },
      counter(),
    );
    const values = fieldValues(written({ edits }));
    expect(rowIds(values, 'clarifying-questions')).toEqual(['row-1', 'row-2', 'row-3']);
    expect([rowOrder(9), rowOrder(10), rowOrder(100)].sort()).toEqual([
      rowOrder(9),
      rowOrder(10),
      rowOrder(100),
    ]);
    const profile = blockEdits(
      sectionOf('profile'),
      { section: 'profile', fields: { area: ['urban', 'rural'] } },
      counter(),
    );
    const area = sectionOf('profile').fields.find(({ id }) => id === 'area') as SimpleField;
    expect(chosenIds(area, { fieldId: 'area' }, fieldValues(written({ edits: profile })))).toEqual([
      'rural',
      'urban',
    ]);
  });

  it('reads marks within a line', () => {
    expect(p('a **b** *c* [d](https://example.org/e)').content).toEqual([
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'b', marks: [{ type: 'bold' }] },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'c', marks: [{ type: 'italic' }] },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'd', marks: [{ type: 'link', attrs: { href: 'https://example.org/e' } }] },
    ]);
    for (const node of [h('x'), steps('x'), table(['x'], ['y'])]) schema.nodeFromJSON(node).check();
  });
});
