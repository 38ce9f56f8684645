import type { EditorMounting } from './editor-mounting.ts';
import { cancelIdle, whenIdle } from './live-facts.ts';

/** Milliseconds that the page may stay busy before the next editor comes nevertheless. */
const PATIENCE = 1_000;

/**
 * Lets editors come one at a time: in view at the next frame, the others when the
 * page has nothing better to do.
 */
export function driveMounting(mounting: EditorMounting): { wake(): void; stop(): void } {
  let frame: number | undefined;
  let idle: number | undefined;
  let stopped = false;
  const step = () => {
    frame = undefined;
    idle = undefined;
    if (mounting.step()) wake();
  };
  const wake = () => {
    if (stopped || frame !== undefined) return;
    if (mounting.urgent) {
      if (idle !== undefined) cancelIdle(idle);
      idle = undefined;
      frame = requestAnimationFrame(step);
    } else if (idle === undefined) {
      idle = whenIdle(step, PATIENCE);
    }
  };
  return {
    wake,
    stop() {
      stopped = true;
      if (frame !== undefined) cancelAnimationFrame(frame);
      if (idle !== undefined) cancelIdle(idle);
    },
  };
}
