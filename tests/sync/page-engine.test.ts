import { afterEach, describe, expect, test, vi } from 'vitest';
import { warnBeforeLoss } from '../../client/sync/page-engine.ts';

describe('leaving the page', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('[SAVE-2] warns while words would be lost, and only then', () => {
    const page = new EventTarget();
    vi.stubGlobal('window', page);
    const engine = { unsafe: true };
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      page.dispatchEvent(event);
      return event.defaultPrevented ? 'warned' : 'left';
    };
    const end = warnBeforeLoss(engine);
    expect(leave()).toBe('warned');
    engine.unsafe = false;
    expect(leave()).toBe('left');
    engine.unsafe = true;
    end();
    expect(leave()).toBe('left');
  });
});
