import type { Editor } from '@tiptap/core';
import type { ToolbarPart, ToolbarView } from './toolbar-store.ts';

/** Room kept to the edges of the window, and for the bar at its top; pixels. */
const EDGE = 8;
const TOP_BAR = 60;
const GAP = 8;

/** Where the toolbar stands, relative to the box that it is in: over the selected words, or under them. */
export function placeToolbar(
  editor: Editor,
  toolbar: HTMLElement,
  view: ToolbarView,
  entered: ToolbarPart | null,
): { left: number; top: number } {
  const frame = (toolbar.offsetParent ?? editor.view.dom).getBoundingClientRect();
  const { from, to } = editor.state.selection;
  const within = (left: number) =>
    Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - toolbar.offsetWidth - EDGE)) -
    frame.left;
  const table = view === 'table' || entered === 'table' ? tableAround(editor, from) : null;
  if (table) {
    const { top, right } = table.getBoundingClientRect();
    return { left: within(right - toolbar.offsetWidth), top: Math.max(top, TOP_BAR) - 12 - frame.top };
  }
  const start = editor.view.coordsAtPos(from, 1);
  const end = editor.view.coordsAtPos(to, -1);
  const oneLine = Math.abs(start.top - end.top) < 4;
  const middle = oneLine ? (start.left + end.right) / 2 : start.left + toolbar.offsetWidth / 2;
  const over = start.top - toolbar.offsetHeight - GAP;
  const under = end.bottom + GAP;
  const fitsUnder = under + toolbar.offsetHeight < window.innerHeight - EDGE;
  const top = over >= TOP_BAR ? over : fitsUnder ? under : Math.min(TOP_BAR, under);
  return { left: within(middle - toolbar.offsetWidth / 2), top: top - frame.top };
}

function tableAround(editor: Editor, position: number): Element | null {
  const { node } = editor.view.domAtPos(position);
  return (node instanceof Element ? node : node.parentElement)?.closest('table') ?? null;
}
