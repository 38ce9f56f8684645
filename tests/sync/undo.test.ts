import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { BlockUndo } from '../../client/sync/block-undo.ts';
import { LOCAL_EDIT } from '../../client/sync/local-edit.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all } = stage;

describe('undoing', () => {
  it('takes back what was done here alone, also after an editor was closed', async () => {
    const ada = page('ada');
    const ben = page('ben');
    for (const each of [ada, ben]) each.engine.holdBlock('one');
    await all();
    ada.type('one', 'Ada. ');
    await all();
    ben.type('one', 'Ben.');
    await all();
    const { replica } = ada.view('one');
    replica?.undo.destroy();
    replica?.undo.stopCapturing();
    replica?.doc.transact(() => replica.doc.getMap('fields').set('value/roll', '210'), LOCAL_EDIT);
    replica?.undo.undo();
    expect(replica?.doc.getMap('fields').has('value/roll')).toBe(false);
    replica?.undo.undo();
    await all();
    expect(ben.text('one')).toBe('Ben.');
    expect(replica?.undo.undo()).toBeNull();
  });

  it('leaves the words that somebody else wrote in a paragraph made here', () => {
    const doc = new Y.Doc();
    const content = doc.getXmlFragment('content');
    const undo = new BlockUndo(doc);
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    doc.transact(() => {
      content.insert(0, [paragraph]);
      paragraph.insert(0, [text]);
      text.insert(0, 'Mine. ');
    }, LOCAL_EDIT);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const theirs = (other.getXmlFragment('content').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    theirs.insert(6, 'Theirs.');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    undo.undo();
    expect(content.toString()).toBe('<paragraph>Theirs.</paragraph>');
    undo.redo();
    expect(content.toString()).toBe('<paragraph>Mine. Theirs.</paragraph>');
    undo.end();
  });

  it('forgets nothing that can be redone for a step of the caret, which changes nothing', () => {
    const doc = new Y.Doc();
    const text = doc.getText('field/length');
    const undo = new BlockUndo(doc);
    doc.transact(() => text.insert(0, 'one'), LOCAL_EDIT);
    undo.undo();
    doc.transact(() => {}, LOCAL_EDIT);
    undo.redo();
    expect(text.toString()).toBe('one');
    undo.end();
  });
});
