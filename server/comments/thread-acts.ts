import type { Transaction } from 'kysely';
import { judge, type People, REFUSALS, type ThreadRefusal } from '../../shared/comments/acts.ts';
import type { Thread } from '../../shared/comments/thread.ts';
import type { ThreadAudience, ThreadEvent } from '../../shared/comments/thread-event.ts';
import { findSection, type Section } from '../../shared/framework/framework.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Tables } from '../ports/tables.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { idTaken, nothingThere, type OpenBlock, openBlockText } from '../studies/study-gate.ts';
import { anchorOf, eventOf, namedIn, type SentAct } from './act-event.ts';
import { type ActScene, audienceOfLink, refuseMisplaced, wordsGone } from './act-place.ts';
import { setAnchorFor, type WantedAnchor, wordsToKeep } from './anchoring.ts';
import { commenterOf, type PresentCommenter, peopleNamed, sees } from './commenters.ts';
import { areAsSent, type KeptFrom, lineageOf, withKeptStill } from './kept-still.ts';
import { caseSight, type SchoolSight, schoolSight } from './school-sight.ts';
import { NO_TEXT, type SectionTexts } from './section-texts.ts';
import { threadChanged } from './thread-news.ts';
import { anchorOf as anchorOfAct, appendAct, type KeptThread, loadThread } from './thread-store.ts';

export type ThreadParts = Pick<Parts, 'records' | 'blocks' | 'folder' | 'log' | 'clock' | 'bus'>;

export interface ThreadDesk {
  readonly parts: ThreadParts;
  readonly writing: BlockWriting;
  readonly texts: SectionTexts;
}

/** What an act comes to, beside the records. */
interface Outcome {
  /** Who is told that something was done. */
  readonly audience: ThreadAudience;
  /** It counts for the first time. */
  readonly isNew: boolean;
  /** Its words are those that the thread is about now; `before`: anchors whose place they take. */
  readonly mark: { readonly before: readonly string[] } | null;
  /** The thread before it; null where this opened it. */
  readonly known: KeptThread | null;
}

/**
 * Takes one act in a thread: what the rules refuse changes nothing, and what is sent again counts
 * once. For those who may not write in the text the mark is set after it: until then, and where
 * that fails, the words are found without it.
 * @throws Refusal
 */
export async function actInThread(
  desk: ThreadDesk,
  blockId: string,
  by: Actor & { readonly personId: string },
  act: SentAct,
): Promise<void> {
  const { parts } = desk;
  const block = await openBlockText(parts.records.read, by.personId, blockId, 'comment');
  const look = await lookAt(desk, blockId, block, by.personId, act);
  const { audience, isNew, mark, known } = await parts.records.transaction((records) =>
    takeAct(parts, records, { block, blockId, by, act, look }),
  );
  if (look.wanted && mark && !look.writes) await setMark(desk, blockId, by.personId, look, mark.before);
  if (isNew)
    await threadChanged(
      parts,
      { caseId: block.caseId, blockId, thread: act.thread, act: act.id },
      audience,
      known,
    );
}

/** What is read before the transaction, in which nothing but records can be waited for. */
interface Look extends KeptFrom {
  readonly section: Section;
  readonly wanted: WantedAnchor | null;
  /** Something stands in the text under the name of their anchor, who do not write there. */
  readonly isTaken: boolean;
  /** They set marks themselves. */
  readonly writes: boolean;
  readonly sight: SchoolSight | null;
}

async function lookAt(
  { parts, texts }: ThreadDesk,
  blockId: string,
  block: OpenBlock,
  personId: string,
  act: SentAct,
): Promise<Look> {
  const records = parts.records.read;
  const { study } = await caseAndStudy(records, block.caseId);
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const section = findSection(framework, block.sectionId);
  if (!section) throw nothingThere();
  const wanted = anchorOf(act);
  const writes = includesAccess(block.decision.access, 'write');
  const sight =
    block.role === 'contact'
      ? await schoolSight(parts, personId, blockId, await caseSight(records, block.caseId), writes)
      : null;
  const nothing = { kept: null, lineage: null, isAsSent: false };
  if (wanted === null) return { section, wanted, ...nothing, isTaken: false, writes, sight };
  const lineage = await lineageOf(records, blockId);
  const text = (await texts.of([blockId])).get(blockId) ?? NO_TEXT;
  const copy = writes ? null : (sight?.copy ?? null);
  const kept = wordsToKeep(text, copy, wanted, writes);
  return {
    ...{ section, wanted, writes, sight, kept, lineage },
    isAsSent: writes && areAsSent(text, kept),
    isTaken: !writes && text.marks.has(wanted.anchor),
  };
}

interface Wanted {
  readonly block: OpenBlock;
  readonly blockId: string;
  readonly by: Actor & { readonly personId: string };
  readonly act: SentAct;
  readonly look: Look;
}

async function takeAct(
  { clock }: Pick<ThreadParts, 'clock'>,
  records: Transaction<Tables>,
  { block, blockId, by, act, look }: Wanted,
): Promise<Outcome> {
  const { caseId, studyId } = block;
  const who = await commenterOf(records, by.personId, await lookUpBlock(records, by.personId, blockId));
  const known = await loadThread(records, act.thread);
  const thread = known && sees(known, who, look.sight);
  if (known && !thread) throw nothingThere();
  if (known && known.row.block_id !== blockId) throw act.kind === 'opened' ? idTaken() : nothingThere();
  const event = eventOf(act, who, look.kept, clock.now());
  const { section, sight } = look;
  const scene: ActScene = { records, caseId, blockId, section, who, sight, thread };
  const named = [...namedIn(event), ...(thread?.thread.assignee ? [thread.thread.assignee] : [])];
  const people = await peopleNamed(records, who, blockId, named, { thread, sight });
  const linked = await audienceOfLink(scene, event);
  const verdict = judge(thread?.thread ?? null, event, who, people, () => linked);
  const { wanted } = look;
  if (!verdict.taken) {
    if (verdict.refusal !== null) throw refused(verdict.refusal, wanted !== null && !look.writes);
    const stands = wanted !== null && known?.row.anchor === wanted.anchor;
    return {
      audience: known?.thread.audience ?? 'team',
      isNew: false,
      // what came in between may have kept the mark from being set, and the earlier one from going
      mark: stands ? { before: earlierAnchors(known, wanted.anchor) } : null,
      known,
    };
  }
  if (look.isTaken) {
    if (who.side === 'school') throw wordsGone();
    throw new Refusal('conflict', 'Something else stands there under the same name.');
  }
  await refuseMisplaced(scene, event);
  const schoolId = schoolOf(who, block);
  const still = await withKeptStill(records, blockId, event, look);
  await appendAct(records, { studyId, caseId, blockId }, known, still, schoolId);
  await noteDeed(records, { block, blockId, by }, event);
  return {
    audience: audienceOfNews(event, thread?.thread ?? null, people),
    isNew: true,
    mark: wanted ? { before: earlierAnchors(known, wanted.anchor) } : null,
    known,
  };
}

/** @returns every anchor that a thread was ever at, but the one that it is put at */
function earlierAnchors(known: KeptThread | null, anchor: string): readonly string[] {
  const acts = [...(known?.thread.known.values() ?? [])];
  return acts.flatMap((act) => {
    const one = anchorOfAct(act);
    return one === null || one === anchor ? [] : [one];
  });
}

/** Of who of the team sees to a thread, and where it leads among theirs, no school hears (REVIEW-4). */
function audienceOfNews(event: ThreadEvent, thread: Thread | null, people: People): ThreadAudience {
  if (event.kind === 'opened') return event.audience;
  if (!thread || thread.audience === 'team') return 'team';
  switch (event.kind) {
    case 'assigned': {
      const those = [event.to, thread.assignee].filter((id) => id !== null);
      return those.some((id) => people(id).side === 'school') ? 'school' : 'team';
    }
    case 'linked':
    case 'unlinked':
      return event.link.to === 'thread' ? 'school' : 'team';
    default:
      return 'school';
  }
}

/** For which school somebody speaks who is at one: that of the section, else their first in the case. */
function schoolOf({ side, schoolIds }: PresentCommenter, block: OpenBlock): string | null {
  if (side === 'team') return null;
  return block.schoolId ?? schoolIds[0] ?? null;
}

async function noteDeed(
  records: Transaction<Tables>,
  { block, blockId, by }: Pick<Wanted, 'block' | 'blockId' | 'by'>,
  event: ThreadEvent,
): Promise<void> {
  const { studyId, caseId } = block;
  const thread = event.thread;
  const on = { by, at: event.at, caseId, object: { kind: 'block', id: blockId } as const };
  if (event.kind === 'opened') {
    const detail = { thread, audience: event.audience };
    await recordInStudy(records, studyId, { ...on, kind: 'thread-opened', detail });
  } else if (event.kind === 'resolved') {
    await recordInStudy(records, studyId, { ...on, kind: 'thread-resolved', detail: { thread } });
  } else if (event.kind === 'reopened') {
    await recordInStudy(records, studyId, { ...on, kind: 'thread-reopened', detail: { thread } });
  }
}

const UNFIT: ReadonlySet<ThreadRefusal> = new Set<ThreadRefusal>([
  'empty',
  'too-long',
  'too-many-named',
  'no-place',
]);

/** @param searched whether the words were looked for in the text */
function refused(why: ThreadRefusal, searched: boolean): Refusal {
  if (why === 'not-there') return nothingThere();
  if (why === 'no-place' && searched) return wordsGone();
  if (why === 'may-not-comment') return new Refusal('no-access', REFUSALS[why]);
  return new Refusal(UNFIT.has(why) ? 'bad-request' : 'conflict', REFUSALS[why]);
}

async function setMark(
  { parts, writing }: ThreadDesk,
  blockId: string,
  personId: string,
  { wanted, sight }: Look,
  before: readonly string[],
): Promise<void> {
  if (!wanted) return;
  try {
    await setAnchorFor(writing, blockId, personId, wanted, { copyOf: sight?.copyOf ?? null, before });
  } catch (cause) {
    // The thread is kept, and finds its words without a mark.
    parts.log.error('the mark of a thread could not be set', { block: blockId }, cause);
  }
}
