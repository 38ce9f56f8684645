import type { Extensions } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { Gapcursor } from '@tiptap/extensions/gap-cursor';
import { Placeholder } from '@tiptap/extensions/placeholder';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { schemaExtensions } from '../../shared/document/schema.ts';
import type { Replica } from '../sync/replica.ts';
import { carets, type Writer } from './carets.ts';
import { FindHighlight } from './find-highlight.ts';
import { QuietArrivals } from './quiet-arrivals.ts';
import { QuoteSlot } from './quote-slot.ts';
import { ShapeWatch } from './shape-watch.ts';
import { SlashTrigger } from './slash-trigger.ts';
import { SuggestSlot } from './suggest-slot.ts';
import { TextLimit } from './text-limit.ts';
import type { ToolbarStore } from './toolbar-store.ts';
import { lendUndo } from './undo-loan.ts';
import { WritingKeys } from './writing-keys.ts';

export interface EditorWords {
  readonly placeholder: string;
  /** Says something to the writer beside the text. */
  say(message: string): void;
  /** Null until the editor stands. */
  toolbar(): ToolbarStore | null;
}

/** Everything the page's editor is made of: the schema that all share, and this page's behaviour. */
export function editorExtensions(replica: Replica, person: Writer, words: EditorWords): Extensions {
  // what is typed in an editor is an own edit, to be undone by its own person
  replica.undo.addTrackedOrigin(ySyncPluginKey);
  return [
    ...schemaExtensions(),
    Collaboration.configure({
      document: replica.doc,
      field: CONTENT,
      yUndoOptions: { undoManager: lendUndo(replica.undo) } as never,
    }),
    carets(replica.awareness, person),
    Placeholder.configure({ placeholder: words.placeholder }),
    Gapcursor,
    FindHighlight,
    QuietArrivals.configure({ shape: ShapeWatch.of(replica.doc) }),
    QuoteSlot,
    SuggestSlot,
    TextLimit.configure({ doc: replica.doc, refuse: words.say }),
    SlashTrigger,
    WritingKeys.configure({
      toToolbar: () => words.toolbar()?.enter('buttons') ?? false,
      toLink: () => words.toolbar()?.enter('link') ?? false,
      away: () => words.toolbar()?.dismiss() ?? false,
    }),
  ];
}
