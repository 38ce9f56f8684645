import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { initProseMirrorDoc, updateYFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { afterAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { contextChange } from '../../shared/document/quote-context.ts';
import { readText } from '../../shared/document/reading.ts';
import { findMisshapen, isForeign } from '../../shared/document/shape.ts';
import { readUses, type UseInText } from '../../shared/document/wording.ts';
import { wordingKey } from '../../shared/document/wording-form.ts';
import { schema } from '../collaboration/paper.ts';
import { editPage } from '../fuzz/page-editing.ts';
import { Dice } from '../support/dice.ts';
import { QuoteScene } from './quote-scene.ts';

const STEPS = 40;
const SEEDS = Array.from({ length: 12 }, (_, at) => 20261127 + at);
const USES = [
  ['q1', 'u1'],
  ['q1', 'u2'],
  ['q2', 'u3'],
] as const;

/** Somebody's page: their replica of the block, with an undo of its own. */
class Page {
  readonly doc = new Y.Doc();
  readonly undo: Y.UndoManager;

  constructor(clientId: number) {
    this.doc.clientID = clientId;
    this.undo = new Y.UndoManager(this.doc.getXmlFragment(CONTENT), {
      trackedOrigins: new Set(['page']),
      captureTimeout: 0,
    });
  }

  edit(dice: Dice): void {
    this.doc.transact(() => editPage(this.doc, dice), 'page');
  }

  change(act: (state: EditorState) => EditorState): void {
    const content = this.doc.getXmlFragment(CONTENT);
    const { doc, meta } = initProseMirrorDoc(content, schema);
    if (doc.childCount === 0) return;
    const after = act(EditorState.create({ doc, schema })).doc;
    this.doc.transact(() => updateYFragment(this.doc, content, after, meta), 'page');
  }

  mark(dice: Dice): void {
    const [quote, use] = dice.pick(USES);
    this.change((state) => {
      const from = dice.roll(state.doc.content.size);
      const to = Math.min(state.doc.content.size, from + 1 + dice.roll(14));
      const mark = schema.mark('quote', { quote, use });
      return state.apply(
        dice.once(4) ? state.tr.removeMark(from, to, mark) : state.tr.addMark(from, to, mark),
      );
    });
  }

  /** As a drag with the control key: the marks come along. */
  copy(dice: Dice): void {
    this.change((state) => {
      const { size } = state.doc.content;
      const from = dice.roll(size);
      const slice = state.doc.slice(from, Math.min(size, from + 1 + dice.roll(20)));
      const copy = new Slice(Fragment.from(slice.content), slice.openStart, slice.openEnd);
      const at = dice.roll(size);
      return state.apply(state.tr.replaceRange(at, at, copy));
    });
  }

  step(dice: Dice): void {
    switch (dice.roll(8)) {
      case 0:
      case 1:
        this.mark(dice);
        return;
      case 2:
        this.copy(dice);
        return;
      case 3:
        this.undo.undo();
        return;
      case 4:
        this.undo.redo();
        return;
      default:
        this.edit(dice);
    }
  }

  take(other: Page): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'wire');
  }

  /** As everybody else has it: half of a letter that an edit cut goes over the wire as a sign of its own. */
  get #sent(): Y.Doc {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc));
    return copy;
  }

  get uses(): readonly UseInText[] {
    return readUses(readText(this.#sent));
  }

  /** As an editor has it. */
  get root(): Node {
    const copy = this.#sent;
    return yXmlFragmentToProseMirrorRootNode(copy.getXmlFragment(CONTENT), schema);
  }
}

/** The same by another way: letter by letter through an editor's text. */
function spelled(root: Node, quote: string, use: string): { wording: string; before: string; after: string } {
  let [wording, before, after, gap] = ['', '', '', null as string | null];
  const letter = (sign: string, said: boolean) => {
    if (said) {
      wording += gap === null || wording === '' ? sign : (/\S/u.test(gap) ? ' … ' : ' ') + sign;
      [gap, after] = [null, ''];
      return;
    }
    if (wording === '') before += sign;
    gap = (gap ?? '') + sign;
    after += sign;
  };
  root.descendants((node) => {
    if (node.isTextblock) letter(' ', false);
    if (node.type.name === 'hardBreak') letter(' ', false);
    const said = node.marks.some(
      ({ type, attrs }) => type.name === 'quote' && attrs.quote === quote && attrs.use === use,
    );
    // no letter stands between those of one run
    for (const sign of node.text ?? '') letter(sign, said);
  });
  return { wording, before, after };
}

function check(page: Page, scenes: ReadonlyMap<string, QuoteScene>, seed: number): number {
  const { root, uses } = page;
  const bySpelling = USES.filter(([quote, use]) => spelled(root, quote, use).wording !== '').map(
    ([, use]) => use,
  );
  expect(uses.map(({ use }) => use).sort(), `seed ${seed}`).toEqual([...bySpelling].sort());
  expect(readUses(root.toJSON()), `seed ${seed}: as an editor has it`).toEqual(uses);
  let verified = 0;
  for (const use of uses) {
    const there = spelled(root, use.quote, use.use);
    expect(wordingKey(use.wording), `seed ${seed}`).toBe(wordingKey(there.wording));
    const [before, after] = [wordingKey(there.before), wordingKey(there.after)];
    expect(before.endsWith(wordingKey(use.context.before)), `seed ${seed}`).toBe(true);
    expect(after.startsWith(wordingKey(use.context.after)), `seed ${seed}`).toBe(true);
    const scene = scenes.get(use.use);
    const shown = scene?.record.asks.at(-1)?.shown;
    if (!scene || !shown?.context) continue;
    const sameWords = wordingKey(shown.wording ?? '') === wordingKey(there.wording);
    const change = contextChange(shown.context, use.context, []);
    const standing = scene.standing(use);
    expect(standing, `seed ${seed}`).toBe(
      !sameWords ? 'changed' : change === 'same' ? 'verified' : 'context-changed',
    );
    if (standing === 'verified') verified += 1;
  }
  return verified;
}

const seen = { verified: 0, changed: 0 };
afterAll(() => {
  // else nothing was tried
  expect(seen.verified).toBeGreaterThan(50);
  expect(seen.changed).toBeGreaterThan(50);
});

it.each(SEEDS)(
  '[QUOTE-2] [QUOTE-7] verified is exactly what stands as it was shown, through edits, merges, copies and undo (seed %i)',
  (seed) => {
    const dice = new Dice(seed);
    const [ann, ben] = [new Page(1), new Page(2)];
    ann.edit(dice);
    for (let times = 0; times < 25; times += 1) ann.edit(dice);
    for (let times = 0; times < 3; times += 1) ann.mark(dice);
    ben.take(ann);
    const scenes = new Map<string, QuoteScene>();
    let [verified, changed] = [0, 0];
    for (let step = 0; step < STEPS; step += 1) {
      const page = dice.once(2) ? ann : ben;
      page.step(dice);
      if (dice.once(4)) {
        ann.take(ben);
        ben.take(ann);
        expect(ann.uses, `seed ${seed}`).toEqual(ben.uses);
        expect(isForeign(findMisshapen(ann.doc)), `seed ${seed}`).toBe(false);
      }
      const use = dice.once(3) ? page.uses[0] : undefined;
      if (use && /[\p{L}\p{N}\p{S}]/u.test(use.wording)) {
        const scene = new QuoteScene('s1');
        scene.ask('a1', use).answer('confirmed', 'a1');
        scenes.set(use.use, scene);
      }
      const held = check(page, scenes, seed);
      verified += held;
      changed += page.uses.filter(({ use }) => scenes.has(use)).length - held;
    }
    seen.verified += verified;
    seen.changed += changed;
  },
);

it('[QUOTE-2] what is typed into words ends it, and taking that back restores it; so does a merge', () => {
  const [ann, ben] = [new Page(1), new Page(2)];
  ann.doc.transact(() => {
    const line = new Y.XmlElement('paragraph');
    line.insert(0, [new Y.XmlText('She said that it worked for all of us. Then rain.')]);
    ann.doc.getXmlFragment(CONTENT).insert(0, [line]);
  });
  ann.change((state) =>
    state.apply(state.tr.addMark(15, 39, schema.mark('quote', { quote: 'q1', use: 'u1' }))),
  );
  ben.take(ann);
  const [use] = ann.uses as [UseInText];
  expect(use.wording).toBe('it worked for all of us.');
  const scene = new QuoteScene('s1');
  scene.ask('a1', use).answer('confirmed', 'a1');
  const standing = () => scene.standing(ann.uses[0] as UseInText);
  ann.change((state) => state.apply(state.tr.insertText('nearly ', 29)));
  expect(standing()).toBe('changed');
  ann.undo.undo();
  expect(standing()).toBe('verified');
  // far away, another person splits, types and marks
  ben.change((state) => state.apply(state.tr.insertText(' And sun.', 50)));
  ann.take(ben);
  expect(standing()).toBe('verified');
  ben.change((state) => state.apply(state.tr.insertText('Nobody doubts what she said. ', 1)));
  ann.take(ben);
  expect(standing()).toBe('context-changed');
  ben.undo.undo();
  ann.take(ben);
  expect(standing()).toBe('verified');
  ben.change((state) => state.apply(state.tr.delete(23, 27)));
  ann.take(ben);
  expect(standing()).toBe('changed');
});
