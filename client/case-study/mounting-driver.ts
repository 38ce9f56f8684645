import type { EditorMounting } from './editor-mounting.ts';
import { cancelIdle, whenIdle } from './live-facts.ts';

/** Milliseconds that the page may stay busy before the next editor comes nevertheless. */
const PATIENCE = 1_000;
/** Milliseconds that what is out of view waits for the live copies of what is in view. */
const COURTESY = 1_500;
/** Milliseconds without a key after which what is out of view may take the page's time again. */
const PAUSE = 400;

/**
 * Lets editors come one at a time: in view at the next frame; once those have their
 * live copies, the others when the page has nothing better to do and nobody is typing: a
 * key pressed while an editor is made is drawn only after it.
 */
export function driveMounting(mounting: EditorMounting): { wake(): void; stop(): void } {
  let frame: number | undefined;
  let idle: number | undefined;
  let courtesy: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let keyAt = Number.NEGATIVE_INFINITY;
  const noteKey = () => {
    keyAt = performance.now();
  };
  window.addEventListener('keydown', noteKey, { capture: true, passive: true });
  /** What is in view did not come in time, offline perhaps: nobody waits for it any more. */
  let late = false;
  let stopped = false;
  const step = () => {
    frame = undefined;
    idle = undefined;
    if (mounting.step()) wake();
  };
  const stepUnlessTyping = () => {
    if (performance.now() - keyAt >= PAUSE) {
      step();
      return;
    }
    idle = undefined;
    pause = setTimeout(() => {
      pause = undefined;
      wake();
    }, PAUSE);
  };
  const callOff = () => {
    if (idle !== undefined) cancelIdle(idle);
    clearTimeout(courtesy);
    clearTimeout(pause);
    idle = undefined;
    courtesy = undefined;
    pause = undefined;
  };
  const wake = () => {
    if (stopped || frame !== undefined) return;
    if (mounting.urgent) {
      callOff();
      frame = requestAnimationFrame(step);
    } else if (mounting.waits && !late) {
      courtesy ??= setTimeout(() => {
        late = true;
        wake();
      }, COURTESY);
    } else if (idle === undefined && pause === undefined) {
      callOff();
      idle = whenIdle(stepUnlessTyping, PATIENCE);
    }
  };
  return {
    wake,
    stop() {
      stopped = true;
      window.removeEventListener('keydown', noteKey, { capture: true });
      if (frame !== undefined) cancelAnimationFrame(frame);
      callOff();
    },
  };
}
