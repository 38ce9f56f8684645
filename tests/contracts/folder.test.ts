import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { memoryFolder } from '../../server/adapters/memory/folder.ts';
import { workerFolder } from '../../server/adapters/worker/folder.ts';
import { clockSetOf, deleteSetBytes } from '../../server/collaboration/clock-set.ts';
import { surveyUpdate } from '../../server/collaboration/update-survey.ts';
import { type Folder, FolderFailedError, UnfoldableError } from '../../server/ports/folder.ts';
import { HandClock } from '../support/clock.ts';
import { searchingUpdate } from '../support/hostile-updates.ts';
import { knownBlock, newsOf } from '../support/kept-block.ts';

/** @returns what each step wrote, as one writer's updates */
function written(client: number, steps: readonly ((doc: Y.Doc) => void)[], doc = new Y.Doc()): Uint8Array[] {
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => updates.push(update);
  doc.on('update', keep);
  for (const step of steps) doc.transact(() => step(doc));
  doc.off('update', keep);
  return updates;
}

const typing = (text: string) => [...text].map((letter) => (doc: Y.Doc) => append(doc, letter));
function append(doc: Y.Doc, letter: string): void {
  const field = doc.getText('field/aims');
  field.insert(field.length, letter);
}

/** @returns an update whose sections stand in ascending order, as Yjs never writes them */
function ascending(low: Uint8Array, high: Uint8Array): Uint8Array {
  // One section each and no deletions: the count in front, an empty delete set at the end.
  return Uint8Array.of(2, ...low.slice(1, -1), ...high.slice(1, -1), 0);
}

function folderContract(name: string, open: () => Folder): void {
  describe(`the folder ${name}`, () => {
    let folder: Folder;
    beforeAll(() => {
      folder = open();
    });
    afterAll(() => folder.close());

    it('[SAVE-4] folds a snapshot and rows into what they say together, deleted words left out', async () => {
      const doc = new Y.Doc({ gc: false });
      const before = written(1, typing('secret'), doc);
      const after = written(2, [(d) => d.getText('field/aims').delete(0, 6), ...typing('Plain')], doc);
      const snapshot = await folder.fold(before);
      expect(snapshot.weight).toBe(6);
      const { state, weight } = await folder.fold([snapshot.state, ...after]);
      expect(weight).toBe(5);
      const folded = new Y.Doc();
      Y.applyUpdate(folded, state);
      expect(folded.getText('field/aims').toString()).toBe('Plain');
      expect(Y.encodeStateVector(folded)).toEqual(Y.encodeStateVector(doc));
      expect(Buffer.from(state).includes('secret')).toBe(false);
    });

    it('folds nothing into an empty block', async () => {
      const { state, weight } = await folder.fold([]);
      expect(weight).toBe(0);
      expect(Y.decodeUpdate(state).structs).toEqual([]);
    });

    it('refuses what is no whole document', async () => {
      const [first, second] = written(1, typing('ab')) as [Uint8Array, Uint8Array];
      await expect(folder.fold([second])).rejects.toThrow(UnfoldableError);
      await expect(folder.fold([first, Uint8Array.of(1, 255, 7)])).rejects.toThrow(UnfoldableError);
      await expect(folder.gather([[first, Uint8Array.of(9)]])).rejects.toThrow(UnfoldableError);
    });

    it('[SAVE-3] gathers updates by group, with the words that were deleted', async () => {
      const doc = new Y.Doc({ gc: false });
      const ann = written(1, typing('secret'), doc);
      const ben = written(2, [(d) => d.getText('field/aims').delete(0, 6), ...typing('Plain')], doc);
      const gathered = await folder.gather([ann, ben, []]);
      expect(gathered.map((group) => group.map(({ from }) => from.length))).toEqual([[6], [6], []]);
      const bytes = gathered.flatMap((group) => group.map((one) => one.bytes));
      expect(Buffer.from(bytes[0] as Uint8Array).includes('s')).toBe(true);
      const again = new Y.Doc({ gc: false });
      again.transact(() => {
        for (const update of bytes) Y.applyUpdate(again, update);
      });
      expect(again.getText('field/aims').toString()).toBe('Plain');
      expect(Y.equalSnapshots(Y.snapshot(again), Y.snapshot(doc))).toBe(true);
    });

    it('[SAVE-3] leaves alone an update of which a merge would lose something', async () => {
      const low = written(5, [(doc) => append(doc, 'l')])[0] as Uint8Array;
      const high = written(6, [(doc) => append(doc, 'h')])[0] as Uint8Array;
      const odd = ascending(low, high);
      const after = written(7, typing('xyz'));
      const [group] = await folder.gather([[after[0] as Uint8Array, odd, ...after.slice(1)]]);
      expect(group?.map(({ from }) => from)).toEqual([[0, 2, 3], [1]]);
      expect(group?.[1]?.bytes).toEqual(odd);
    });

    it('keeps holes that somebody else fills', async () => {
      const [a, b, c] = written(9, typing('abc')) as [Uint8Array, Uint8Array, Uint8Array];
      const gathered = await folder.gather([[a, c], [b]]);
      const doc = new Y.Doc();
      doc.transact(() => {
        for (const [one] of gathered) Y.applyUpdate(doc, one?.bytes as Uint8Array);
      });
      expect(doc.getText('field/aims').toString()).toBe('abc');
    });

    it('[INPUT-1] surveys a block as a room does that opens it', async () => {
      const doc = new Y.Doc({ gc: false });
      const steps = [(d: Y.Doc) => d.getText('field/aims').delete(1, 2), ...typing('more')];
      const parts = [...written(1, typing('words'), doc), ...written(2, steps, doc)];
      const { whole, sets, ...known } = await folder.survey(parts);
      const { deleted, keyed, elements, removed, ...rest } = surveyUpdate(whole);
      expect(known).toEqual(rest);
      const read = sets.map((bytes) => [...clockSetOf(bytes)]);
      expect(read).toEqual([deleted, keyed, elements, removed].map((set) => [...set]));
      expect(known.states).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
      await expect(folder.survey(parts.slice(1))).rejects.toThrow(UnfoldableError);
    });

    it('[INPUT-1] reads what stands in a block, and throws away what makes none', async () => {
      const parts = written(1, [
        ...typing('Plain'),
        (doc) => doc.getMap('fields').set('prompt/why', 'ask'),
        (doc) => doc.getXmlFragment('content').insert(0, [new Y.XmlElement('paragraph')]),
      ]);
      expect(await folder.read(parts)).toEqual({
        text: { type: 'doc', content: [{ type: 'paragraph' }] },
        suggested: { type: 'doc', content: [{ type: 'paragraph' }] },
        values: { 'field/aims': 'Plain' },
        prompts: { why: 'ask' },
      });
      await expect(folder.read(parts.slice(1))).rejects.toThrow(UnfoldableError);
    });

    it('[HISTORY-1] reads who wrote each piece of a text', async () => {
      const content = (doc: Y.Doc) => doc.getXmlFragment('content');
      const line = (doc: Y.Doc) => (content(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
      const [first = new Uint8Array()] = written(1, [
        (doc) => {
          const paragraph = new Y.XmlElement('paragraph');
          content(doc).insert(0, [paragraph]);
          paragraph.insert(0, [new Y.XmlText('Plain words')]);
        },
      ]);
      const other = new Y.Doc();
      other.clientID = 2;
      Y.applyUpdate(other, first);
      const before = Y.encodeStateVector(other);
      line(other).insert(5, ' bold', { bold: {} });
      line(other).delete(10, 2);
      const second = Y.encodeStateAsUpdate(other, before);
      const { text } = await folder.readWritten([first, second]);
      const by = (client: number) => ({ type: 'writtenBy', attrs: { client } });
      expect(text.content?.[0]?.content).toEqual([
        { type: 'text', text: 'Plain', marks: [by(1)] },
        { type: 'text', text: ' bold', marks: [{ type: 'bold' }, by(2)] },
        { type: 'text', text: 'ords', marks: [by(1)] },
      ]);
      await expect(folder.readWritten([second])).rejects.toThrow(UnfoldableError);
    });

    it('says whether an editor can hold a block', async () => {
      const well = written(1, typing('words'));
      const foreign = written(2, [(doc) => doc.getMap('content').set('key', 1)]);
      expect(await folder.isWellShaped(well)).toBe(true);
      expect(await folder.isWellShaped([...well, ...foreign])).toBe(false);
      await expect(folder.isWellShaped(well.slice(1))).rejects.toThrow(UnfoldableError);
    });

    it('[SAVE-5] merges an update into a block, and says what that hides', async () => {
      const doc = new Y.Doc();
      const paragraph = new Y.XmlElement('paragraph');
      const words = new Y.XmlText();
      paragraph.insert(0, [words]);
      const content = (of: Y.Doc) => of.getXmlFragment('content');
      const [block] = written(1, [(d) => content(d).insert(0, [paragraph])], doc) as [Uint8Array];
      const other = new Y.Doc();
      Y.applyUpdate(other, block);
      const typed = written(2, [() => words.insert(0, 'typed')], doc)[0] as Uint8Array;
      const [removal] = written(3, [(d) => content(d).delete(0, 1)], other) as [Uint8Array];
      const own = deleteSetBytes(newsOf(removal, knownBlock({ 1: 2 })).deletions);
      const merged = await folder.merge([block, typed], removal, own);
      expect(merged.hidden.map((found) => found.words)).toEqual(['typed']);
      expect(merged).toMatchObject({ arrivedHidden: [], weight: 0 });
      expect(merged.weightBefore).toBeGreaterThan(5);
      expect([...clockSetOf(merged.removed)]).toContainEqual({ client: 2, from: 0, to: 5 });
      expect(clockSetOf(merged.deleted).count(1, 0, 2)).toBe(2);
      await expect(folder.merge([typed], removal, own)).rejects.toThrow(UnfoldableError);
    });

    it('[INPUT-1] tells what takes too long to merge', async () => {
      const [line] = written(5, [(doc) => append(doc, 'k'.repeat(2_000))]) as [Uint8Array];
      const searching = searchingUpdate(1_000);
      // It takes a quarter of a second, for it looks for a thousand places.
      expect(await folder.mergesWithin([line], searching, 20)).toBe(false);
      expect(await folder.mergesWithin([line], searching, 60_000)).toBe(true);
      const [typed] = written(6, [(doc) => append(doc, 'x')]) as [Uint8Array];
      expect(await folder.mergesWithin([line], typed, 60_000)).toBe(true);
      await expect(folder.mergesWithin([typed], searching, 60_000)).rejects.toThrow(UnfoldableError);
    });

    it('does nothing more once closed', async () => {
      const closed = open();
      await closed.close();
      await expect(closed.fold([])).rejects.toThrow(FolderFailedError);
    });
  });
}

folderContract('in memory', () => memoryFolder());
folderContract('on a thread', () => workerFolder({ clock: new HandClock() }));

describe('the thread that folds', () => {
  let place: string;
  let folder: Folder | null = null;
  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'casebook-folder-'));
  });
  afterAll(() => rm(place, { recursive: true }));
  afterEach(() => folder?.close());

  const thread = async (source: string): Promise<URL> => {
    const file = join(place, `${source.length}.mjs`);
    await writeFile(file, `import { parentPort } from 'node:worker_threads';\n${source}`);
    return pathToFileURL(file);
  };

  it('that hangs is ended at its deadline, and the next task has a new one', async () => {
    const clock = new HandClock();
    folder = workerFolder({
      clock,
      deadlineMs: 5_000,
      thread: await thread(
        `parentPort.on('message', (task) => {
           if (task.parts.length === 1) for (;;);
           parentPort.postMessage({ kind: 'folded', folded: { state: new Uint8Array(2), weight: 7 } });
         });`,
      ),
    });
    const hanging = folder.fold([new Uint8Array(2)]);
    const next = folder.fold([]);
    const failed = expect(hanging).rejects.toThrow('not done within 5000 ms');
    await Promise.resolve();
    clock.advance(4_999);
    clock.advance(1);
    await failed;
    expect((await next).weight).toBe(7);
    expect(clock.pending).toBe(0);
  });

  it('[INPUT-1] that does not come to the end of a merge is ended, and the merge takes too long', async () => {
    const clock = new HandClock();
    const hanging = await thread(`parentPort.on('message', () => { for (;;); });`);
    folder = workerFolder({ clock, thread: hanging });
    const merges = folder.mergesWithin([new Uint8Array(2)], new Uint8Array(2), 1_000);
    await Promise.resolve();
    clock.advance(10_000);
    expect(await merges).toBe(false);
    const never = folder.mergesWithin([new Uint8Array(2)], new Uint8Array(2), 1_000);
    const failed = expect(never).rejects.toThrow('the folder is closed');
    await Promise.resolve();
    await folder.close();
    await failed;
  });

  it('that breaks down fails its task, and the next one has a new thread', async () => {
    folder = workerFolder({
      clock: new HandClock(),
      thread: await thread(
        `parentPort.on('message', (task) => {
           if (task.parts.length === 1) throw new Error('out of order');
           if (task.parts.length === 2) process.exit(3);
           parentPort.postMessage({ kind: 'folded', folded: { state: new Uint8Array(2), weight: 8 } });
         });`,
      ),
    });
    await expect(folder.fold([new Uint8Array(2)])).rejects.toThrow('the thread broke down');
    await expect(folder.fold([new Uint8Array(2), new Uint8Array(2)])).rejects.toThrow('ended with 3');
    expect((await folder.fold([])).weight).toBe(8);
  });

  it('is begun once when it is announced, and takes what is asked then', async () => {
    const begun = join(place, 'begun');
    await writeFile(begun, '');
    folder = workerFolder({
      clock: new HandClock(),
      thread: await thread(
        `import { appendFileSync } from 'node:fs';
         appendFileSync(${JSON.stringify(begun)}, 'x');
         parentPort.on('message', () => {
           parentPort.postMessage({ kind: 'folded', folded: { state: new Uint8Array(2), weight: 9 } });
         });`,
      ),
    });
    folder.prepare();
    folder.prepare();
    expect((await folder.fold([])).weight).toBe(9);
    folder.prepare();
    expect(await readFile(begun, 'utf8')).toBe('x');
  });

  it('is ended in the middle of a task by a close', async () => {
    folder = workerFolder({
      clock: new HandClock(),
      thread: await thread(`parentPort.on('message', () => { for (;;); });`),
    });
    const failed = expect(folder.fold([])).rejects.toThrow('the folder is closed');
    await Promise.resolve();
    await folder.close();
    await failed;
  });

  it('works from what is built, and keeps no process alive', async () => {
    const root = new URL('../..', import.meta.url);
    const script = join(place, 'fold.mjs');
    await writeFile(
      script,
      `import { Worker } from 'node:worker_threads';
       import { ensureBuilt } from '${new URL('server/cli/build.mjs', root).href}';
       await ensureBuilt({ parts: ['server'] });
       const worker = new Worker(new URL('${new URL('dist/server/folding-thread.js', root).href}'));
       worker.once('message', (answer) => {
         console.log(answer.kind);
         worker.unref();
       });
       worker.postMessage({ kind: 'fold', parts: [] });`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    expect(stdout.trim()).toBe('folded');
  });
});
