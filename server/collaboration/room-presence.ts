import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { emptyAwarenessMessage } from '../../shared/protocol/frames.ts';
import { writeAwareness } from '../../shared/protocol/messages.ts';
import { MAX_PRESENCE_CHARACTERS, MAX_PRESENCE_ENTRIES, MAX_PRESENCE_IDS } from './bounds.ts';
import type { Turn } from './turn.ts';

/** Who somebody is, as the server knows it; stands in every presence state of theirs. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly initials: string;
}

export interface PresenceMember {
  readonly identity: Identity;
  /** School contacts are seen and do not see (ACCESS-5). */
  readonly seesPresence: boolean;
  send(message: Uint8Array): void;
}

interface State {
  readonly clock: number;
  /** JSON; null once its owner has gone. */
  readonly json: string | null;
}

interface Heard {
  readonly states: Map<number, State>;
  readonly owners: Map<number, PresenceMember>;
  readonly changed: Set<number>;
  readonly heard: Set<PresenceMember>;
}

function nothing(): Heard {
  return { states: new Map(), owners: new Map(), changed: new Set(), heard: new Set() };
}

/** By whatever else the room knows of them. */
type Members = Pick<ReadonlyMap<PresenceMember, unknown>, 'keys'>;

/** Shared by all rooms in which nobody has shown a caret: most rooms, and never written to. */
const NOTHING = nothing();

/**
 * Who is where in one room, in the format of y-protocols' awareness. Nothing of
 * it is kept. Identity is the server's, and an awareness client id belongs to
 * the person who first used it (ACCESS-3). What changes within a turn of the
 * event loop goes out once, to the sender too: the stock provider takes silence
 * for a dead line.
 */
export class RoomPresence {
  readonly #turn: Turn;
  readonly #members: Members;
  #states: Map<number, State> = NOTHING.states;
  #owners: Map<number, PresenceMember> = NOTHING.owners;
  #changed: Set<number> = NOTHING.changed;
  #heard: Set<PresenceMember> = NOTHING.heard;
  #scheduled = false;

  /** @param members who is in the room; kept by the room */
  constructor(turn: Turn, members: Members) {
    this.#turn = turn;
    this.#members = members;
  }

  /** The newcomer, who is in the room already, is told who is here. */
  join(member: PresenceMember): void {
    if (this.#states.size > 0) this.tell(member);
  }

  /** Sends all present states; the answer to a query. */
  tell(member: PresenceMember): void {
    member.send(member.seesPresence ? this.#encode([...this.#states.keys()]) : emptyAwarenessMessage());
  }

  /**
   * @param states an awareness update as its client sent it
   * @throws RangeError for what is none
   */
  hear(member: PresenceMember, states: Uint8Array): void {
    if (this.#states === NOTHING.states) {
      const { states: known, owners, changed, heard } = nothing();
      this.#states = known;
      this.#owners = owners;
      this.#changed = changed;
      this.#heard = heard;
    }
    for (const entry of readStates(states)) {
      if (!this.#mayUse(member, entry.client)) continue;
      const known = this.#states.get(entry.client);
      const news =
        !known || entry.clock > known.clock || (entry.clock === known.clock && entry.state === null);
      if (!news || (!known && entry.state === null)) continue;
      this.#owners.set(entry.client, member);
      const json = entry.state && JSON.stringify({ ...entry.state, user: stamp(member.identity) });
      this.#states.set(entry.client, { clock: entry.clock, json });
      this.#changed.add(entry.client);
    }
    this.#heard.add(member);
    this.#schedule();
  }

  /** The others see the carets go of a member who has left. */
  leave(member: PresenceMember): void {
    this.#heard.delete(member);
    for (const [client, owner] of this.#owners) {
      if (owner !== member) continue;
      const state = this.#states.get(client);
      if (!state) continue;
      // With the same clock: a client that comes back counts on from its own.
      this.#states.set(client, { clock: state.clock, json: null });
      this.#changed.add(client);
      this.#schedule();
    }
  }

  #mayUse(member: PresenceMember, client: number): boolean {
    const owner = this.#owners.get(client);
    // The same person may come back on a new socket before the old one is known to be dead.
    if (owner) return owner.identity.id === member.identity.id;
    let held = 0;
    for (const other of this.#owners.values()) if (other === member) held += 1;
    return held < MAX_PRESENCE_IDS;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#turn(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const changed = [...this.#changed];
    const message = changed.length > 0 ? this.#encode(changed) : null;
    for (const member of this.#members.keys()) {
      if (message && member.seesPresence) member.send(message);
      else if (this.#heard.has(member)) member.send(emptyAwarenessMessage());
    }
    for (const client of changed) {
      if (this.#states.get(client)?.json !== null) continue;
      this.#states.delete(client);
      this.#owners.delete(client);
    }
    this.#changed.clear();
    this.#heard.clear();
  }

  #encode(clients: readonly number[]): Uint8Array {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, clients.length);
    for (const client of clients) {
      const state = this.#states.get(client);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, state?.clock ?? 0);
      encoding.writeVarString(encoder, state?.json ?? 'null');
    }
    return writeAwareness(encoding.toUint8Array(encoder));
  }
}

/** Both spellings: the stock caret of TipTap reads `color`. */
function stamp(identity: Identity) {
  const { id, name, colour, initials } = identity;
  return { id, name, colour, color: colour, initials };
}

interface Entry {
  readonly client: number;
  readonly clock: number;
  readonly state: object | null;
}

function readStates(states: Uint8Array): Entry[] {
  const decoder = decoding.createDecoder(states);
  const entries: Entry[] = [];
  try {
    const count = decoding.readVarUint(decoder);
    if (count > MAX_PRESENCE_ENTRIES) throw new RangeError('too many states');
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      if (json.length > MAX_PRESENCE_CHARACTERS) throw new RangeError('a state that is too long');
      const state: unknown = JSON.parse(json);
      if (typeof state !== 'object' || Array.isArray(state)) throw new RangeError('no state');
      entries.push({ client, clock, state });
    }
  } catch (cause) {
    throw new RangeError('no presence', { cause });
  }
  return entries;
}
