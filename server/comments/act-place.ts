import type { Transaction } from 'kysely';
import type {
  ThreadAudience,
  ThreadEvent,
  ThreadLink,
  ThreadTarget,
} from '../../shared/comments/thread-event.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { contactValues } from '../../shared/permissions/reading-copy.ts';
import { Refusal } from '../http/refusal.ts';
import type { Tables } from '../ports/tables.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { commenterOf, forReader, type PresentCommenter } from './commenters.ts';
import type { SchoolSight } from './school-sight.ts';
import { type KeptThread, loadThread } from './thread-store.ts';

/** Threads for one kind of reader that one section has at most; nobody opens so many by hand. */
const MOST_THREADS = 2_000;
/** Threads that one person opens in one section, so that nobody alone fills it. */
const MOST_OPENED = 200;
/** Acts of whatever kind in one thread. */
const MOST_ACTS = 3_000;

/** Where an act is done, as it is known in its transaction. */
export interface ActScene {
  readonly records: Transaction<Tables>;
  readonly caseId: string;
  readonly blockId: string;
  readonly section: Section;
  readonly who: PresentCommenter;
  /** Of somebody at a school, where it was looked for. */
  readonly sight: SchoolSight | null;
  /** As it is for them; null where the act opens it. */
  readonly thread: KeptThread | null;
}

const REFUSED = {
  'not-for-schools': 'A school does not see what this is about.',
  'no-target': 'What this is about is not here.',
  'anchor-taken': 'Something else stands there under the same name.',
  'too-many-threads': `A section has ${MOST_THREADS} threads at most.`,
  'too-many-opened': `You have opened ${MOST_OPENED} threads here. Write in one of those.`,
  'too-many-acts': 'Too much was done in this thread. Open another.',
} as const;

function refused(why: keyof typeof REFUSED): Refusal {
  return new Refusal('conflict', REFUSED[why]);
}

/** At a school, all that is wrong with selected words has one answer: none tells what else is there (REVIEW-4). */
export function wordsGone(): Refusal {
  return new Refusal('conflict', 'These words are not in the text any more.');
}

/**
 * Holds against the records what an act is about; what the rules of threads say is `judge`'s.
 * @throws Refusal conflict
 */
export async function refuseMisplaced(scene: ActScene, event: ThreadEvent): Promise<void> {
  const { thread } = scene;
  if ((thread?.thread.known.size ?? 0) >= MOST_ACTS) throw refused('too-many-acts');
  switch (event.kind) {
    case 'opened':
      if (event.audience === 'school' && scene.section.audience === 'team') throw refused('not-for-schools');
      await refuseTooMany(scene, event.audience);
      return refuseTarget(scene, event.target, event.audience);
    case 'placed':
      return refuseTaken(scene, event.anchor, event.thread);
    case 'linked':
      return refuseLink(scene, event.link);
    default:
      return;
  }
}

async function refuseTooMany({ records, blockId, who }: ActScene, audience: ThreadAudience): Promise<void> {
  const { count } = await records
    .selectFrom('threads')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('block_id', '=', blockId)
    .where('audience', '=', audience)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_THREADS) throw refused('too-many-threads');
  const own = await records
    .selectFrom('threads')
    .innerJoin('thread_events', 'thread_events.thread_id', 'threads.id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('threads.block_id', '=', blockId)
    .where('thread_events.seq', '=', 1)
    .where('thread_events.person_id', '=', who.id)
    .executeTakeFirstOrThrow();
  if (Number(own.count) >= MOST_OPENED) throw refused('too-many-opened');
}

async function refuseTarget(scene: ActScene, target: ThreadTarget, audience: ThreadAudience): Promise<void> {
  switch (target.on) {
    case 'section':
      return;
    case 'range':
      return refuseTaken(scene, target.anchor, null);
    case 'field': {
      if (!isField(scene.section, target.field)) throw refused('no-target');
      const isShared = target.field in contactValues(scene.section, { [target.field]: 'x' });
      if (audience === 'school' && !isShared) throw refused('not-for-schools');
      return;
    }
    case 'quote': {
      if (scene.sight && !scene.sight.readsQuote(target.quote)) throw refused('no-target');
      return refuseQuote(scene, target.quote);
    }
    case 'suggestion':
      if (audience === 'school') throw refused('not-for-schools');
  }
}

/** An anchor is one thread's: under another's name nobody gets at it, or moves it. */
async function refuseTaken({ records, who }: ActScene, anchor: string, thread: string | null): Promise<void> {
  const other = await records
    .selectFrom('threads')
    .select('id')
    .where('anchor', '=', anchor)
    .$if(thread !== null, (query) => query.where('id', '<>', thread ?? ''))
    .executeTakeFirst();
  if (other) throw who.side === 'school' ? wordsGone() : refused('anchor-taken');
}

async function refuseQuote({ records, caseId, who }: ActScene, quoteId: string): Promise<void> {
  const row = await records
    .selectFrom('quotes')
    .select(['block_id'])
    .where('id', '=', quoteId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  const isRead = row && (who.side === 'school' || (await readsBlock(records, who.id, row.block_id, caseId)));
  if (!isRead) throw refused('no-target');
}

async function refuseLink(scene: ActScene, link: ThreadLink): Promise<void> {
  const { records, who, caseId } = scene;
  switch (link.to) {
    case 'thread':
      // of which audience, `judge` was told
      return;
    case 'quote':
      return refuseQuote(scene, link.id);
    case 'section':
    case 'field':
      if (!(await readsBlock(records, who.id, link.block, caseId))) throw refused('no-target');
  }
}

async function readsBlock(
  records: Transaction<Tables>,
  personId: string,
  blockId: string,
  caseId: string,
): Promise<boolean> {
  const found = await lookUpBlock(records, personId, blockId);
  return found !== null && found.caseId === caseId && includesAccess(found.decision.access, 'read');
}

/** @returns the audience of a thread of the same case that a link leads to, where they may read it */
export async function audienceOfLink(
  { records, caseId, who }: ActScene,
  event: ThreadEvent,
): Promise<ThreadAudience | null> {
  if (event.kind !== 'linked' || event.link.to !== 'thread') return null;
  const other = await loadThread(records, event.link.id);
  if (!other || other.row.case_id !== caseId) return null;
  const there = await commenterOf(records, who.id, await lookUpBlock(records, who.id, other.row.block_id));
  return includesAccess(there.access, 'read') && forReader(other, there) ? other.thread.audience : null;
}

const FIELD_KEYS: ReadonlySet<string> = new Set(['field', 'value', 'option', 'year', 'source', 'row']);

/** Whether a key in a block is that of a field of its section, or of something in it (`block-parts.ts`). */
function isField(section: Section, key: string): boolean {
  const [kind = '', first, row, inner] = key.split('/');
  const field = section.fields.find(({ id }) => id === first);
  if (!field || !FIELD_KEYS.has(kind)) return false;
  if (field.kind !== 'group' || row === undefined || kind === 'row') return true;
  return inner !== undefined && field.fields.some(({ id }) => id === inner);
}
