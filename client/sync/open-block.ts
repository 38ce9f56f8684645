/** A block as the page knows it: its present replica, who holds it open, and what to say of it. */
import type { CloseReason } from '../../shared/protocol/control.ts';
import type { BlockReplica, ReplicaOwner, ReplicaParts } from './block-replica.ts';
import type { Clock } from './clock.ts';
import type { BlockView, KeptWords } from './replica.ts';
import type { Change } from './waiting-changes.ts';
import { Value } from './watched.ts';

/** A block that nobody looks at any more stays open for so long. */
const IDLE_LIMIT = 30_000;
/** A block that ends more often than this within `ENDS_WITHIN` is not opened again. */
const ENDS_LIMIT = 4;
const ENDS_WITHIN = 60_000;

const CLOSED_VIEW: BlockView = {
  replica: null,
  access: 'none',
  save: { kind: 'opening' },
  live: false,
  refusal: null,
};

interface HeardChange {
  readonly lineage: string;
  readonly change: Change;
}

export interface OpenBlockOwner {
  replica(parts: ReplicaParts, owner: ReplicaOwner): BlockReplica;
  kept(words: KeptWords, onDevice: Promise<boolean>): void;
}

export class OpenBlock implements ReplicaOwner {
  readonly view = new Value<BlockView>(CLOSED_VIEW);
  readonly #clock: Clock;
  readonly #owner: OpenBlockOwner;
  #parts: ReplicaParts | null = null;
  #replica: BlockReplica | null = null;
  #holders = 0;
  #untilSent = false;
  #refusal: CloseReason | null = null;
  #ends: number[] = [];
  #callOffIdle: (() => void) | null = null;
  /** Heard from other tabs while the device's copy was being read. */
  #heard: HeardChange[] = [];
  #ready = false;

  constructor(clock: Clock, owner: OpenBlockOwner) {
    this.#clock = clock;
    this.#owner = owner;
  }

  start(parts: ReplicaParts): void {
    this.#parts = parts;
    this.#openOrClose();
  }

  stop(): void {
    this.#parts = null;
    this.#close();
  }

  hold(): () => void {
    // Whoever comes to it anew asks anew, whoever else holds it: access may have been given meanwhile.
    this.#refusal = null;
    this.#holders++;
    this.#openOrClose();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders--;
      this.#openOrClose();
    };
  }

  /** Opens it, unseen, until nothing of it waits to be sent. */
  holdUntilSent(): void {
    this.#untilSent = true;
    this.#openOrClose();
  }

  /** Sends what another tab did, and then did not get acknowledged. */
  rescue(changes: readonly HeardChange[]): void {
    this.#heard.push(...changes);
    this.holdUntilSent();
    if (this.#ready) this.#takeHeard();
  }

  /** @returns false where the block is not open */
  receive(lineage: string, change: Change): boolean {
    if (!this.#replica) return false;
    this.#heard.push({ lineage, change });
    if (this.#ready) this.#takeHeard();
    return true;
  }

  settle(ids: readonly string[]): void {
    this.#heard = this.#heard.filter(({ change }) => !ids.includes(change.id));
    this.#replica?.settle(ids);
  }

  get unsafe(): boolean {
    return (this.#replica?.unsafe ?? 0) > 0;
  }

  changed(): void {
    const replica = this.#replica;
    if (!replica) return;
    if (this.#untilSent && this.#ready && replica.waiting === 0) {
      this.#untilSent = false;
      this.#openOrClose();
    }
    this.#show();
  }

  kept(words: KeptWords, onDevice: Promise<boolean>): void {
    this.#owner.kept(words, onDevice);
  }

  ended(reason: CloseReason): void {
    const now = this.#clock.now();
    this.#ends = [...this.#ends.filter((at) => now - at < ENDS_WITHIN), now];
    this.#replica = null;
    this.#ready = false;
    this.#heard = [];
    this.#untilSent = false;
    if (!opensAfresh(reason) || this.#ends.length > ENDS_LIMIT) this.#refusal = reason;
    this.view.set({ ...CLOSED_VIEW, refusal: this.#refusal });
    this.#openOrClose();
  }

  #openOrClose(): void {
    const wanted = this.#holders > 0 || this.#untilSent;
    if (wanted) {
      this.#callOffIdle?.();
      this.#callOffIdle = null;
      if (!this.#replica && this.#parts && !this.#refusal) this.#open(this.#parts);
    } else if (this.#replica && !this.#callOffIdle) {
      this.#callOffIdle = this.#clock.after(IDLE_LIMIT, () => {
        this.#callOffIdle = null;
        // What is not sent yet keeps it open.
        if ((this.#replica?.waiting ?? 0) > 0) this.#untilSent = true;
        else this.#close();
      });
    }
  }

  #open(parts: ReplicaParts): void {
    const replica = this.#owner.replica(parts, this);
    this.#replica = replica;
    void replica.open().then(() => {
      if (replica !== this.#replica) return;
      this.#ready = true;
      this.#takeHeard();
      this.changed();
    });
  }

  #takeHeard(): void {
    const heard = this.#heard;
    this.#heard = [];
    for (const { lineage, change } of heard) this.#replica?.receive(lineage, change);
  }

  #close(): void {
    this.#callOffIdle?.();
    this.#callOffIdle = null;
    const replica = this.#replica;
    this.#replica = null;
    this.#ready = false;
    this.#heard = [];
    this.#untilSent = false;
    void replica?.close();
    this.view.set(this.#refusal ? { ...CLOSED_VIEW, refusal: this.#refusal } : CLOSED_VIEW);
  }

  #show(): void {
    const replica = this.#replica;
    if (!replica) return;
    const before = this.view.get();
    const save = replica.save;
    const next: BlockView = {
      replica: replica.loaded ? replica : null,
      access: replica.access,
      save: sameSave(before.save, save) ? before.save : save,
      live: replica.live,
      refusal: replica.refusal,
    };
    const same = (Object.keys(next) as (keyof BlockView)[]).every((key) => next[key] === before[key]);
    if (!same) this.view.set(next);
  }
}

function sameSave(one: BlockView['save'], other: BlockView['save']): boolean {
  const waiting = (save: BlockView['save']) => ('waiting' in save ? save.waiting : 0);
  return one.kind === other.kind && waiting(one) === waiting(other);
}

/** Reasons after which a fresh replica may still open; after the others there is none. */
function opensAfresh(reason: CloseReason): boolean {
  switch (reason) {
    case 'access-changed':
    case 'locked':
    case 'lineage':
    case 'too-large':
    case 'not-a-suggestion':
    case 'bad-message':
      return true;
    case 'not-signed-in':
    case 'not-found':
    case 'no-access':
    case 'outdated-page':
    case 'too-many':
    case 'load-failed':
    case 'store-failed':
    case 'too-slow':
    case 'stopping':
      return false;
    default:
      return reason satisfies never;
  }
}
