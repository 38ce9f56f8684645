/** The connection that `public/head-start.js` asked for before the app itself was there. */
export interface EarlySocket {
  readonly socket: WebSocket;
  /** What the server has said on it until now. */
  readonly heard: readonly ArrayBuffer[];
  /** The room that was asked for on it, see early-room.ts. */
  room?: string;
}

declare global {
  interface Window {
    casebookSocket?: EarlySocket;
  }
}

const rooms = new WeakMap<WebSocket, string>();

/**
 * @returns the connection that is already there or on its way, once; it says again what
 *   it said, as soon as its taker listens. Null where there is none, or it has ended.
 */
export function takeEarlySocket(): WebSocket | null {
  const early = leftEarly();
  if (!early || early.socket.readyState > WebSocket.OPEN) return null;
  if (early.room !== undefined) rooms.set(early.socket, early.room);
  queueMicrotask(() => {
    for (const data of [...early.heard]) early.socket.dispatchEvent(new MessageEvent('message', { data }));
  });
  return early.socket;
}

/** @returns the room that was asked for on this connection before it was taken; null: none was */
export function roomAskedOn(socket: WebSocket): string | null {
  return rooms.get(socket) ?? null;
}

/** Somebody else is signed in now, or nobody. */
export function dropEarlySocket(): void {
  leftEarly()?.socket.close();
}

function leftEarly(): EarlySocket | undefined {
  const early = globalThis.window?.casebookSocket;
  delete globalThis.window?.casebookSocket;
  return early;
}
