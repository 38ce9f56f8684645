import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import type { ProseMirrorJson } from '../../../shared/document/reading.ts';
import type { Wire } from './replicas.ts';

export interface StormParts {
  readonly editors: Readonly<Record<'ruth' | 'tom', Editor | null>>;
  readonly wire: Wire;
  text(name: 'ruth' | 'tom'): ProseMirrorJson;
}

const WORDS = ['card ', 'focus', '🏫', 'x', ' and '];

/** Mulberry32: the same numbers in [0, 1) for the same seed. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Both writers at random edits, now together, now apart. Without tables: rows that a
 * merge left uneven are shown mended, and written so only with the next own edit.
 * @returns where an editor showed something else than its block says
 */
export function storm(parts: StormParts, seed: number, steps: number): string[] {
  const chance = chanceOf(seed);
  const below = (bound: number) => Math.floor(chance() * bound);
  const differences: string[] = [];
  for (let step = 0; step < steps && differences.length === 0; step++) {
    const name = chance() < 0.5 ? 'ruth' : 'tom';
    const editor = parts.editors[name] as Editor;
    select(editor, below(editor.state.doc.content.size), chance() < 0.3 ? below(12) : 0);
    const acts: (() => unknown)[] = [
      () => editor.commands.insertContent(WORDS[below(WORDS.length)] as string),
      () => editor.commands.insertContent(WORDS[below(WORDS.length)] as string),
      () => editor.commands.insertContent('<p>two</p><p>lines</p>'),
      () => editor.state.selection.empty && editor.commands.splitBlock(),
      () => editor.commands.deleteSelection(),
      () => editor.commands.toggleBold(),
      () => editor.commands.toggleHeading({ level: 3 }),
      () => editor.commands.toggleBulletList(),
      () => editor.commands.toggleTaskList(),
      () => editor.commands.toggleBlockquote(),
      () => editor.commands.joinBackward(),
      () => editor.commands.undo(),
      () => editor.commands.redo(),
      () => parts.wire.meet(),
      () => {
        parts.wire.apart = true;
      },
    ];
    const act = below(acts.length);
    (acts[act] as () => unknown)();
    differences.push(...differenceOf(parts, name, `step ${step}, act ${act}`));
  }
  parts.wire.meet();
  return [
    ...differences,
    ...differenceOf(parts, 'ruth', 'the end'),
    ...differenceOf(parts, 'tom', 'the end'),
  ];
}

/** As a person can: carets stand in lines, and never inside of a letter. */
function select(editor: Editor, at: number, length: number): void {
  const { doc } = editor.state;
  const whole = (place: number) => {
    const near = TextSelection.near(doc.resolve(Math.min(place, doc.content.size))).head;
    const { parent, parentOffset } = doc.resolve(near);
    const before = parent.textBetween(0, parentOffset, undefined, '\n');
    return /[\ud800-\udbff]$/.test(before) ? near + 1 : near;
  };
  const from = whole(at);
  const to = whole(at + length);
  editor.view.dispatch(
    editor.state.tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))),
  );
}

function differenceOf(parts: StormParts, name: 'ruth' | 'tom', when: string): string[] {
  const { doc } = (parts.editors[name] as Editor).state;
  doc.check();
  const shown = outline(doc.toJSON() as ProseMirrorJson);
  const said = outline(parts.text(name));
  return shown === said ? [] : [`${when}, ${name} sees ${shown}, and the block says ${said}`];
}

/**
 * Kinds of nodes and their words, without attributes that only one of both spells out,
 * and without empty lines: some are shown only to hold what two people made of one place.
 */
function outline(node: ProseMirrorJson): string {
  if (node.type === 'text') return node.text ?? '';
  const inside = (node.content ?? []).map(outline).join('');
  return node.type === 'paragraph' && inside === '' ? '' : `<${node.type}>${inside}`;
}
