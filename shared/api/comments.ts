/** Threads, as the HTTP interface tells them; the routes themselves stand in `contract.ts`. */
import { z } from 'zod';
import type { ThreadPlace } from '../comments/reading.ts';
import {
  MOST_COMMENT,
  MOST_MENTIONS,
  THREAD_AUDIENCES,
  type ThreadEvent,
  type ThreadLink,
  type ThreadTarget,
} from '../comments/thread-event.ts';
import { BESIDE_ANCHOR, MOST_ANCHORED } from '../document/anchors.ts';
import { person } from './people.ts';
import { id, time } from './scalars.ts';

const side = z.enum(['team', 'school']);

/** Somebody who writes or is named in threads. */
export const commenter = person.pick({ id: true, name: true, colour: true, initials: true }).extend({ side });
export type CommenterView = z.infer<typeof commenter>;

const comment = z.object({
  id,
  by: id,
  /** On which side they were when they wrote it. */
  side,
  at: time,
  editedAt: time.nullable(),
  /** Null once they were erased. */
  words: z.string().nullable(),
  mentions: z.array(id),
});

/**
 * A thread as one person reads it. Without `place` and `unread` it is what `shared/comments`
 * decides by, so a page asks `judge` what it may offer.
 */
export const threadView = z.object({
  id,
  caseId: id,
  blockId: id,
  /**
   * Of words, `kept` tells what they were. At a school without what stood around them, and null
   * where it may not be told there.
   */
  target: z.custom<ThreadTarget>(),
  audience: z.enum(THREAD_AUDIENCES),
  /** In the order in which they were taken; the first opened the thread. */
  comments: z.array(comment),
  resolved: z.object({ by: id, at: time }).nullable(),
  /** At a school, told to nobody but whom it is. */
  assignee: id.nullable(),
  links: z.array(z.custom<ThreadLink>()),
  lastAt: time,
  /**
   * In the text as it was last saved. A page that has the text computes it anew (`placeOf`). At a
   * school, offsets are of the whole text, which is not theirs: their copy has
   * `span[data-anchor]` instead, and `changes` is never told.
   */
  place: z.custom<ThreadPlace>(),
  /** Comments of others that they have not seen, by id. */
  unread: z.array(id),
});
export type ThreadView = z.infer<typeof threadView>;

/** Those that the asker may read, by section in the order of the case, and in each in the order of its text. */
export const threadList = z.object({
  threads: z.array(threadView),
  /** Everybody who is told of in them. */
  people: z.array(commenter),
});
export type ThreadList = z.infer<typeof threadList>;

const words = z.string().max(4 * MOST_COMMENT);
const mentions = z
  .array(id)
  .max(4 * MOST_MENTIONS)
  .default([]);
/** The key of a field in its block. */
const field = z
  .string()
  .min(1)
  .max(300)
  .regex(/^\P{Cc}*$/u, 'is one line');

/** Words that somebody selected. */
const selected = z.object({
  /** White space in it, and around it, counts as one space. */
  quote: z.string().min(1, 'select some words first').max(MOST_ANCHORED),
  /** Right before and behind. */
  prefix: z.string().max(BESIDE_ANCHOR),
  suffix: z.string().max(BESIDE_ANCHOR),
  /** How often the same words, between the same, stand before it. */
  occurrence: z.number().int().nonnegative().max(100_000).default(0),
});

const target = z.discriminatedUnion('on', [
  /**
   * Whoever may write in the text sets the mark of `anchor` there themselves (`anchor-mark.ts`),
   * before or after; for all others, the server does.
   */
  z.object({ on: z.literal('range'), anchor: id, selected }),
  z.object({ on: z.literal('quote'), quote: id }),
  z.object({ on: z.literal('field'), field }),
  z.object({ on: z.literal('suggestion'), author: id, id }),
  z.object({ on: z.literal('section') }),
]);

const link = z.discriminatedUnion('to', [
  z.object({ to: z.literal('thread'), id }),
  z.object({ to: z.literal('quote'), id }),
  z.object({ to: z.literal('section'), block: id }),
  z.object({ to: z.literal('field'), block: id, field }),
]);

/** Of whatever act: its own id, and that of its thread. Sent again under the same id, it counts once. */
const act = { id, thread: id };

/** One act in a thread. Who does it, when, and on which side, is the server's to say. */
export const threadAct = z.discriminatedUnion('kind', [
  z.object({
    ...act,
    kind: z.literal('opened'),
    audience: z.enum(THREAD_AUDIENCES),
    target,
    words,
    mentions,
  }),
  z.object({ ...act, kind: z.literal('replied'), words, mentions }),
  z.object({ ...act, kind: z.literal('edited'), comment: id, words, mentions }),
  z.object({ ...act, kind: z.literal('resolved') }),
  z.object({ ...act, kind: z.literal('reopened') }),
  z.object({ ...act, kind: z.literal('assigned'), to: id.nullable() }),
  z.object({ ...act, kind: z.literal('linked'), link }),
  z.object({ ...act, kind: z.literal('unlinked'), link }),
  z.object({ ...act, kind: z.literal('placed'), anchor: id, selected }),
]) satisfies z.ZodType<{ readonly kind: ThreadEvent['kind'] }>;
export type ThreadAct = z.input<typeof threadAct>;

/** After an act, what it came to. */
export const threadActed = z.object({ thread: threadView, people: z.array(commenter) });

/** How far threads of one section were read: each up to, and with, this comment. Never back again. */
export const threadsSeen = z.object({
  seen: z
    .array(z.object({ thread: id, comment: id }))
    .min(1)
    .max(500),
});

/** Who can be named in a thread of a section, or see to it. */
export const threadPeople = z.object({
  people: z.array(
    commenter.extend({
      /** Of which threads they can be told. */
      reads: z.array(z.enum(THREAD_AUDIENCES)),
    }),
  ),
});
export type ThreadPeople = z.infer<typeof threadPeople>;
