import { setImmediate } from 'node:timers/promises';
import type { ThreadList, ThreadPeople, ThreadView } from '../../shared/api/comments.ts';
import { THREAD_AUDIENCES, type ThreadSide } from '../../shared/comments/thread-event.ts';
import { type Framework, findSection } from '../../shared/framework/framework.ts';
import { type Decision, includesAccess } from '../../shared/permissions/access.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import { caseParticipants } from '../case-study/participants.ts';
import { studyFramework } from '../frameworks/framework-registry.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadDecisions, lookUpBlock, type PlacedBlock, readStage } from '../studies/access-lookup.ts';
import type { OpenBlock } from '../studies/study-gate.ts';
import { commenterOf, forReader, type PresentCommenter, peopleMet } from './commenters.ts';
import { type CaseSight, caseSight, type SchoolSight, schoolSight } from './school-sight.ts';
import { NO_TEXT } from './section-texts.ts';
import type { ThreadDesk, ThreadParts } from './thread-acts.ts';
import { type KeptThread, loadReadMarks, loadThread, loadThreads } from './thread-store.ts';
import { peopleIn, presentIn, threadViews } from './thread-views.ts';

/** @returns the threads of a case that one person of its team may read */
export async function threadsOfCase(desk: ThreadDesk, personId: string, caseId: string): Promise<ThreadList> {
  const records = desk.parts.records.read;
  const { row, study } = await caseAndStudy(records, caseId);
  return threadsIn(desk, personId, study, [row]);
}

/** @returns the threads that somebody reads at a school, over all cases that they were invited to */
export async function threadsOfContact(desk: ThreadDesk, personId: string): Promise<ThreadList> {
  const records = desk.parts.records.read;
  const cases = await records
    .selectFrom('cases')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .selectAll('cases')
    .where('cases.id', 'in', (eb) =>
      eb
        .selectFrom('case_contacts')
        .select('case_id')
        .where('user_id', '=', personId)
        .where('quotes_alone', '=', 0),
    )
    .where('cases.deleted_at', 'is', null)
    .where('studies.deleted_at', 'is', null)
    .orderBy('cases.created_at', 'desc')
    .orderBy('cases.id')
    .execute();
  const whole: { threads: ThreadView[]; people: Map<string, ThreadList['people'][number]> } = {
    threads: [],
    people: new Map(),
  };
  for (const row of cases) {
    const { study } = await caseAndStudy(records, row.id);
    const { asker } = await loadDecisions(records, personId, study.id, []);
    // whoever is on the team reads them on the page of the case
    if (asker.role !== 'contact') continue;
    const { threads, people } = await threadsIn(desk, personId, study, [row]);
    whole.threads.push(...threads);
    for (const one of people) whole.people.set(one.id, one);
  }
  return { threads: whole.threads, people: [...whole.people.values()] };
}

async function threadsIn(
  desk: ThreadDesk,
  personId: string,
  study: Tables['studies'],
  cases: readonly Tables['cases'][],
): Promise<ThreadList> {
  const records = desk.parts.records.read;
  const caseIds = cases.map(({ id }) => id);
  const framework = await studyFramework(records, study.framework_id, study.framework_version);
  const decide = await loadDecisions(records, personId, study.id, caseIds);
  const read = await loadReadMarks(records, personId, caseIds);
  const present = await presentIn(records, study.id, caseIds);
  const views: ThreadView[] = [];
  for (const row of cases) {
    const standing = { stage: readStage(row.stage), deleted: (row.deleted_at ?? study.deleted_at) !== null };
    const ofBlock = byBlock(await loadThreads(records, { caseId: row.id }));
    const sight = decide.asker.role === 'contact' ? await caseSight(records, row.id) : null;
    for (const block of await blocksOf(records, row.id, framework)) {
      const threads = ofBlock.get(block.blockId);
      const decision = decide.of(block, standing);
      if (!threads || !includesAccess(decision.access, 'read')) continue;
      const who = await commenterOf(records, personId, {
        caseId: row.id,
        role: decide.asker.role,
        decision,
      });
      views.push(...(await viewsOf(desk, threads, { who, block, read, present, sight })));
      // others get their turn between two sections
      await setImmediate();
    }
  }
  return { threads: views, people: await peopleIn(records, study.id, views, present) };
}

interface Reading {
  readonly who: PresentCommenter;
  readonly block: { readonly caseId: string; readonly blockId: string };
  readonly read: ReadonlyMap<string, string>;
  readonly present: ReadonlyMap<string, ThreadSide>;
  /** Of somebody at a school, what of the case decides how they read it. */
  readonly sight: CaseSight | null;
}

async function viewsOf(
  { parts, texts }: ThreadDesk,
  threads: readonly KeptThread[],
  { who, block, read, present, sight: ofCase }: Reading,
): Promise<ThreadView[]> {
  const theirs = threads.filter((kept) => forReader(kept, who) !== null);
  if (theirs.length === 0) return [];
  const hasRange = theirs.some(({ thread }) => thread.target.on === 'range');
  const fillsIn = includesAccess(who.access, 'write');
  const sight = ofCase && (await schoolSight(parts, who.id, block.blockId, ofCase, fillsIn));
  const whole = async () => (await texts.of([block.blockId])).get(block.blockId) ?? NO_TEXT;
  const text = hasRange ? (sight?.text ?? (await whole())) : NO_TEXT;
  return threadViews(theirs, { who, text, sight, read, present });
}

function byBlock(threads: readonly KeptThread[]): ReadonlyMap<string, readonly KeptThread[]> {
  const blocks = new Map<string, KeptThread[]>();
  for (const kept of threads) {
    const known = blocks.get(kept.row.block_id);
    if (known) known.push(kept);
    else blocks.set(kept.row.block_id, [kept]);
  }
  return blocks;
}

/** @returns the blocks of a case that belong to its present schools, in the framework's order, then that of its schools */
async function blocksOf(records: Records, caseId: string, framework: Framework): Promise<PlacedBlock[]> {
  const rows = await records
    .selectFrom('blocks')
    .leftJoin('case_schools', (join) =>
      join
        .onRef('case_schools.case_id', '=', 'blocks.case_id')
        .onRef('case_schools.school_id', '=', 'blocks.school_id'),
    )
    .select(['blocks.id', 'blocks.section_id', 'blocks.school_id', 'case_schools.position'])
    .where('blocks.case_id', '=', caseId)
    .where((eb) => eb.or([eb('blocks.school_id', 'is', null), eb('case_schools.school_id', 'is not', null)]))
    .execute();
  const order = new Map(framework.sections.map((section, index) => [section.id, index]));
  return rows
    .flatMap((row) => {
      const section = findSection(framework, row.section_id);
      return section ? [{ row, section, at: order.get(section.id) ?? 0 }] : [];
    })
    .sort((a, b) => a.at - b.at || (a.row.position ?? 0) - (b.row.position ?? 0))
    .map(({ row, section }) => ({ blockId: row.id, caseId, section, schoolId: row.school_id }));
}

/** @returns one thread as somebody reads it, after an act of theirs */
export async function threadAfter(
  desk: ThreadDesk,
  personId: string,
  blockId: string,
  threadId: string,
): Promise<{ thread: ThreadView | null; people: ThreadList['people'] }> {
  const records = desk.parts.records.read;
  const found = await lookUpBlock(records, personId, blockId);
  const kept = await loadThread(records, threadId);
  if (!found || !kept) return { thread: null, people: [] };
  const { caseId, studyId } = found;
  const who = await commenterOf(records, personId, found);
  const read = await loadReadMarks(records, personId, [caseId]);
  const present = await presentIn(records, studyId, [caseId]);
  const sight = who.side === 'school' ? await caseSight(records, caseId) : null;
  const views = await viewsOf(desk, [kept], { who, block: { caseId, blockId }, read, present, sight });
  return { thread: views[0] ?? null, people: await peopleIn(records, studyId, views, present) };
}

/** @returns who can be named in threads of a section by somebody who comments there */
export async function threadPeople(
  parts: Pick<ThreadParts, 'records' | 'blocks' | 'folder'>,
  personId: string,
  blockId: string,
  block: OpenBlock,
): Promise<ThreadPeople> {
  const records = parts.records.read;
  const who = await commenterOf(records, personId, block);
  const met =
    who.side === 'school'
      ? await peopleMet(records, who, blockId, await sightOf(parts, who, { caseId: block.caseId, blockId }))
      : null;
  const people: ThreadPeople['people'] = [];
  for (const { id, name, colour, initials, role } of await caseParticipants(
    records,
    block.studyId,
    block.caseId,
  )) {
    if (id === personId || (met && !met.has(id))) continue;
    const decision = await decisionOf(records, id, blockId);
    if (!decision || !includesAccess(decision.access, 'read')) continue;
    const side = role === 'contact' ? 'school' : 'team';
    const reads = who.side === 'school' || side === 'school' ? (['school'] as const) : THREAD_AUDIENCES;
    people.push({ ...{ id, name, colour, initials, side }, reads: [...reads] });
  }
  return { people };
}

/** @returns what somebody at a school reads of a section; null for the team */
export async function sightOf(
  parts: Pick<ThreadParts, 'records' | 'blocks' | 'folder'>,
  who: PresentCommenter,
  { caseId, blockId }: { readonly caseId: string; readonly blockId: string },
): Promise<SchoolSight | null> {
  if (who.side === 'team') return null;
  const ofCase = await caseSight(parts.records.read, caseId);
  return schoolSight(parts, who.id, blockId, ofCase, includesAccess(who.access, 'write'));
}

async function decisionOf(records: Records, personId: string, blockId: string): Promise<Decision | null> {
  return (await lookUpBlock(records, personId, blockId))?.decision ?? null;
}
