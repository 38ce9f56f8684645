import { expect, it } from 'vitest';
import { peopleOf } from '../../client/sync/case-presence.ts';
import { setStage } from './support/stage.ts';

const stage = setStage();
const { page, all } = stage;

const user = (id: string, name: string) => ({ id, name, colour: '#123456', color: '#123456', initials: 'X' });

it('everybody is there once, this person first, and where they are', () => {
  const states = [
    { user: user('b', 'Ben'), blockId: null, field: null },
    { user: user('z', 'Zoe'), blockId: 'two', field: 'field/problem' },
    { user: user('b', 'Ben'), blockId: 'one', field: null },
    { user: user('m', 'Mia'), blockId: null, field: null },
    { user: 'forged' },
    { blockId: 'one' },
  ];
  expect(peopleOf(states, 'm').map(({ person, blockId, field }) => [person.name, blockId, field])).toEqual([
    ['Mia', null, null],
    ['Ben', 'one', null],
    ['Zoe', 'two', 'field/problem'],
  ]);
});

it('[ACCESS-3] tells who is in the case from what the server stamped, and forgets who left', async () => {
  // The server of this test stamps nothing: it hands on.
  const ada = page('ada');
  const ben = page('ben');
  const leave = ada.engine.enterCase('1');
  ben.engine.enterCase('1');
  await all();
  const mine = ada.engine.peopleHere('1');
  expect(mine.get().map(({ person }) => person.id)).toEqual(['ada']);
  let told = 0;
  mine.watch(() => told++);
  ada.engine.moveTo('1', 'one', 'field/problem');
  expect(mine.get()).toMatchObject([{ person: { id: 'ada' }, blockId: 'one', field: 'field/problem' }]);
  ada.engine.moveTo('1', 'one', 'field/problem');
  expect(told).toBe(1);
  leave();
  expect(mine.get()).toEqual([]);
  // Said before the room is there, it is told as soon as it is.
  ada.engine.moveTo('1', 'two', null);
  ada.engine.enterCase('1');
  expect(mine.get()).toMatchObject([{ blockId: 'two', field: null }]);
});
