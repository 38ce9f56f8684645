import type { Editor } from '@tiptap/core';
import { Node } from '@tiptap/pm/model';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { beginThread, changeThread } from '../../client/comments/beginning.ts';
import { CommentsHere } from '../../client/comments/comments-here.ts';
import type { ThreadHere } from '../../client/comments/known-threads.ts';
import { editorText, markWords } from '../../client/comments/selected-words.ts';
import { TextsHere } from '../../client/comments/texts-here.ts';
import { strayOf } from '../../client/comments/use-placing.ts';
import { keptWords } from '../../shared/document/anchors.ts';
import { readSuggestedText } from '../../shared/document/reading.ts';
import { Paper, schema } from '../collaboration/paper.ts';

const LINES = ['They mend the pump on Mondays.', 'The pump is old, and nobody has a new one.'];

/** As much of an editor as reads and marks a shared text. */
function editorOn(doc: Y.Doc): Editor {
  const state = {
    get doc() {
      return Node.fromJSON(schema, readSuggestedText(doc));
    },
    [(ySyncPluginKey as unknown as { key: string }).key]: { doc },
  };
  return { isDestroyed: false, state, on() {}, off() {} } as unknown as Editor;
}

function page(): { editor: Editor; place: (words: string) => { from: number; to: number } } {
  const doc = new Y.Doc();
  new Paper(doc).write(...LINES);
  const editor = editorOn(doc);
  return {
    editor,
    place: (words) => {
      let from = -1;
      editor.state.doc.descendants((node, at) => {
        if (from === -1 && node.isText && node.text?.includes(words)) from = at + node.text.indexOf(words);
      });
      return { from, to: from + words.length };
    },
  };
}

const marked = (editor: Editor) =>
  (editorText(editor).marks.get('a1') ?? []).map(({ from, to }) =>
    editorText(editor).flat.text.slice(from, to),
  );

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('[REVIEW-3] a mark that is set anew is on its words alone', () => {
  const { editor, place } = page();
  expect(markWords(editor, 'a1', place('old'))).toBe(true);
  expect(markWords(editor, 'a1', place('mend the pump'))).toBe(true);
  expect(marked(editor)).toEqual(['mend the pump']);
});

it('[REVIEW-3] a lost mark is set anew, and not by a list that is older than the last news', async () => {
  const { editor } = page();
  const text = editorText(editor);
  const at = text.flat.text.indexOf('nobody has a new one');
  const kept = keptWords(text, { from: at, to: at + 20 });
  const target = { on: 'range', anchor: 'a1', kept };
  const thread = { id: 't1', blockId: 'block', resolved: null, target } as unknown as ThreadHere;
  const texts = new TextsHere();
  texts.attach('block', editor, null, true);
  texts.setThreads([thread], false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(texts.places.get().get('t1')).toMatchObject({ where: 'text', lost: true });
  expect(marked(editor)).toEqual([]);
  texts.setThreads([thread], true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(marked(editor)).toEqual(['nobody has a new one']);
});

it('[REVIEW-3] a comment that is only begun leaves no mark, and one that is written marks its words', () => {
  const { editor } = page();
  const [here, texts] = [
    new CommentsHere('case', { load: async () => [], change: async () => {} }),
    new TextsHere(),
  ];
  texts.attach('block', editor, null, true);
  const selected = { quote: 'mend the pump', prefix: 'They ', suffix: ' on Mondays.', occurrence: 0 };
  beginThread(here, texts, 'block', { on: 'range', anchor: 'a1', selected });
  expect(marked(editor)).toEqual([]);
  const write = (words: string) => {
    const thread = here.begun.get()[0];
    if (thread) changeThread(here, texts, thread, { words });
  };
  write('W');
  expect(marked(editor)).toEqual(['mend the pump']);
  write('');
  expect(marked(editor)).toEqual([]);
});

it('[REVIEW-3] a thread that is put elsewhere leaves no mark behind, nor one that was refused', () => {
  const move = { act: 'act', thread: 't1', anchor: 'new', old: 'old' };
  const at = (anchor: string) => ({ on: 'range', anchor, kept: null }) as const;
  const none = new Set<string>();
  expect(strayOf(move, { waiting: new Set(['act']), refused: [], target: at('new') })).toBeUndefined();
  expect(strayOf(move, { waiting: none, refused: [], target: at('new') })).toBe('old');
  const refused = [{ act: 'act', why: 'No.' }];
  expect(strayOf(move, { waiting: new Set(['act']), refused, target: at('new') })).toBe('new');
});
