import * as Y from 'yjs';
import { readBlock } from '../../server/collaboration/block-reading.ts';
import type { ThreadAct, ThreadView } from '../../shared/api/comments.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { ProblemCode } from '../../shared/api/problem.ts';
import { anchorKey } from '../../shared/document/anchor-key.ts';
import { anchoredText } from '../../shared/document/anchors.ts';
import { readSuggestedText } from '../../shared/document/reading.ts';
import type { Access } from '../../shared/permissions/access.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';

type Act = ThreadAct extends infer A ? (A extends ThreadAct ? Omit<A, 'id' | 'thread'> : never) : never;

/** A case with threads, on real SQLite. */
export interface ThreadsOnTrial {
  readonly world: World;
  readonly caseId: string;
  readonly schoolId: string;
  readonly studyId: string;
  /** Of section 2.4. */
  readonly blockId: string;
  block(sectionId: string, schoolId?: string | null): string;
  /** Puts a paragraph into the section. */
  write(words: string, blockId?: string): Promise<void>;
  edit(change: (text: Y.XmlText) => void, blockId?: string): Promise<void>;
  grant(personId: string, level: Access, blockId?: string): Promise<void>;
  /** @returns the thread after it */
  act(
    by: string,
    thread: string,
    act: Act,
    more?: { readonly id?: string; readonly blockId?: string },
  ): Promise<ThreadView>;
  /** @returns the code of the refusal, or `ok` */
  tries(
    by: string,
    thread: string,
    act: Act,
    more?: { readonly id?: string; readonly blockId?: string },
  ): Promise<ProblemCode | 'ok'>;
  list(by: string): Promise<RouteReply<'GET /api/cases/:caseId/threads'>>;
  atSchool(by: string): Promise<RouteReply<'GET /api/contact/threads'>>;
  /** The section as it stands on disk, with the anchors that stand in it. */
  text(blockId?: string): Promise<{ readonly plain: string; readonly anchors: readonly string[] }>;
  close(): Promise<void>;
}

export async function threadsOnTrial(): Promise<ThreadsOnTrial> {
  const world = await createWorld();
  const { ada, eve } = world.people;
  const study = await setUpStudy(world, 'one', ada);
  const { caseId, schoolId, studyId } = study;
  await world.joinAsContact(caseId, schoolId, eve);
  const blockId = study.block('2.4');
  let made = 0;
  const body = (thread: string, act: Act, id?: string) => {
    made += 1;
    return { act: { ...act, id: id ?? `act-${made}`, thread } as ThreadAct };
  };
  return {
    world,
    caseId,
    schoolId,
    studyId,
    blockId,
    block: (sectionId, school = null) => study.block(sectionId, school),
    write: (words, block = blockId) =>
      world.write(block, ada, (doc) => {
        const paragraph = new Y.XmlElement('paragraph');
        doc.getXmlFragment('content').push([paragraph]);
        paragraph.push([new Y.XmlText(words)]);
      }),
    edit: (change, block = blockId) =>
      world.write(block, ada, (doc) => {
        const first = doc.getXmlFragment('content').get(0) as Y.XmlElement;
        change(first.get(0) as Y.XmlText);
      }),
    grant: async (personId, level, block = blockId) => {
      const row = { block_id: block, person_id: personId };
      const said = { level, set_by: ada, set_at: 1 };
      await world.parts.records.read
        .insertInto('block_grants')
        .values({ ...row, ...said })
        .onConflict((conflict) => conflict.columns(['block_id', 'person_id']).doUpdateSet(said))
        .execute();
    },
    act: async (by, thread, act, { id, blockId: block = blockId } = {}) =>
      (await world.call('POST /api/blocks/:blockId/threads', by, { blockId: block }, body(thread, act, id)))
        .thread,
    tries: (by, thread, act, { id, blockId: block = blockId } = {}) =>
      world.outcome('POST /api/blocks/:blockId/threads', by, { blockId: block }, body(thread, act, id)),
    list: (by) => world.call('GET /api/cases/:caseId/threads', by, { caseId }),
    atSchool: (by) => world.call('GET /api/contact/threads', by, {}),
    text: async (block = blockId) => {
      const read = await readBlock(world.parts.blocks, block);
      if (!read) throw new Error('no such block');
      const { plain, marks } = anchoredText(readSuggestedText(read.doc));
      return { plain, anchors: [...marks.keys()] };
    },
    close: () => world.close(),
  };
}

export const say = (words: string, ...mentions: string[]) => ({ words, mentions });

/** Words that somebody selected, with what stands around them. */
export function selected(words: string, around: readonly [string, string] = ['', ''], occurrence = 0) {
  return { quote: words, prefix: around[0], suffix: around[1], occurrence };
}

/** Opens a thread on words. */
export function onWords(
  anchor: string,
  words: string,
  audience: 'team' | 'school' = 'team',
  comment = 'Is this so?',
) {
  return {
    kind: 'opened',
    audience,
    target: { on: 'range', anchor, selected: selected(words) },
    ...say(comment),
  } as const;
}

export function onSection(audience: 'team' | 'school', comment = 'Is this so?', ...mentions: string[]) {
  return { kind: 'opened', audience, target: { on: 'section' }, ...say(comment, ...mentions) } as const;
}

/** @returns where words begin in a text, whatever marks stand in it */
export function placeOf(text: Y.XmlText, words: string): number {
  const pieces = text.toDelta() as { readonly insert: string }[];
  return pieces
    .map(({ insert }) => insert)
    .join('')
    .indexOf(words);
}

/** Sets an anchor's mark, as the page of somebody does who writes in the text. */
export function mark(text: Y.XmlText, words: string, anchor: string): void {
  text.format(placeOf(text, words), words.length, { [anchorKey(anchor)]: { id: anchor } });
}
