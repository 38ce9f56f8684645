import type { Engine } from './engine.ts';

/** The engine on the browser's own socket, clock and database. */
export function createPageEngine(personId: string, keepOnDevice: boolean): Engine {
  throw new Error(`${personId} ${keepOnDevice}`);
}
