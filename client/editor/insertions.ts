import type { ChainedCommands, Editor } from '@tiptap/core';
import { REFERENCE } from '../../shared/document/reference-key.ts';
import { commentOpeners } from './comment-openers.ts';
import { choosable } from './names-here.ts';
import { quoteParts } from './quote-slot.ts';

/** Something that the slash menu offers. */
export interface Insertion {
  readonly id: string;
  readonly group: 'Text' | 'Lists' | 'Blocks' | 'People' | 'Schools';
  readonly label: string;
  /** One short line: what it is for. */
  readonly help: string;
  /** Other words that find it. */
  readonly words: string;
  /** Not offered inside a table. */
  readonly outsideTables?: boolean;
  /** Not offered where there is nobody to refer to. */
  readonly refers?: boolean;
  run(chain: ChainedCommands): ChainedCommands;
  /** What follows once its command has run; offered only where there is something. */
  after?(editor: Editor): (() => void) | null | undefined;
}

export const INSERTIONS: readonly Insertion[] = [
  {
    id: 'heading',
    group: 'Text',
    label: 'Heading',
    help: 'A part of this section',
    words: 'title h1 h2 h3 large',
    run: (chain) => chain.setHeading({ level: 3 }),
  },
  {
    id: 'smaller-heading',
    group: 'Text',
    label: 'Smaller heading',
    help: 'A part of that part',
    words: 'subheading h4 small',
    run: (chain) => chain.setHeading({ level: 4 }),
  },
  {
    id: 'plain',
    group: 'Text',
    label: 'Plain text',
    help: 'An ordinary paragraph',
    words: 'paragraph normal body',
    run: (chain) => chain.setParagraph(),
  },
  {
    id: 'bullets',
    group: 'Lists',
    label: 'Bulleted list',
    help: 'Things in no order',
    words: 'ul unordered points',
    run: (chain) => chain.toggleBulletList(),
  },
  {
    id: 'numbers',
    group: 'Lists',
    label: 'Numbered list',
    help: 'Steps, one after the other',
    words: 'ol ordered steps 1.',
    run: (chain) => chain.toggleOrderedList(),
  },
  {
    id: 'tasks',
    group: 'Lists',
    label: 'Tasks',
    help: 'Things to tick off',
    words: 'todo checklist checkbox to do',
    run: (chain) => chain.toggleTaskList(),
  },
  {
    id: 'quote',
    group: 'Blocks',
    label: 'Quote',
    help: 'Words that somebody confirms',
    words: 'said speaker interview words',
    run: (chain) => chain,
    after: (editor) => quoteParts.get(editor)?.open,
  },
  {
    id: 'comment',
    group: 'Blocks',
    label: 'Comment',
    help: 'On this line, beside the text',
    words: 'note remark thread discuss ask',
    run: (chain) => chain,
    after: (editor) => commentOpeners.get(editor),
  },
  {
    id: 'reference',
    group: 'Blocks',
    label: 'Person or school',
    help: 'Named as they chose; or type @',
    words: 'name who mention reference participant speaker @',
    refers: true,
    run: (chain) => chain.insertContent('@'),
  },
  {
    id: 'quotation',
    group: 'Blocks',
    label: 'Quotation',
    help: 'A passage of somebody else',
    words: 'blockquote quote said',
    run: (chain) => chain.toggleBlockquote(),
  },
  {
    id: 'table',
    group: 'Blocks',
    label: 'Table',
    help: 'Three by three to begin with',
    words: 'grid rows columns',
    outsideTables: true,
    run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).command(roomBelowTable),
  },
  {
    id: 'divider',
    group: 'Blocks',
    label: 'Divider',
    help: 'A short line across',
    words: 'rule hr separator break',
    outsideTables: true,
    run: (chain) => chain.setHorizontalRule(),
  },
];

/** A table at the very end gets a line under it, so that one can write on. */
const roomBelowTable: Parameters<ChainedCommands['command']>[0] = ({ tr, state }) => {
  const { $from } = tr.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name !== 'table') continue;
    const after = $from.after(depth);
    const paragraph = state.schema.nodes.paragraph;
    if (paragraph && after === tr.doc.content.size) tr.insert(after, paragraph.create());
    return true;
  }
  return true;
};

/** People and schools that the text may refer to, so many at once. */
const MOST_NAMES = 40;

function namesToPutIn(query: string): readonly Insertion[] {
  return choosable(query)
    .slice(0, MOST_NAMES)
    .map(({ kind, id, who, words }) => ({
      id: `${kind}-${id}`,
      group: kind === 'school' ? 'Schools' : 'People',
      label: who,
      help: who === words ? '' : `In the text: ${words}`,
      words: '',
      run: (chain) => chain.insertContent({ type: REFERENCE, attrs: { kind, id } }),
    }));
}

/** @returns what fits the query of a menu, in order; all of it for an empty one */
export function insertionsFor(
  { sign, query }: { readonly sign: '/' | '@'; readonly query: string },
  editor: Editor,
): readonly Insertion[] {
  if (sign === '@') return namesToPutIn(query);
  const sought = query.trim().toLowerCase();
  const inTable = editor.isActive('table');
  return INSERTIONS.filter((insertion) => {
    if (inTable && insertion.outsideTables) return false;
    if (insertion.refers && choosable('').length === 0) return false;
    if (insertion.after && !insertion.after(editor)) return false;
    if (sought === '') return true;
    const label = insertion.label.toLowerCase();
    return (
      label.startsWith(sought) ||
      `${label} ${insertion.words}`.split(' ').some((word) => word.startsWith(sought))
    );
  });
}
