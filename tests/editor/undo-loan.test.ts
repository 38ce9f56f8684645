import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { lendUndo } from '../../client/editor/undo-loan.ts';

describe('an undo manager that is lent to an editor', () => {
  it('goes on when the editor ends it, and never hears the editor’s own listeners', () => {
    const doc = new Y.Doc();
    const text = doc.getText('t');
    const undo = new Y.UndoManager(doc, { captureTimeout: 0 });
    const heard: string[] = [];
    undo.on('stack-item-added', () => heard.push('page'));
    const lent = lendUndo(undo);
    lent.on('stack-item-added', () => heard.push('editor'));
    text.insert(0, 'one');
    lent.destroy();
    text.insert(3, ' two');
    expect(heard).toEqual(['page', 'page']);
    undo.undo();
    expect(text.toString()).toBe('one');
  });

  it('undoes through the loan, and leaves the manager able to redo', () => {
    const doc = new Y.Doc();
    const text = doc.getText('t');
    const undo = new Y.UndoManager(doc);
    const lent = lendUndo(undo);
    text.insert(0, 'one');
    lent.undo();
    expect(text.toString()).toBe('');
    expect(lent.redoStack).toHaveLength(1);
    undo.redo();
    expect(text.toString()).toBe('one');
  });
});
