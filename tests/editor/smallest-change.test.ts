import { EditorState, TextSelection } from '@tiptap/pm/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestChange } from '../../client/editor/smallest-change.ts';
import { blockSchema } from '../../shared/document/schema.ts';

const schema = blockSchema();

const words = fc.constantFrom('', 'a', 'aa', 'aaa', 'the card', 'the focus card', '🏫🏠', '🏫');
const run = fc.tuple(words, fc.boolean()).map(([text, bold]) => ({ text, bold }));
const inline = fc
  .array(run, { maxLength: 3 })
  .map((runs) =>
    runs
      .filter(({ text }) => text !== '')
      .map(({ text, bold }) => ({ type: 'text', text, ...(bold && { marks: [{ type: 'bold' }] }) })),
  );
const paragraph = inline.map((content) => ({ type: 'paragraph', content }));
const block = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  inline.map((content) => ({ type: 'heading', attrs: { level: 3 }, content })),
  fc
    .array(paragraph, { minLength: 1, maxLength: 3 })
    .map((inside) => ({ type: 'blockquote', content: inside })),
  fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((inside) => ({
    type: 'bulletList',
    content: inside.map((first) => ({ type: 'listItem', content: [first] })),
  })),
);
const document = fc
  .array(block, { minLength: 1, maxLength: 6 })
  .map((content) => schema.nodeFromJSON({ type: 'doc', content }));

describe('the smallest change from one text to another', () => {
  it('[SAVE-4] ends in exactly the other text', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const changed = smallestChange(EditorState.create({ doc: before }), after);
        changed.doc.check();
        expect(changed.doc.toJSON()).toEqual(after.toJSON());
      }),
      { seed: 20260318, numRuns: 500 },
    );
  });

  it('leaves the blocks that are the same as the very same nodes', () => {
    fc.assert(
      fc.property(document, block, fc.nat(6), (before, extra, at) => {
        const place = Math.min(at, before.childCount);
        const blocks = before.content.content.map((node) => schema.nodeFromJSON(node.toJSON()));
        blocks.splice(place, 0, schema.nodeFromJSON(extra));
        const { doc } = smallestChange(EditorState.create({ doc: before }), schema.node('doc', null, blocks));
        const kept = before.content.content.filter((node) => doc.content.content.includes(node));
        expect(kept.length).toBe(before.childCount);
      }),
      { seed: 20260319 },
    );
  });

  it('keeps the caret on its letter where others type in the same line', () => {
    const line = (text: string) =>
      schema.node('doc', null, [schema.node('paragraph', null, [schema.text(text)])]);
    const state = EditorState.create({
      doc: line('the card'),
      selection: TextSelection.create(line('the card'), 8),
    });
    const changed = smallestChange(state, line('the focus card'));
    expect(changed.selection.head).toBe(8 + 'focus '.length);
    expect(changed.steps).toHaveLength(1);
  });

  it('does nothing where there is nothing to do', () => {
    const doc = schema.node('doc', null, [schema.node('paragraph')]);
    expect(smallestChange(EditorState.create({ doc }), doc).docChanged).toBe(false);
  });
});
