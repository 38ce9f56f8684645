import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BlockDocument } from '../../server/collaboration/block-document.ts';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import { UNLOAD_AFTER_MS } from '../../server/collaboration/bounds.ts';
import { ClockSet } from '../../server/collaboration/clock-set.ts';
import { StoreWriteError } from '../../server/ports/block-store.ts';
import { seededRandomness } from '../support/randomness.ts';
import { replicaState, Scene, type StockPeer } from '../support/wire.ts';

const STEPS = 150;
const SEEDS = Array.from({ length: 25 }, (_, i) => i + 1);

class Dice {
  readonly #random;
  constructor(seed: number) {
    this.#random = seededRandomness(seed);
  }
  /** @returns 0 … below - 1 */
  roll(below: number): number {
    const [high = 0, low = 0] = this.#random.bytes(2);
    return (high * 256 + low) % below;
  }
}

/** One change that an editor or a form could make. */
function change(doc: Y.Doc, dice: Dice): void {
  const field = doc.getText('field/aims');
  const content = doc.getXmlFragment('content');
  const paragraph = content.length > 0 ? content.get(dice.roll(content.length)) : null;
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  switch (dice.roll(8)) {
    case 0:
      doc.getMap('fields').set(`value/${dice.roll(3)}`, `v${dice.roll(1000)}`);
      return;
    case 1:
      doc.getMap('fields').delete(`value/${dice.roll(3)}`);
      return;
    case 2: {
      const element = new Y.XmlElement(dice.roll(2) === 0 ? 'paragraph' : 'heading');
      element.insert(0, [new Y.XmlText('text')]);
      content.insert(dice.roll(content.length + 1), [element]);
      return;
    }
    case 3:
      if (content.length > 0) content.delete(dice.roll(content.length), 1);
      return;
    case 4:
      if (text instanceof Y.XmlText) text.insert(dice.roll(text.length + 1), `w${dice.roll(100)}`);
      return;
    case 5:
      if (text instanceof Y.XmlText && text.length > 1) {
        text.format(dice.roll(text.length - 1), 1 + dice.roll(2), { bold: dice.roll(2) === 0 ? {} : null });
      }
      return;
    case 6:
      if (field.length > 0) field.delete(dice.roll(field.length), 1);
      return;
    default:
      field.insert(dice.roll(field.length + 1), `${dice.roll(10)}é`);
  }
}

class Storm {
  readonly #scene: Scene;
  readonly #dice: Dice;
  readonly #people = ['ann', 'ben', 'cem', 'vic'];
  readonly docs: Y.Doc[];
  readonly #peers: (StockPeer | null)[];

  constructor(scene: Scene, dice: Dice) {
    this.#scene = scene;
    this.#dice = dice;
    this.docs = this.#people.map((_, who) => {
      const doc = new Y.Doc();
      doc.clientID = dice.roll(60_000) * 4 + who + 1;
      return doc;
    });
    this.#peers = this.#people.map(() => null);
  }

  async step(): Promise<void> {
    const who = this.#dice.roll(this.#people.length);
    const peer = this.#peers[who];
    switch (this.#dice.roll(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        // The last one may only read.
        if (who < 3) change(this.docs[who] as Y.Doc, this.#dice);
        return;
      case 4:
      case 5:
        peer?.up(1 + this.#dice.roll(3));
        return;
      case 6:
      case 7:
        peer?.down(1 + this.#dice.roll(3));
        return;
      case 8:
        await this.#scene.step();
        return;
      case 9:
        if (peer) this.#leave(who);
        else this.#enter(who);
        return;
      case 10: {
        // A message that the network repeats.
        const frame = peer?.outgoing[0];
        if (frame) peer?.say(frame);
        return;
      }
      default:
        await this.#trouble();
    }
  }

  async heal(): Promise<void> {
    this.#scene.store.failure = null;
    this.#scene.store.release();
    for (let round = 0; round < 2; round++) {
      for (let who = 0; who < this.#people.length; who++) {
        if (round === 0 || this.#peers[who]?.socket.closed) {
          this.#leave(who);
          this.#enter(who);
        }
      }
      await this.#scene.run();
    }
  }

  async #trouble(): Promise<void> {
    switch (this.#dice.roll(5)) {
      case 0:
        this.#scene.restart();
        this.#peers.fill(null);
        return;
      case 1:
        this.#scene.store.failure = new StoreWriteError('disk full');
        await this.#scene.step();
        this.#scene.store.failure = null;
        return;
      case 2:
        this.#scene.store.shut();
        return;
      case 3:
        this.#scene.store.release();
        await this.#scene.settle();
        return;
      default:
        this.#scene.clock.advance(UNLOAD_AFTER_MS);
        await this.#scene.settle();
    }
  }

  #enter(who: number): void {
    const doc = this.docs[who] as Y.Doc;
    this.#peers[who] = this.#scene.stock(this.#people[who] as string, 'a', { doc });
  }

  #leave(who: number): void {
    const peer = this.#peers[who];
    if (!peer) return;
    peer.cut();
    this.#scene.peers.splice(this.#scene.peers.indexOf(peer), 1);
    this.#peers[who] = null;
  }
}

describe('replicas of a block', () => {
  test.each(SEEDS)('[SAVE-4] end equal, whatever the network and the disk do (seed %i)', async (seed) => {
    const scene = await Scene.create('a');
    scene.access.people.set('vic', { access: 'read', reason: 'role', team: true });
    const storm = new Storm(scene, new Dice(seed));
    for (let i = 0; i < STEPS; i++) await storm.step();
    await storm.heal();
    const [ann, ben, cem, vic] = storm.docs.map(replicaState);
    const disk = await readBlock(scene.store, 'a');
    const kept = replicaState(disk?.doc as Y.Doc);
    expect(ben).toEqual(ann);
    expect(cem).toEqual(ann);
    expect(kept).toEqual(ann);
    expect({ ...vic, deleted: null }).toEqual({ ...ann, deleted: null });
    expect(scene.log.lines.filter(({ message }) => message.includes('broke'))).toEqual([]);
    await scene.close();
  });

  test('[SAVE-4] the server tidies no marks of its own accord', () => {
    const ann = new Y.Doc();
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText('one two three')]);
    ann.getXmlFragment('content').insert(0, [paragraph]);
    const start = Y.encodeStateAsUpdate(ann);
    const ben = new Y.Doc();
    Y.applyUpdate(ben, start);
    const sent: Uint8Array[] = [];
    for (const doc of [ann, ben]) doc.on('update', (update) => sent.push(update));
    const textOf = (doc: Y.Doc) => (doc.getXmlFragment('content').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    textOf(ann).format(0, 7, { bold: true });
    textOf(ben).format(0, 7, { bold: true });

    const page = new Y.Doc();
    let tidied = 0;
    page.on('update', (_update, _origin, _doc, { local }) => {
      if (local) tidied += 1;
    });
    const server = new BlockDocument();
    for (const update of [start, ...sent]) {
      Y.applyUpdate(page, update);
      const before = server.gone().deleted;
      server.apply(update, new ClockSet());
      const deleted = [...server.gone().deleted.without(before)];
      const named = [...Y.decodeUpdate(update).ds.clients].flatMap(([client, found]) =>
        found.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
      );
      expect(deleted).toEqual(named);
    }
    // A page does: so there was something to tidy.
    expect(tidied).toBeGreaterThan(0);
  });
});
