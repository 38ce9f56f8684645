import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { foldParts } from '../../server/collaboration/block-folding.ts';
import { RoomState } from '../../server/collaboration/room-state.ts';
import { readStoredText } from '../../server/collaboration/stored-text.ts';
import { surveyUpdate } from '../../server/collaboration/update-survey.ts';
import type { LogRow, StoredBlock } from '../../server/ports/block-store.ts';

function row(seq: number, bytes: Uint8Array): LogRow {
  const told = { authorId: null, onBehalfOf: null, serverTime: 0, deviceTime: null, clients: [] };
  return { blockId: 'a', lineage: 'l', seq, bytes, ...told };
}

/** A block whose snapshot holds two paragraphs, one of them deleted, and what was written after it. */
function stored(write: (content: Y.XmlFragment) => void): StoredBlock {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const content = doc.getXmlFragment('content');
  for (const words of ['It began in spring.', 'Nobody knew why.', 'It went on.']) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    content.push([paragraph]);
  }
  content.delete(1);
  const { state, survey } = foldParts([Y.encodeStateAsUpdate(doc)]);
  const rows: LogRow[] = [];
  doc.on('update', (bytes: Uint8Array) => rows.push(row(2 + rows.length, bytes)));
  write(content);
  return { blockId: 'a', lineage: 'l', snapshot: { seq: 1, bytes: state, survey }, tail: rows };
}

const first = (content: Y.XmlFragment) => (content.get(0) as Y.XmlElement).get(0) as Y.XmlText;

async function open(block: StoredBlock) {
  const { parts, state } = await readStoredText(block, memoryFolder());
  const whole = parts.length > 1 ? Y.mergeUpdates([...parts]) : (parts[0] as Uint8Array);
  return { parts, state, whole, anew: new RoomState(surveyUpdate(whole)) };
}

function told({ deleted, keyed, removed, ...rest }: RoomState) {
  return { deleted: [...deleted], keyed: [...keyed], removed: [...removed], ...rest };
}

describe('a block as it is stored', () => {
  it('[SAVE-4] is opened by what is known of its snapshot, without reading that', async () => {
    const block = stored(() => {});
    const { parts, state, anew } = await open(block);
    expect(parts).toEqual([block.snapshot?.bytes]);
    expect(state.stateVector()).toEqual(anew.stateVector());
    expect(told(state)).toEqual(told(anew));
  });

  it('[SAVE-4] is opened so with what was written since, which is merged only when it is asked for', async () => {
    const block = stored((content) => {
      first(content).insert(2, ' all');
      first(content).delete(0, 1);
    });
    const { parts, state, anew } = await open(block);
    expect(parts).toHaveLength(3);
    expect(state.stateVector()).toEqual(anew.stateVector());
    expect(told(state)).toEqual(told(anew));
  });

  it('[SAVE-5] is read as a whole where something since then may have taken other words with it', async () => {
    const block = stored((content) => content.delete(0));
    const { parts, state, anew } = await open(block);
    expect(parts).toHaveLength(1);
    expect(told(state)).toEqual(told(anew));
  });

  it('[SAVE-4] is read as a whole where nothing is known of it, or in another form', async () => {
    for (const survey of [undefined, Uint8Array.of(99)]) {
      const block = stored((content) => first(content).insert(0, 'x'));
      const { parts, state, anew } = await open({
        ...block,
        snapshot: { seq: 1, bytes: block.snapshot?.bytes as Uint8Array, survey },
      });
      expect(parts).toHaveLength(1);
      expect(told(state)).toEqual(told(anew));
    }
  });
});
