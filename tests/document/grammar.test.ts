import { expect, it } from 'vitest';
import {
  ELEMENT_NAMES,
  type ElementGrammar,
  grammarOf,
  MARK_NAMES,
  ROOT_GRAMMAR,
} from '../../shared/document/grammar.ts';
import { blockSchema } from '../../shared/document/schema.ts';

const { nodes, marks, topNodeType } = blockSchema();
const ours = [...ELEMENT_NAMES].sort();

it('[INPUT-1] the table of what may stand where knows the elements and marks of the schema, and no others', () => {
  expect(ours).toEqual(
    Object.keys(nodes)
      .filter((name) => name !== 'doc' && name !== 'text')
      .sort(),
  );
  expect([...MARK_NAMES].sort()).toEqual(Object.keys(marks).sort());
});

it.each(['doc', ...ours])('[INPUT-1] and agrees with it on what a %s holds', (name) => {
  const grammar = (name === 'doc' ? ROOT_GRAMMAR : grammarOf(name)) as ElementGrammar;
  const type = name === 'doc' ? topNodeType : nodes[name as keyof typeof nodes];
  if (!type) throw new Error(`no ${name}`);
  expect(Object.keys(grammar.attributes).sort()).toEqual(Object.keys(type.spec.attrs ?? {}).sort());
  for (const [key, fits] of Object.entries(grammar.attributes)) {
    expect(fits(type.spec.attrs?.[key]?.default), key).toBe(true);
  }
  const after = grammar.beginsWithParagraph
    ? type.contentMatch.matchType(nodes.paragraph as never)
    : type.contentMatch;
  expect(type.contentMatch.matchType(nodes.paragraph as never) !== null).toBe(grammar.holds.has('paragraph'));
  for (const child of ours) {
    const held = after?.matchType(nodes[child as keyof typeof nodes] as never) ?? null;
    expect(held !== null, child).toBe(grammar.holds.has(child));
  }
  expect(type.inlineContent).toBe(grammar.holdsText);
  if (grammar.whenEmpty === 'stays' && name !== 'doc') expect(type.contentMatch.validEnd).toBe(true);
  else expect(type.contentMatch.validEnd).toBe(false);
});
