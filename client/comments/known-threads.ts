import type { CommenterView, ThreadAct, ThreadList, ThreadView } from '../../shared/api/comments.ts';
import { after, type Thread } from '../../shared/comments/thread.ts';
import type { ThreadEvent, ThreadTarget } from '../../shared/comments/thread-event.ts';
import type { Waiting } from '../ui/outbox.ts';
import { standsAlready } from './standing-acts.ts';

/** An act in a thread that the server does not have yet. */
export interface WaitingAct extends Waiting {
  readonly blockId: string;
  readonly act: ThreadAct;
  /** Milliseconds since 1970, by this device. */
  readonly at: number;
}

/** A thread as the page shows it: as the server told it, with what waits on this device. */
export interface ThreadHere extends Omit<ThreadView, 'comments' | 'links'> {
  readonly comments: Thread['comments'];
  readonly links: Thread['links'];
  /** Ids of acts, or of comments, that wait on this device. */
  readonly waiting: ReadonlySet<string>;
  /** Acts that the server does not take, with why. */
  readonly refused: readonly { readonly act: string; readonly why: string }[];
}

export interface KnownThreads {
  /** By section in the order of the case, and in each in the order of its text; those that wait last. */
  readonly threads: readonly ThreadHere[];
  readonly people: ReadonlyMap<string, CommenterView>;
  /** Whether the server told all of them. */
  readonly complete: boolean;
}

/**
 * @param list undefined until the server, or this device, told it
 * @param me whose device it is
 */
export function knownThreads(
  list: ThreadList | undefined,
  waiting: readonly WaitingAct[],
  me: CommenterView,
  caseId: string,
): KnownThreads {
  const threads = new Map<string, ThreadHere>(
    (list?.threads ?? []).map((view) => [view.id, { ...view, waiting: NONE, refused: [] }]),
  );
  for (const one of waiting) {
    const present = threads.get(one.act.thread) ?? null;
    const next = withWaiting(present, one, me, caseId);
    if (next) threads.set(next.id, next);
  }
  const people = new Map((list?.people ?? []).map((person) => [person.id, person]));
  if (!people.has(me.id)) people.set(me.id, me);
  return { threads: [...threads.values()], people, complete: list !== undefined };
}

const NONE: ReadonlySet<string> = new Set();

function withWaiting(
  present: ThreadHere | null,
  waiting: WaitingAct,
  me: CommenterView,
  caseId: string,
): ThreadHere | null {
  const { act } = waiting;
  // it arrived, and only its answer did not
  if (act.kind === 'opened' ? present : present?.comments.some(({ id }) => id === act.id)) return present;
  if (act.kind !== 'opened' && !present) return null;
  // somebody else came first, and it is as it was to be
  if (present && waiting.refused !== null && standsAlready(present, act)) return present;
  const event = eventOf(waiting, me);
  const thread = after(present ? { ...present, known: new Map() } : null, event);
  const { known: _, ...shown } = thread;
  const place: ThreadView['place'] = present?.place ?? placeOfNew(thread.target);
  return {
    caseId,
    blockId: waiting.blockId,
    unread: present?.unread ?? [],
    ...shown,
    place: act.kind === 'placed' ? placeOfNew(thread.target) : place,
    waiting: new Set([...(present?.waiting ?? []), act.kind === 'edited' ? act.comment : act.id]),
    refused: [
      ...(present?.refused ?? []),
      ...(waiting.refused === null ? [] : [{ act: act.id, why: waiting.refused }]),
    ],
  };
}

function placeOfNew(target: ThreadTarget): ThreadView['place'] {
  switch (target.on) {
    case 'range':
      return { where: 'text', from: 0, to: 0, changes: null, lost: false };
    case 'section':
      return { where: 'section' };
    case 'field':
      return { where: 'field', field: target.field };
    case 'quote':
      return { where: 'quote', quote: target.quote };
    case 'suggestion':
      return { where: 'suggestion', author: target.author, id: target.id };
  }
}

function eventOf({ act, at }: WaitingAct, { id: by, side }: CommenterView): ThreadEvent {
  const base = { id: act.id, thread: act.thread, by, side, at };
  switch (act.kind) {
    case 'opened':
      return { ...base, ...act, mentions: act.mentions ?? [], target: targetOf(act.target) };
    case 'replied':
      return { ...base, ...act, mentions: act.mentions ?? [] };
    case 'edited':
      return { ...base, ...act, mentions: act.mentions ?? [] };
    case 'placed':
      return { ...base, kind: 'placed', anchor: act.anchor, kept: keptOf(act.selected) };
    default:
      return { ...base, ...act };
  }
}

type NewTarget = Extract<ThreadAct, { kind: 'opened' }>['target'];

function targetOf(target: NewTarget): ThreadTarget {
  return target.on === 'range'
    ? { on: 'range', anchor: target.anchor, kept: keptOf(target.selected) }
    : target;
}

function keptOf({ quote, prefix, suffix }: Extract<NewTarget, { on: 'range' }>['selected']) {
  return { quote, prefix, suffix };
}

/** What a list of threads is narrowed to. */
export interface ThreadChoice {
  readonly state: 'open' | 'resolved' | 'all';
  /** Those that this person wrote in, is named in or sees to. */
  readonly mine: boolean;
  readonly audience: 'team' | 'school' | null;
  readonly blockId: string | null;
}

export function chosenThreads(
  threads: readonly ThreadHere[],
  choice: ThreadChoice,
  me: string,
): readonly ThreadHere[] {
  return threads.filter((thread) => {
    if (choice.state !== 'all' && (thread.resolved !== null) !== (choice.state === 'resolved')) return false;
    if (choice.audience !== null && thread.audience !== choice.audience) return false;
    if (choice.blockId !== null && thread.blockId !== choice.blockId) return false;
    return !choice.mine || concerns(thread, me);
  });
}

function concerns({ assignee, comments }: ThreadHere, me: string): boolean {
  return assignee === me || comments.some(({ by, mentions }) => by === me || mentions.includes(me));
}

/** @returns the next one in the direction, the first or last where none is in hand; null without any */
export function stepThread(
  threads: readonly ThreadHere[],
  inHand: string | null,
  step: 1 | -1,
): ThreadHere | null {
  if (threads.length === 0) return null;
  const at = threads.findIndex(({ id }) => id === inHand);
  if (at === -1) return (step === 1 ? threads[0] : threads.at(-1)) ?? null;
  return threads[(at + step + threads.length) % threads.length] ?? null;
}
