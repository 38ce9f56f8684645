import { describe, expect, it } from 'vitest';
import { CALM_AFTER, type CaseSave, calmSave } from '../../client/sync/case-save.ts';
import type { SaveState } from '../../client/sync/replica.ts';
import { Value } from '../../client/sync/watched.ts';
import { HandClock } from '../support/clock.ts';

const SAVED: SaveState = { kind: 'saved' };
const saving = (waiting: number): SaveState => ({ kind: 'saving', waiting });

function watching() {
  const clock = new HandClock();
  const truth = new Value<CaseSave>({ state: SAVED, byBlock: {} });
  const calm = calmSave(truth, { after: (ms, run) => clock.after(ms, run) });
  const shown: SaveState[] = [];
  const end = calm.watch(() => shown.push(calm.get()));
  const become = (state: SaveState) => truth.set({ state, byBlock: {} });
  return { clock, calm, shown, become, end };
}

describe('what the page shows of the saved state while somebody types', () => {
  it('[SAVE-2] says at once that something is being saved, and only after a while that it is', () => {
    const { clock, shown, become } = watching();
    become(saving(1));
    expect(shown).toEqual([saving(1)]);
    become(SAVED);
    clock.advance(CALM_AFTER - 1);
    expect(shown).toEqual([saving(1)]);
    clock.advance(1);
    expect(shown).toEqual([saving(1), SAVED]);
  });

  it('tells nobody anything between two keys that are saved at once', () => {
    const { clock, shown, become } = watching();
    for (let key = 0; key < 5; key++) {
      become(saving(1));
      become(SAVED);
      clock.advance(CALM_AFTER / 2);
    }
    expect(shown).toEqual([saving(1)]);
    clock.advance(CALM_AFTER);
    expect(shown).toEqual([saving(1), SAVED]);
  });

  it('[SAVE-2] whatever is colder shows at once', () => {
    const { calm, shown, become } = watching();
    become(saving(1));
    become(SAVED);
    become({ kind: 'only-here', waiting: 2 });
    expect(calm.get()).toEqual({ kind: 'only-here', waiting: 2 });
    become({ kind: 'on-device', waiting: 2 });
    become(SAVED);
    expect(shown.at(-1)).toEqual(SAVED);
  });

  it('[SAVE-2] tells how many are being saved after a while, however fast more are typed', () => {
    const { clock, shown, become } = watching();
    for (let waiting = 1; waiting <= 10; waiting++) {
      become(saving(waiting));
      clock.advance(CALM_AFTER / 5);
    }
    clock.advance(CALM_AFTER);
    expect(shown).toEqual([saving(1), saving(6), saving(10)]);
    become(SAVED);
    clock.advance(CALM_AFTER);
    expect(shown.at(-1)).toEqual(SAVED);
  });

  it('leaves no timer behind, and begins anew from the truth', () => {
    const { clock, calm, become, end } = watching();
    become(saving(3));
    become(SAVED);
    end();
    expect(calm.get()).toEqual(SAVED);
    clock.advance(CALM_AFTER);
    become(saving(1));
    expect(calm.get()).toEqual(saving(1));
  });
});
