/** What has to hold in every moment of a schedule, and what at its end. */
import { expect } from 'vitest';
import * as Y from 'yjs';
import type { NewLogRow } from '../../server/ports/block-store.ts';
import type { Page } from '../sync/support/page.ts';
import { BLOCK, type World } from './world.ts';
import { textOf, type Writing } from './writing.ts';

/** People who may never write. */
const READERS: readonly (string | null)[] = ['vic', 'eve'];

export class Promises {
  readonly #world: World;
  readonly #writing: Writing;
  /** Whose replica has which client id. */
  readonly #clients = new Map<number, string>();
  /** Words that pages kept apart before they were closed. */
  #keptBefore = '';
  /** Whose access changed on the way. */
  readonly #changed = new Set<string>();

  constructor(world: World, writing: Writing) {
    this.#world = world;
    this.#writing = writing;
  }

  /** The past is on disk; what comes now is held to its author. */
  begin(): void {
    this.#world.disk.onRow = (row) => this.#holdRow(row);
  }

  /** Somebody is about to write in a replica. */
  writes(doc: Y.Doc, personId: string): void {
    this.#clients.set(doc.clientID, personId);
  }

  accessChanges(personId: string): void {
    this.#changed.add(personId);
  }

  leaves(page: Page): void {
    this.#keptBefore += keptWords(page);
  }

  /** Nobody sees, and nobody is told to be saved, what is not on disk. */
  holdNow(): void {
    for (const page of this.#world.pages) {
      const view = page.view(BLOCK);
      if (!view.replica) continue;
      const { doc, awareness } = view.replica;
      for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
        const whose = this.#clients.get(client);
        if (whose === undefined) continue;
        // What another tab of the same person wrote came from there, and not by the server.
        const sameDevice = page.personId === whose;
        if (sameDevice && !(client === doc.clientID && view.save.kind === 'saved')) continue;
        const rule = sameDevice ? '[SAVE-1] said to be saved' : '[SAVE-1] seen by another';
        expect(this.#world.disk.clockOf(client), rule).toBeGreaterThanOrEqual(clock);
      }
      for (const [client, state] of awareness.getStates()) {
        if (client === awareness.clientID || !state.user) continue;
        const whose = this.#clients.get(client);
        if (whose) expect(state.user.id, '[ACCESS-3] the name on a caret').toBe(whose);
      }
    }
  }

  isAtRest(): boolean {
    return this.#world.pages.every((page) => {
      const view = page.view(BLOCK);
      if (view.refusal) return true;
      return view.live && view.replica !== null && view.save.kind === 'saved';
    });
  }

  async holdAtLast(): Promise<void> {
    const world = this.#world;
    const joined = await world.joined();
    const onServer = stateOf(joined);
    for (const page of world.pages) {
      const view = page.view(BLOCK);
      if (!view.replica) {
        expect(view.refusal, '[SAVE-6] a page without a text says why').not.toBeNull();
        continue;
      }
      expect(view.save, '[SAVE-2] at rest').toEqual({ kind: 'saved' });
      const here = stateOf(view.replica.doc);
      // A reader's editor cleans formatting for itself, which nobody takes from it.
      expect(
        { ...here, deleted: view.access === 'write' ? here.deleted : onServer.deleted },
        '[SAVE-4] equal',
      ).toEqual(onServer);
    }
    for (const stranger of world.strangers) {
      // Without the right to write, what it typed stays its own.
      const access = world.access.get(stranger.personId)?.access ?? 'write';
      if (stranger.refusal || access !== 'write') continue;
      expect(stateOf(stranger.doc), '[SAVE-4] equal').toEqual(onServer);
    }
    await this.#holdWords(joined);
  }

  async #holdWords(joined: Y.Doc): Promise<void> {
    const world = this.#world;
    const { field, content } = textOf(joined);
    const records = await world.records.read.selectFrom('lost_words').selectAll().execute();
    const tray = records.map(({ words }) => words).join('');
    const apart = this.#keptBefore + world.pages.map(keptWords).join('');
    const refused = world.strangers.map(({ doc }) => Object.values(textOf(doc)).join('')).join('');
    const missing: string[] = [];
    for (const [sign, personId] of this.#writing.typed) {
      const times = field.split(sign).length - 1;
      expect(times, '[SAVE-3] an insertion in effect twice').toBeLessThanOrEqual(1);
      if (READERS.includes(personId)) {
        expect(`${field}${content}`, '[ACCESS-2] words of a reader').not.toContain(sign);
        continue;
      }
      // Somebody else's editor keeps nothing apart.
      if (this.#changed.has(personId) && world.strangers.some((one) => one.personId === personId)) continue;
      if (this.#writing.removed.has(sign)) continue;
      const found = [field, content, tray, apart, refused].some((text) => text.includes(sign));
      if (!found) missing.push(`${sign} of ${personId}`);
    }
    expect(missing, '[SAVE-5] words that nobody removed and that stand nowhere').toEqual([]);
    for (const { words, author_id } of records) {
      for (const sign of words) {
        const typist = this.#writing.typed.get(sign);
        if (typist) expect(author_id, '[SAVE-5] the author of words in the tray').toBe(typist);
      }
    }
    // A deletion that was not sent is nothing that could be kept apart.
    if (this.#changed.size > 0) return;
    for (const sign of this.#writing.removed) {
      if (this.#writing.inField.has(sign)) expect(field, '[SAVE-3] a deletion').not.toContain(sign);
    }
  }

  #holdRow(row: NewLogRow): void {
    expect(READERS, '[ACCESS-2] the author of a row').not.toContain(row.authorId);
    for (const { client } of row.clients) {
      const whose = this.#clients.get(client);
      if (whose !== undefined) expect(row.authorId, '[ACCESS-3] the author of a row').toBe(whose);
    }
  }
}

function keptWords(page: Page): string {
  return page.engine.kept
    .get()
    .map(({ words }) => words)
    .join('');
}

/** What makes two replicas equal: the text, what they have seen, and what is deleted. */
function stateOf(doc: Y.Doc) {
  const snapshot = Y.snapshot(doc);
  return {
    ...textOf(doc),
    shape: doc.getXmlFragment('content').toString(),
    states: [...snapshot.sv].sort(([one], [other]) => one - other),
    deleted: [...snapshot.ds.clients]
      .sort(([one], [other]) => one - other)
      .map(([client, ranges]) => [client, ranges.map(({ clock, len }) => [clock, len])]),
  };
}
