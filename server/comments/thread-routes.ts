import type { BlockWriting } from '../collaboration/block-writing.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { nothingThere, openBlockText, openCase } from '../studies/study-gate.ts';
import { commenterOf, sees } from './commenters.ts';
import { SectionTexts } from './section-texts.ts';
import { actInThread, type ThreadDesk, type ThreadParts } from './thread-acts.ts';
import { sightOf, threadAfter, threadPeople, threadsOfCase, threadsOfContact } from './thread-lists.ts';
import { readMarksChanged } from './thread-news.ts';
import { loadThreads, markSeen } from './thread-store.ts';

/** Threads: the margin of a case, and what a school reads and writes there. */
export function threadRoutes(parts: ThreadParts, writing: BlockWriting): Routes {
  const desk: ThreadDesk = { parts, writing, texts: new SectionTexts(parts) };
  const { records, clock } = parts;

  return {
    'GET /api/cases/:caseId/threads': async (call) => {
      const { personId } = signedIn(call);
      await openCase(records.read, personId, call.params.caseId, 'see-study', { binned: true });
      return threadsOfCase(desk, personId, call.params.caseId);
    },

    'GET /api/contact/threads': async (call) => threadsOfContact(desk, signedIn(call).personId),

    'POST /api/blocks/:blockId/threads': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      const { act } = call.body;
      await actInThread(desk, blockId, { ...call.actor, personId }, act);
      const { thread, people } = await threadAfter(desk, personId, blockId, act.thread);
      // their access was taken away meanwhile
      if (!thread) throw nothingThere();
      return { thread, people };
    },

    'POST /api/blocks/:blockId/threads/seen': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      const block = await openBlockText(records.read, personId, blockId, 'read');
      const reader = await commenterOf(records.read, personId, block);
      const sight = await sightOf(parts, reader, { caseId: block.caseId, blockId });
      await records.transaction(async (transaction) => {
        const found = await lookUpBlock(transaction, personId, blockId);
        const who = await commenterOf(transaction, personId, found);
        const known = new Map(
          (await loadThreads(transaction, { blockIds: [blockId] })).map((kept) => [kept.row.id, kept]),
        );
        for (const { thread, comment } of call.body.seen) {
          const kept = known.get(thread);
          const theirs = kept ? sees(kept, who, sight) : null;
          if (!theirs) throw nothingThere();
          if (!theirs.thread.comments.some(({ id }) => id === comment)) {
            throw new Refusal('conflict', 'There is no such comment.');
          }
          await markSeen(transaction, personId, theirs, comment, clock.now());
        }
      });
      readMarksChanged(parts, personId);
      return { ok: true };
    },

    'GET /api/blocks/:blockId/thread-people': async (call) => {
      const { personId } = signedIn(call);
      const { blockId } = call.params;
      const block = await openBlockText(records.read, personId, blockId, 'comment');
      return threadPeople(parts, personId, blockId, block);
    },
  };
}
