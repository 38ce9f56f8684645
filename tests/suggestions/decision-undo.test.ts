import { expect, it } from 'vitest';
import { DecisionUndo } from '../../server/suggestions/decision-undo.ts';
import { HandClock } from '../support/clock.ts';

it('[ERASE-1] lets go of what undoes decisions in a block that went on without its past', () => {
  const undoing = new DecisionUndo(new HandClock());
  const update = Uint8Array.of(1);
  const undo = { personId: 'ann', lineage: 'before', update };
  undoing.keep('one', { ...undo, blockId: 'a' });
  undoing.keep('other', { ...undo, blockId: 'b' });
  undoing.letGo('a');
  expect(undoing.take('one', 'a', 'ann')).toBeNull();
  expect(undoing.take('other', 'b', 'ann')).toMatchObject({ lineage: 'before', update });
});
