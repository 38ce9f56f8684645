/** One short schedule: what happens in which order follows from its seed alone. */

import { Dice } from '../support/dice.ts';
import type { Page } from '../sync/support/page.ts';
import { seedClientIds } from './chance.ts';
import { pastRows } from './past.ts';
import { Promises } from './promises.ts';
import { BLOCK, LINEAGE, type World } from './world.ts';
import { Writing } from './writing.ts';

const STEPS = 40;
/** Ten seconds more than a room is kept open for nobody. */
const UNTIL_UNLOADED = 20_000;
/** Rounds of ten seconds after which everybody has to be in step. */
const ROUNDS_TO_HEAL = 12;
/** Rows that a block begins with: none, enough to fold at unloading, enough to fold while open. */
const PASTS = [0, 0, 25, 195];

export class Schedule {
  readonly #seed: number;
  readonly #world: World;
  readonly #dice: Dice;
  readonly #writing: Writing;
  readonly #promises: Promises;
  /** Whose page is at the same place of the world's list. */
  readonly #people: string[] = [];

  constructor(seed: number, world: World) {
    this.#seed = seed;
    this.#world = world;
    this.#dice = new Dice(seed);
    this.#writing = new Writing(this.#dice);
    this.#promises = new Promises(world, this.#writing);
  }

  /** @throws with the promise that was broken */
  async play(): Promise<void> {
    const world = this.#world;
    const dice = this.#dice;
    seedClientIds(this.#seed);
    await world.disk.store.create(BLOCK, LINEAGE);
    await world.disk.commit(pastRows(dice.pick(PASTS)));
    this.#promises.begin();
    for (const person of ['ada', 'ben']) this.#open(person);
    if (dice.once(2)) this.#open('ada');
    if (dice.once(4)) {
      world.access.set('vic', { access: 'read', reason: 'role', team: true });
      this.#open('vic');
    }
    if (dice.once(3)) world.stranger('cem');
    if (dice.once(6)) {
      world.access.set('eve', { access: 'read', reason: 'role', team: true });
      world.stranger('eve');
    }
    for (let round = 0; round < 3; round++) {
      await world.run();
      await world.settle();
    }
    for (let step = 0; step < STEPS; step++) {
      await this.#step();
      this.#promises.holdNow();
    }
    await this.#heal();
    await this.#promises.holdAtLast();
  }

  #open(personId: string): Page {
    this.#people.push(personId);
    return this.#world.page(personId);
  }

  async #step(): Promise<void> {
    const world = this.#world;
    const dice = this.#dice;
    const kind = dice.roll(40);
    if (kind < 14) this.#write();
    else if (kind < 24) this.#deliver();
    else if (kind < 28) await this.#serve();
    else if (kind < 30) world.tabs.tellTabs();
    else if (kind < 34) await this.#pass(dice.roll(4_000));
    else await this.#trouble();
    await world.breathe(4);
  }

  #write(): void {
    const world = this.#world;
    const strangers = world.strangers.filter(({ refusal }) => refusal === null);
    if (strangers.length > 0 && this.#dice.once(4)) {
      const stranger = this.#dice.pick(strangers);
      this.#promises.writes(stranger.doc, stranger.personId);
      this.#writing.change(stranger.doc, stranger.personId);
      if (this.#dice.once(6)) stranger.repeat();
      return;
    }
    const at = this.#dice.roll(world.pages.length);
    const view = world.pages[at]?.view(BLOCK);
    if (!view?.replica) return;
    // A page lets nobody write who may only read.
    if (view.access !== 'write') return;
    const personId = this.#people[at] as string;
    const { doc, awareness } = view.replica;
    this.#promises.writes(doc, personId);
    if (this.#dice.once(8)) awareness.setLocalState({ user: { id: 'mallory', name: 'Mallory' } });
    const letters = this.#dice.once(3) ? 4 : 1;
    for (let letter = 0; letter < letters; letter++) this.#writing.change(doc, personId);
  }

  #deliver(): void {
    const { lines } = this.#world;
    if (lines.length === 0) return;
    const line = this.#dice.pick(lines);
    const frames = this.#dice.once(4) ? 20 : 1 + this.#dice.roll(3);
    if (this.#dice.once(2)) {
      for (let frame = 0; frame < frames; frame++) line.stepUp();
      return;
    }
    if (this.#dice.once(8)) line.repeatDown();
    for (let frame = 0; frame < frames; frame++) line.stepDown();
  }

  async #serve(): Promise<void> {
    const { process } = this.#world;
    process.turn.step();
    await this.#world.breathe();
    if (this.#dice.once(12)) process.disk.refuse();
    else await process.disk.step();
  }

  async #pass(ms: number): Promise<void> {
    this.#world.networkIsUp = this.#world.networkIsUp || this.#dice.once(2);
    this.#world.pass(ms);
    if (this.#dice.once(2)) await this.#world.settle();
  }

  async #trouble(): Promise<void> {
    const world = this.#world;
    const dice = this.#dice;
    switch (dice.roll(8)) {
      case 0:
      case 1:
        if (world.lines.length > 0) dice.pick(world.lines).cut();
        return;
      case 2:
        world.networkIsUp = false;
        for (const line of [...world.lines]) line.cut();
        return;
      case 3:
        await world.crash(dice.roll(3));
        return;
      case 4:
        await this.#reload(dice.roll(world.pages.length));
        return;
      case 5:
        await this.#changeAccess();
        return;
      case 6: {
        // Everybody leaves for so long that the room unloads.
        for (const line of [...world.lines]) line.cut();
        world.networkIsUp = false;
        await world.run();
        world.pass(UNTIL_UNLOADED);
        await world.run();
        world.networkIsUp = true;
        return;
      }
      default:
        for (const stranger of world.strangers) {
          if (dice.once(2)) stranger.go();
          else stranger.come();
        }
    }
  }

  async #reload(at: number): Promise<void> {
    const world = this.#world;
    const page = world.pages[at] as Page;
    this.#promises.leaves(page);
    page.engine.stop();
    await page.settled();
    world.pages.splice(at, 1);
    const [personId] = this.#people.splice(at, 1);
    this.#open(personId as string);
  }

  async #changeAccess(): Promise<void> {
    const { access } = this.#world;
    const personId = this.#dice.pick(['ada', 'ben', 'cem']);
    this.#promises.accessChanges(personId);
    const now = access.get(personId)?.access ?? 'write';
    if (now !== 'write') this.#world.decide(personId, { access: 'write' });
    else if (this.#dice.once(3)) this.#world.decide(personId, { access: 'none', reason: 'not-a-member' });
    else this.#world.decide(personId, { access: 'read', reason: this.#dice.pick(['stage', 'role']) });
  }

  /** Everything works again, for long enough. */
  async #heal(): Promise<void> {
    const world = this.#world;
    world.networkIsUp = true;
    for (let round = 0; round < ROUNDS_TO_HEAL; round++) {
      for (const stranger of world.strangers) stranger.come();
      await world.run();
      await world.settle();
      if (round > 1 && this.#promises.isAtRest()) return;
      world.pass(10_000);
    }
  }
}
