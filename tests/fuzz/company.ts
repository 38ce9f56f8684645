import * as Y from 'yjs';
import type { News } from '../../server/collaboration/update-inspector.ts';
import { surveyUpdate } from '../../server/collaboration/update-survey.ts';
import type { Dice } from '../support/dice.ts';
import { deletedIn, exactDoc, KeptBlock } from '../support/kept-block.ts';

export type Edit = (doc: Y.Doc, undo: Y.UndoManager, dice: Dice) => void;

interface Member {
  readonly doc: Y.Doc;
  readonly undo: Y.UndoManager;
  online: boolean;
  /** Own updates on their way to the server. */
  readonly outgoing: Uint8Array[];
  /** What the server sent, on its way here. */
  readonly incoming: Uint8Array[];
}

const SERVER = 'server';

/** Who looks over the server's shoulder. */
export interface Onlooker {
  /** @throws where something is not as it should be */
  accepted(news: News): void;
  /** All that was accepted was folded into one update without deleted words. */
  folded(whole: Uint8Array): void;
}

/** How a run went, to see that it went through what it is meant to go through. */
export interface Tally {
  news: number;
  known: number;
  gap: number;
  trimmed: number;
}

/**
 * Honest people at one block, over a network that delays, repeats, reorders and
 * loses, and a server that keeps no document.
 */
export class Company {
  readonly #dice: Dice;
  readonly #edit: Edit;
  readonly #members: readonly Member[];
  readonly #tally: Tally;
  readonly #onlooker: Onlooker | null;
  #server = new KeptBlock();

  constructor(size: number, edit: Edit, dice: Dice, tally: Tally, onlooker: Onlooker | null = null) {
    this.#onlooker = onlooker;
    this.#dice = dice;
    this.#edit = edit;
    this.#tally = tally;
    this.#members = Array.from({ length: size }, () => this.#member());
  }

  #member(): Member {
    const doc = new Y.Doc({ gc: !this.#dice.once(3) });
    doc.clientID = 1 + this.#dice.roll(2 ** 31);
    const scope = [doc.getXmlFragment('content'), doc.getText('field/aims'), doc.getMap('fields')];
    const undo = new Y.UndoManager(scope as never, { captureTimeout: 0 });
    const member: Member = { doc, undo, online: true, outgoing: [], incoming: [] };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (member.online && origin !== SERVER) member.outgoing.push(update);
    });
    return member;
  }

  step(): void {
    const member = this.#dice.pick(this.#members);
    switch (this.#dice.roll(20)) {
      case 0:
        member.online = false;
        member.outgoing.length = 0;
        member.incoming.length = 0;
        return;
      case 1:
        if (!member.online) this.#connect(member);
        return;
      case 2:
        // A page that was reloaded: the same words, another client id.
        member.doc.clientID = 1 + this.#dice.roll(2 ** 31);
        return;
      case 3:
        this.#receive(member, Y.encodeStateAsUpdate(member.doc));
        return;
      case 4:
        this.#fold();
        return;
      case 5:
        if (member.outgoing.length > 0) member.outgoing.splice(this.#dice.roll(member.outgoing.length), 1);
        return;
      case 6:
      case 7:
      case 8:
      case 9:
        this.#send(member);
        return;
      case 10:
      case 11:
      case 12:
      case 13:
        this.#hear(member);
        return;
      default:
        this.#edit(member.doc, member.undo, this.#dice);
    }
  }

  /** Everybody comes online, and all is exchanged until nobody has anything new. */
  settle(): void {
    for (let round = 0; round < 20; round++) {
      let isQuiet = true;
      for (const member of this.#members) {
        member.outgoing.length = 0;
        member.incoming.length = 0;
        if (this.#connect(member) === 'news' || member.outgoing.length > 0) isQuiet = false;
      }
      if (isQuiet) return;
    }
    throw new Error('no end of news');
  }

  /** @returns what every replica must agree on: the server's, then each member's */
  replicas(): Replica[] {
    const whole = this.#server.whole();
    const server = replica(exactDoc(true, whole));
    const kept = { ...replica(exactDoc(false, whole)), states: [...this.#server.states].sort(byClient) };
    return [
      server,
      { ...kept, deleted: ranges(this.#server.deleted) },
      ...this.#members.map(({ doc }) => replica(doc)),
    ];
  }

  /** @throws where what the server knows to stand under a key does not, or the other way round */
  requireKeyed(): void {
    const whole = this.#server.whole();
    const survey = surveyUpdate(whole);
    if (String(ranges(survey.deleted)) !== String(ranges(this.#server.deleted)))
      throw new Error('another delete set');
    for (const structs of exactDoc(false, whole).store.clients.values()) {
      for (const struct of structs) {
        if (!(struct instanceof Y.Item)) continue;
        const { client, clock } = struct.id;
        const isKeyed = struct.parentSub !== null;
        for (const { keyed } of [this.#server, survey]) {
          if (keyed.covers(client, clock, clock + struct.length) !== isKeyed)
            throw new Error(`keyed: ${isKeyed}`);
        }
      }
    }
  }

  #connect(member: Member): string {
    member.online = true;
    Y.applyUpdate(member.doc, Y.diffUpdate(this.#server.whole(), Y.encodeStateVector(member.doc)), SERVER);
    return this.#receive(member, Y.encodeStateAsUpdate(member.doc, this.#server.stateVector()));
  }

  #send(member: Member): void {
    const { outgoing } = member;
    if (outgoing.length === 0) return;
    const at = this.#dice.once(3) ? this.#dice.roll(outgoing.length) : 0;
    const count = this.#dice.once(4) ? 1 + this.#dice.roll(outgoing.length - at) : 1;
    const isRepeated = this.#dice.once(8);
    const sent = isRepeated ? outgoing.slice(at, at + count) : outgoing.splice(at, count);
    // Now and then with a hole, as a page does that merges what waits.
    if (sent.length > 2 && this.#dice.once(3)) sent.splice(1, 1);
    this.#receive(member, Y.mergeUpdates(sent));
  }

  #receive(sender: Member, update: Uint8Array): string {
    const inspection = this.#server.receive(update);
    switch (inspection.kind) {
      case 'malformed':
        throw new Error(`refused: ${inspection.why}`);
      case 'gap': {
        this.#tally.gap++;
        const doc = exactDoc(false, this.#server.whole(), update);
        if (!doc.store.pendingStructs && !doc.store.pendingDs) throw new Error('a gap where there is none');
        // Asked for what is missing, it sends all.
        if (!this.#dice.once(4)) this.#receiveAll(sender);
        break;
      }
      case 'known':
        this.#tally.known++;
        break;
      case 'news': {
        this.#tally.news++;
        this.#onlooker?.accepted(inspection.news);
        const { bytes, ranges } = inspection.news;
        if (bytes.length < update.length && ranges.length > 0) this.#tally.trimmed++;
        for (const member of this.#members) {
          if (member.online && member !== sender) member.incoming.push(bytes);
        }
      }
    }
    return inspection.kind;
  }

  #receiveAll(member: Member): void {
    const { store } = member.doc;
    const inspection = this.#server.receive(Y.encodeStateAsUpdate(member.doc, this.#server.stateVector()));
    if (inspection.kind === 'news') this.#onlooker?.accepted(inspection.news);
    const isWhole = !store.pendingStructs && !store.pendingDs;
    if (inspection.kind === 'malformed' || (inspection.kind === 'gap' && isWhole)) {
      throw new Error(`a whole answer is ${inspection.kind}`);
    }
  }

  #hear(member: Member): void {
    const { incoming } = member;
    if (incoming.length === 0) return;
    const at = this.#dice.once(3) ? this.#dice.roll(incoming.length) : 0;
    const [update] = this.#dice.once(8) ? incoming.slice(at, at + 1) : incoming.splice(at, 1);
    Y.applyUpdate(member.doc, update as Uint8Array, SERVER);
  }

  /** Folds all that was accepted into one update without deleted words. */
  #fold(): void {
    const folded = new KeptBlock();
    const whole = Y.encodeStateAsUpdate(exactDoc(true, this.#server.whole()));
    const inspection = folded.receive(whole);
    if (inspection.kind === 'malformed' || inspection.kind === 'gap')
      throw new Error('a snapshot is refused');
    folded.deleted.addAll(this.#server.deleted);
    this.#server = folded;
    this.#onlooker?.folded(whole);
  }
}

export interface Replica {
  readonly content: string;
  readonly texts: unknown;
  readonly fields: unknown;
  readonly states: readonly (readonly [number, number])[];
  readonly deleted: readonly string[];
}

function replica(doc: Y.Doc): Replica {
  return {
    content: withoutPairs(doc.getXmlFragment('content').toString()),
    texts: ['field/aims', 'field/group/row/name'].map((name) => withoutPairs(doc.getText(name).toString())),
    fields: doc.getMap('fields').toJSON(),
    states: [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(byClient),
    deleted: ranges(deletedIn(doc)),
  };
}

/**
 * Whoever edits between the halves of a surrogate pair makes Yjs replace both, on those replicas
 * alone that happen to keep them apart: no bytes say so. Here such halves are all the same.
 */
function withoutPairs(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, '\ufffd');
}

function ranges(set: Iterable<{ client: number; from: number; to: number }>): string[] {
  return [...set].map(({ client, from, to }) => `${client}: ${from}–${to}`);
}

function byClient(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0];
}
