import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OPENINGS_AT_ONCE, OPENINGS_OWED, OPENINGS_PER_ERROR } from '../../server/collaboration/bounds.ts';
import { Openings } from '../../server/collaboration/openings.ts';
import { PersonAllowances } from '../../server/collaboration/person-allowances.ts';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { HandTurn, Scene } from '../support/wire.ts';

describe('what one person’s sockets cost together', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.create('a');
  });
  afterEach(() => scene.close());

  test('[INPUT-1] rooms opened beyond a bound are opened later, and nobody else waits', async () => {
    const [one, two] = [scene.page('eve'), scene.page('eve')];
    for (let time = 0; time < OPENINGS_AT_ONCE / 2; time++) {
      for (const page of [one, two]) {
        page.control({ t: 'open', channel: 1, room: 'block/a', schema: SCHEMA_VERSION });
        page.control({ t: 'close', channel: 1 });
      }
    }
    await scene.run();
    expect([one, two].map(({ socket }) => socket.paused)).toEqual([false, false]);
    one.open(1, 'block/a');
    two.open(1, 'block/a');
    await scene.run();
    expect([one, two].map(({ socket }) => socket.paused)).toEqual([true, true]);
    const ann = scene.page('ann');
    ann.open(1, 'block/a');
    await scene.run();
    expect(ann.told('opened')).toHaveLength(1);
    scene.clock.advance(1_000);
    await scene.run();
    expect([one, two].map(({ socket }) => socket.paused)).toEqual([false, false]);
    const opened = [one, two].map(
      (page) => page.told('opened').filter(({ channel }) => channel === 1).length,
    );
    expect(opened.every((count) => count > 0)).toBe(true);
  });

  test('[INPUT-1] an error costs as much as several openings, and is forgotten in time', () => {
    const people = new PersonAllowances();
    const eve = people.of('eve', 0);
    for (let time = 0; time < OPENINGS_AT_ONCE / OPENINGS_PER_ERROR; time++) eve.erred(0);
    expect(eve.wait(0)).toBe(0);
    for (let time = 0; time < 10_000; time++) eve.erred(0);
    expect(eve.wait(0)).toBe(5_000);
    people.sweep(5_000);
    expect(people.of('eve', 5_000)).toBe(eve);
    const later = 1_000 * (OPENINGS_OWED + OPENINGS_AT_ONCE);
    people.sweep(later);
    expect(people.of('eve', later)).not.toBe(eve);
  });

  test('[INPUT-1] openings of everybody are spread over turns, in their order', () => {
    const turns = new HandTurn();
    const openings = new Openings(turns.turn);
    const opened: number[] = [];
    for (let at = 0; at < 60; at++) openings.open(() => opened.push(at));
    const counts = [opened.length];
    while (turns.step()) counts.push(opened.length);
    expect(counts).toEqual([25, 50, 60, 60]);
    expect(opened).toEqual(Array.from({ length: 60 }, (_, at) => at));
  });
});
