/** The connection that `public/head-start.js` asked for before the app itself was there. */
interface EarlySocket {
  readonly socket: WebSocket;
  /** What the server has said on it until now. */
  readonly heard: readonly ArrayBuffer[];
}

declare global {
  interface Window {
    casebookSocket?: EarlySocket;
  }
}

/**
 * @returns the connection that is already there or on its way, once; it says again what
 *   it said, as soon as its taker listens. Null where there is none, or it has ended.
 */
export function takeEarlySocket(): WebSocket | null {
  const early = globalThis.window?.casebookSocket;
  delete globalThis.window?.casebookSocket;
  if (!early || early.socket.readyState > WebSocket.OPEN) return null;
  queueMicrotask(() => {
    for (const data of early.heard) early.socket.dispatchEvent(new MessageEvent('message', { data }));
  });
  return early.socket;
}

/** Somebody else is signed in now, or nobody. */
export function dropEarlySocket(): void {
  takeEarlySocket()?.close();
}
