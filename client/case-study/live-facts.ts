import type * as Y from 'yjs';
import { filledFields } from '../../shared/document/field-values.ts';
import { toHtml } from '../../shared/document/html.ts';
import { fieldValues, promptMarks, readText } from '../../shared/document/reading.ts';
import { blockWords } from '../../shared/document/words.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { drawnHere } from '../editor/names-here.ts';
import type { SectionFacts } from './progress.ts';

/**
 * What the open copies of a case say of themselves, by block. Read again some
 * time after each change, never while a key is being handled.
 */
export class LiveFacts {
  readonly #facts = new Map<string, SectionFacts>();
  readonly #watchers = new Set<(blockId: string) => void>();
  #version = 0;

  get(blockId: string): SectionFacts | undefined {
    return this.#facts.get(blockId);
  }

  /** Differs after every change of any block's facts. */
  get version(): number {
    return this.#version;
  }

  set(blockId: string, facts: SectionFacts): void {
    const before = this.#facts.get(blockId);
    if (before && sameFacts(before, facts)) return;
    this.#facts.set(blockId, facts);
    this.#version += 1;
    for (const watcher of [...this.#watchers]) watcher(blockId);
  }

  readonly watch = (watcher: (blockId: string) => void): (() => void) => {
    const own = (blockId: string) => watcher(blockId);
    this.#watchers.add(own);
    return () => {
      this.#watchers.delete(own);
    };
  };
}

function sameFacts(a: SectionFacts, b: SectionFacts): boolean {
  const marksA = Object.entries(a.prompts);
  return (
    a.words === b.words &&
    a.filled === b.filled &&
    a.fields === b.fields &&
    marksA.length === Object.keys(b.prompts).length &&
    marksA.every(([id, mark]) => b.prompts[id] === mark)
  );
}

/** Reads the facts of a section from its open copy. */
export function readFacts(section: Section, doc: Y.Doc): SectionFacts {
  const values = fieldValues(doc);
  const { filled, fields } = filledFields(section, values);
  return { words: blockWords(drawnHere(readText(doc)), values), filled, fields, prompts: promptMarks(doc) };
}

/** The text of an open copy as safe HTML, for where no editor stands. */
export function readHtml(doc: Y.Doc): string {
  return toHtml(drawnHere(readText(doc)), { quotes: true });
}

/** Milliseconds of quiet after which a changed text is read again. */
const QUIET = 500;
/** Milliseconds that the page may stay busy before it is read nevertheless. */
const PATIENCE = 2_000;

/**
 * Calls `read` once now and again after the document changed and came to rest,
 * when the page has nothing better to do.
 * @returns ends the watching
 */
export function watchQuietly(doc: Y.Doc, read: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let idle: number | undefined;
  const schedule = () => {
    if (timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (idle === undefined) {
        idle = whenIdle(() => {
          idle = undefined;
          read();
        }, PATIENCE);
      }
    }, QUIET);
  };
  doc.on('update', schedule);
  read();
  return () => {
    doc.off('update', schedule);
    clearTimeout(timer);
    if (idle !== undefined) cancelIdle(idle);
  };
}

/** @param patience milliseconds, after which it is called even if the page is busy */
export function whenIdle(act: () => void, patience: number): number {
  return 'requestIdleCallback' in window
    ? window.requestIdleCallback(act, { timeout: patience })
    : (setTimeout(act, 50) as unknown as number);
}

export function cancelIdle(handle: number): void {
  if ('cancelIdleCallback' in window) window.cancelIdleCallback(handle);
  else clearTimeout(handle);
}
