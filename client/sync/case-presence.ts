/** Who is in a case, and where: the awareness of a room without text (DESIGN 4.3). */
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import { roomName } from '../../shared/protocol/rooms.ts';
import { type ChannelOwner, channelSocketClass, PROVIDER_BACKOFF } from './channel-socket.ts';
import { forgetOthersOnClose } from './fresh-awareness.ts';
import type { PersonHere } from './replica.ts';
import type { SharedSocket } from './shared-socket.ts';
import type { Value } from './watched.ts';

export type Me = PersonHere['person'];

/** A room that is only watched. */
const WATCHER: ChannelOwner = {
  opened: () => true,
  closed: () => {},
  wrote: () => {},
  saved: () => {},
  asMade: () => [],
  known: () => null,
  mayWrite: () => false,
};

export class CasePresence {
  readonly people: Value<readonly PersonHere[]>;
  readonly #me: Me;
  readonly #doc = new Y.Doc();
  readonly #awareness = new Awareness(this.#doc);
  readonly #provider: WebsocketProvider;

  constructor(socket: SharedSocket, caseId: string, me: Me, people: Value<readonly PersonHere[]>) {
    this.#me = me;
    this.people = people;
    this.#awareness.setLocalState({ blockId: null, field: null });
    this.#provider = new WebsocketProvider('casebook:', roomName({ kind: 'case', id: caseId }), this.#doc, {
      awareness: this.#awareness,
      disableBc: true,
      maxBackoffTime: PROVIDER_BACKOFF,
      WebSocketPolyfill: channelSocketClass(socket, WATCHER, SCHEMA_VERSION),
    });
    forgetOthersOnClose(this.#provider, this.#awareness);
    this.#awareness.on('change', () => this.#read());
    this.#read();
  }

  moveTo(blockId: string | null, field: string | null): void {
    const state = this.#awareness.getLocalState();
    if (state?.blockId === blockId && state.field === field) return;
    this.#awareness.setLocalState({ blockId, field });
  }

  close(): void {
    this.#provider.destroy();
    this.#awareness.destroy();
    this.#doc.destroy();
    this.people.set([]);
  }

  #read(): void {
    const states = [...this.#awareness.getStates()].map(([client, state]) =>
      // The server stamps who others are; an echo of this page's own state is not taken in.
      client === this.#awareness.clientID ? { ...state, user: this.#me } : state,
    );
    const people = peopleOf(states, this.#me.id);
    if (!sameList(people, this.people.get())) this.people.set(people);
  }
}

/**
 * @param states presence of every tab, as the server stamped it
 * @returns every person once: this one first, the others by name; of several tabs, the one that is in a block
 */
export function peopleOf(states: readonly Readonly<Record<string, unknown>>[], myId: string): PersonHere[] {
  const byId = new Map<string, PersonHere>();
  for (const state of states) {
    const person = state.user as Partial<Me> | undefined;
    if (typeof person?.id !== 'string') continue;
    const { id, name = '', colour = '', initials = '' } = person;
    const here: PersonHere = {
      person: { id, name, colour, initials },
      blockId: typeof state.blockId === 'string' ? state.blockId : null,
      field: typeof state.field === 'string' ? state.field : null,
    };
    const known = byId.get(id);
    if (!known || (known.blockId === null && here.blockId !== null)) byId.set(id, here);
  }
  const rank = (here: PersonHere) => (here.person.id === myId ? 0 : 1);
  return [...byId.values()].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      one.person.name.localeCompare(other.person.name) ||
      (one.person.id < other.person.id ? -1 : 1),
  );
}

function sameList(some: readonly PersonHere[], others: readonly PersonHere[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}
