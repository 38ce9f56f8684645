/**
 * The room of the section that the reader comes for, asked for on the early connection
 * (early-socket.ts) before the app is there: its text is on its way while the app's code is.
 * It comes with the first paper, so it needs no other file.
 */
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { PROTOCOL_VERSION, type ServerControl } from '../../shared/protocol/control.ts';
import { deviceIsNewTo } from './early-device.ts';
import { dropEarlySocket, type EarlySocket } from './early-socket.ts';

/** No room that the app itself asks for has this channel. */
export const EARLY_CHANNEL = 1;
/** Milliseconds after which an app that has not come need not be waited for with an open room. */
const NOBODY_CAME = 30_000;

/** What asks for a room of which nothing is known here: as `frames.ts` and `messages.ts` write it, which are not here yet. */
export function earlyAsking(room: string): readonly Uint8Array<ArrayBuffer>[] {
  const open = { t: 'open', channel: EARLY_CHANNEL, room, schema: SCHEMA_VERSION };
  return [
    new TextEncoder().encode(`\0${JSON.stringify(open)}`),
    // SyncStep1 with the state vector of an empty document.
    Uint8Array.of(EARLY_CHANNEL, 0, 0, 1, 0),
  ];
}

/**
 * Asks for the room where this device has nothing of this person's: what it holds would
 * decide what is asked for. Whoever takes the connection is told by `roomAskedOn`.
 * @param personId who is signed in, as far as the page was told
 */
export async function askEarly(personId: string, room: string): Promise<void> {
  const early = globalThis.window?.casebookSocket;
  if (!early || early.room !== undefined) return;
  if (!(await deviceIsNewTo(personId))) return;
  const welcome = await firstMessage(early);
  // The app came first, and asks itself; or the connection has ended, or is another person's.
  if (window.casebookSocket !== early || early.socket.readyState !== WebSocket.OPEN) return;
  if (welcome?.t !== 'welcome' || welcome.personId !== personId || welcome.protocol !== PROTOCOL_VERSION)
    return;
  early.room = room;
  for (const message of earlyAsking(room)) early.socket.send(message);
  setTimeout(() => {
    if (window.casebookSocket === early) dropEarlySocket();
  }, NOBODY_CAME);
}

async function firstMessage({ socket, heard }: EarlySocket): Promise<ServerControl | null> {
  if (heard.length === 0) {
    await new Promise((resolve) => {
      for (const event of ['message', 'close']) socket.addEventListener(event, resolve, { once: true });
    });
  }
  const [data] = heard;
  return data ? (JSON.parse(new TextDecoder().decode(new Uint8Array(data, 1))) as ServerControl) : null;
}
