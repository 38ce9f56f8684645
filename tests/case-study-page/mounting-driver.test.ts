import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EditorMounting } from '../../client/case-study/editor-mounting.ts';
import { driveMounting } from '../../client/case-study/mounting-driver.ts';

const IDS = ['first', 'second', 'third'];
let wake: () => void;
let of: EditorMounting;
let driver: ReturnType<typeof driveMounting>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  wake = () => {};
  of = new EditorMounting(() => wake());
  driver = driveMounting(of);
  wake = driver.wake;
  of.setOrder(IDS);
  of.see('first', 'visible');
  vi.advanceTimersByTime(100);
  of.arrived('first');
});

afterEach(() => {
  driver.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const now = () => IDS.map((id) => of.of(id).get());

/** A key every tenth of a second. */
function type(keys: number): void {
  for (let key = 0; key < keys; key++) {
    window.dispatchEvent(new Event('keydown'));
    vi.advanceTimersByTime(100);
  }
}

it('what is out of view comes when nobody types, and not between the keys of somebody who does', () => {
  type(1);
  of.see('second', 'near');
  type(100);
  expect(now()).toEqual(['writing', 'reading', 'reading']);
  vi.advanceTimersByTime(2_000);
  expect(now()).toEqual(['writing', 'writing', 'open']);
});

it('what comes into view has its editor at once, whoever types', () => {
  type(1);
  of.see('second', 'visible');
  type(2);
  expect(now()[1]).toBe('writing');
});
