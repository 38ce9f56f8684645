import { useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import type { RequestedSection } from '../../shared/api/information.ts';
import { fieldValues, readText } from '../../shared/document/reading.ts';
import { countWords, plainText } from '../../shared/document/words.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { type Answer, answerOf } from '../../shared/information/answer.ts';
import { watchQuietly } from '../case-study/live-facts.ts';
import { drawnHere } from '../editor/names-here.ts';
import type { Engine } from '../sync/engine.ts';
import { useEngine } from '../sync/hooks.ts';

/** How far a section is that was asked for, and when it was changed last; null: never. */
export interface AnswerNow {
  readonly answer: Answer;
  readonly changedAt: number | null;
}

/**
 * Follows sections that were asked for while the page is open: counted from their open
 * copies, and until those are here as the server told it.
 * @param sectionOf - as the framework has it; null while that is not known
 */
export function useLiveAnswers(
  told: readonly RequestedSection[],
  sectionOf: (told: RequestedSection) => Section | null,
): readonly AnswerNow[] {
  const engine = useEngine();
  const [read, setRead] = useState<ReadonlyMap<string, AnswerNow>>(new Map());
  const latest = useRef({ told, sectionOf });
  useEffect(() => {
    latest.current = { told, sectionOf };
  });
  const key = told.map((one) => `${one.blockId}${sectionOf(one) ? '' : '?'}`).join(' ');
  useEffect(() => {
    // Also where one of them is known now that was not before.
    void key;
    const ends = latest.current.told.map((one) => {
      const section = latest.current.sectionOf(one);
      if (!section) return () => {};
      const toldNow = () =>
        latest.current.told.find(({ blockId }) => blockId === one.blockId)?.answer ?? one.answer;
      return followAnswer(engine, one.blockId, section, toldNow, (now) =>
        setRead((before) => withAnswer(before, one.blockId, now)),
      );
    });
    return () => {
      for (const end of ends) end();
    };
  }, [engine, key]);
  return told.map((one) => {
    const now = read.get(one.blockId);
    return { answer: now?.answer ?? one.answer, changedAt: now?.changedAt ?? one.changedAt };
  });
}

/** @param now null where the copy is not up to date any more: the server's word counts again */
function withAnswer(
  before: ReadonlyMap<string, AnswerNow>,
  blockId: string,
  now: AnswerNow | null,
): ReadonlyMap<string, AnswerNow> {
  if (!now && !before.has(blockId)) return before;
  const next = new Map(before);
  if (now) next.set(blockId, now);
  else next.delete(blockId);
  return next;
}

/**
 * Holds a block open and tells how far it is, now and whenever it came to rest after a change.
 * @param toldNow - what the server said last: what comes while the copy catches up with it is
 *   nobody's writing just now
 * @returns ends it
 */
function followAnswer(
  engine: Engine,
  blockId: string,
  section: Section,
  toldNow: () => Answer,
  tell: (now: AnswerNow | null) => void,
): () => void {
  const release = engine.holdBlock(blockId);
  const block = engine.block(blockId);
  let watched: Y.Doc | null = null;
  let unwatch = () => {};
  const look = () => {
    const { replica, live } = block.get();
    const doc = live ? (replica?.doc ?? null) : null;
    if (doc === watched) return;
    unwatch();
    unwatch = () => {};
    watched = doc;
    if (!doc) return tell(null);
    let caughtUp = false;
    unwatch = watchQuietly(doc, () => {
      const answer = readAnswer(section, doc);
      tell({ answer, changedAt: caughtUp ? Date.now() : null });
      caughtUp ||= sameAnswer(answer, toldNow());
    });
  };
  const end = block.watch(look);
  look();
  return () => {
    end();
    unwatch();
    release();
  };
}

/** @returns how far the open copy of a section is */
export function readAnswer(section: Section, doc: Y.Doc): Answer {
  return answerOf(section, fieldValues(doc), countWords(plainText(drawnHere(readText(doc)))));
}

function sameAnswer(one: Answer, other: Answer): boolean {
  return (
    one.filled === other.filled && one.words === other.words && one.missing.length === other.missing.length
  );
}
