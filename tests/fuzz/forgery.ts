import { ClockSet } from '../../server/collaboration/clock-set.ts';
import type { Dice } from '../support/dice.ts';
import type { KeptBlock } from '../support/kept-block.ts';
import {
  any,
  type Content,
  deleted,
  element,
  elementText,
  format,
  garbage,
  type Id,
  item,
  type Place,
  type Section,
  type Struct,
  skip,
  text,
  update,
  values,
} from '../support/update-bytes.ts';

const KEYS = ['value/a', 'value/b', 'level'];
const LISTS = ['content', 'field/aims', 'field/x'];

/**
 * An update whose every struct is sound by itself and names whatever there is, with no regard for what
 * that is: what follows a word stands before a mark, in another element, or in a word.
 */
export function forged(block: KeptBlock, dice: Dice): Uint8Array {
  return new Forgery(block, dice).write();
}

class Forgery {
  readonly #block: KeptBlock;
  readonly #dice: Dice;
  readonly #reached: Map<number, number>;
  readonly #keyed = new ClockSet();

  constructor(block: KeptBlock, dice: Dice) {
    this.#block = block;
    this.#dice = dice;
    this.#reached = new Map(block.states);
    this.#keyed.addAll(block.keyed);
  }

  write(): Uint8Array {
    const dice = this.#dice;
    const known = [...this.#block.states.keys()];
    const writers = new Set<number>();
    for (let i = dice.roll(4); i >= 0; i--) writers.add(dice.once(3) ? dice.pick(known) : 1 + dice.roll(60));
    const sections = [...writers].map((client) => this.#section(client));
    const deletions = [...this.#reached].flatMap(([client, clock]) => {
      if (clock === 0 || !dice.once(4)) return [];
      const from = dice.roll(clock);
      return [[client, [[from, 1 + dice.roll(clock - from)]]] as const];
    });
    sections.sort((a, b) => (dice.once(200) ? a.client - b.client : b.client - a.client));
    return update(sections, deletions as never);
  }

  #section(client: number): Section {
    const clock = this.#block.stateOf(client);
    const structs: Struct[] = [];
    let at = clock;
    for (let i = this.#dice.roll(8); i >= 0; i--) {
      const place = this.#place(client, at);
      const lead = place.origin ?? place.right;
      const isKeyed = lead ? this.#keyed.has(...lead) : place.key !== undefined;
      const [struct, length] = this.#struct(place, isKeyed);
      structs.push(struct);
      if (isKeyed) this.#keyed.add(client, at, at + length);
      at += length;
      this.#reached.set(client, at);
    }
    return { client, clock, structs };
  }

  #id(): Id {
    const dice = this.#dice;
    const [client, clock] = dice.pick([...this.#reached].filter(([, clock]) => clock > 0));
    return [client, dice.once(3) ? clock - 1 : dice.roll(clock + (dice.once(60) ? 3 : 0))];
  }

  #place(client: number, at: number): Place {
    const dice = this.#dice;
    switch (dice.roll(8)) {
      case 0:
        return { parent: dice.pick(LISTS) };
      case 1:
        return { parent: 'fields', key: dice.pick(KEYS) };
      case 2:
        return { parent: this.#id() };
      case 3:
        return { parent: this.#id(), key: dice.pick(KEYS) };
      case 4:
        return { right: this.#id() };
      case 5:
        return { origin: this.#id(), right: this.#id() };
      case 6:
        return at > 0 ? { origin: [client, at - 1] } : { origin: this.#id() };
      default:
        return { origin: this.#id() };
    }
  }

  #struct(place: Place, isKeyed: boolean): readonly [Struct, number] {
    const dice = this.#dice;
    if (dice.once(12)) return [garbage(2), 2];
    if (dice.once(100)) return [skip(1), 1];
    const contents: readonly (readonly [Content, number])[] = [
      [text('ab😀c'), 5],
      [text('x'), 1],
      [deleted(3), 3],
      [format(dice.pick(['bold', 'link']), dice.pick(['{}', 'null', '{"a":1}'])), 1],
      [element('paragraph'), 1],
      [elementText, 1],
      [values(any(dice.pick(['v', 1, null, [2]]))), 1],
      [values(any(1), any(null), any([2])), 3],
    ];
    // Mostly what belongs there, or all would be refused.
    const fitting = isKeyed
      ? [2, 6]
      : place.parent === 'content'
        ? [2, 4, 5]
        : place.parent
          ? [0, 1, 2, 3]
          : null;
    const [content, length] =
      fitting && !dice.once(30)
        ? (contents[dice.pick(fitting)] as (typeof contents)[number])
        : dice.pick(contents);
    return [item(place, content), length];
  }
}
