/** What a folder does, on whichever thread. */
import * as Y from 'yjs';
import {
  fieldValues,
  promptMarks,
  readSuggestedText,
  readWrittenText,
} from '../../shared/document/reading.ts';
import { withoutSuggestions } from '../../shared/document/refusing.ts';
import { findMisshapen } from '../../shared/document/shape.ts';
import {
  type BlockContents,
  type Folded,
  type Gathered,
  type Merged,
  type SurveyedBytes,
  UnfoldableError,
} from '../ports/folder.ts';
import { type Applied, applyParts, BlockDocument, keepFormatting } from './block-document.ts';
import { type ClockSet, clockSetOf, deleteSetBytes } from './clock-set.ts';
import { surveyDocument } from './document-survey.ts';
import type { HiddenWords } from './lost-words.ts';
import { findHidden, type Inquiry, type PastStep } from './lost-words-inquiry.ts';
import { merged } from './room-reading.ts';
import { surveyParts } from './stored-text.ts';
import { writeSurvey } from './survey-bytes.ts';

/** Merged at a time: what `mergeUpdates` takes grows faster than the number of its updates. */
const MERGED_AT_ONCE = 32;

/** @throws UnfoldableError when the parts are no whole document */
export function foldParts(parts: readonly Uint8Array[]): Folded {
  const document = new BlockDocument();
  try {
    document.load(parts);
    const state = document.encode();
    return { state, weight: document.weight, survey: writeSurvey(surveyDocument(document)) };
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    document.destroy();
  }
}

/**
 * See `Folder.isWellShaped`.
 * @throws UnfoldableError when the parts are no whole document
 */
export function hasShape(parts: readonly Uint8Array[]): boolean {
  const document = new BlockDocument();
  try {
    document.load(parts);
    return findMisshapen(document.doc).length === 0;
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    document.destroy();
  }
}

/** @param doc a block's own; nothing of it is changed */
export function contentsOf(doc: Y.Doc): BlockContents {
  const suggested = readSuggestedText(doc);
  const text = withoutSuggestions(suggested);
  return { text, suggested, values: fieldValues(doc), prompts: promptMarks(doc) };
}

/**
 * See `Folder.read`.
 * @throws UnfoldableError when the parts are no whole document
 */
export function readContents(parts: readonly Uint8Array[]): BlockContents {
  return readParts(parts, contentsOf);
}

/**
 * See `Folder.readWritten`.
 * @throws UnfoldableError when the parts are no whole document
 */
export function readWrittenContents(parts: readonly Uint8Array[]): BlockContents {
  return readParts(parts, (doc) => ({ ...contentsOf(doc), text: readWrittenText(doc) }));
}

function readParts(parts: readonly Uint8Array[], read: (doc: Y.Doc) => BlockContents): BlockContents {
  const doc = new Y.Doc();
  try {
    keepFormatting(doc);
    applyParts(doc, parts);
    return read(doc);
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    doc.destroy();
  }
}

/**
 * See `Folder.survey`.
 * @throws UnfoldableError when the parts are no whole document
 */
export function surveyBlock(parts: readonly Uint8Array[]): SurveyedBytes {
  try {
    return surveyParts(parts);
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * See `Folder.merge`.
 * @throws UnfoldableError when the two do not make a whole document
 */
export function mergeInto(parts: readonly Uint8Array[], update: Uint8Array, deletions: Uint8Array): Merged {
  const document = new BlockDocument();
  try {
    document.load(parts);
    return mergeIntoDocument(document, update, clockSetOf(deletions));
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    document.destroy();
  }
}

/**
 * @param document is of no more use where this throws
 * @param own what the update itself deletes
 * @throws UnfoldableError
 */
export function mergeIntoDocument(document: BlockDocument, update: Uint8Array, own: ClockSet): Merged {
  const weightBefore = document.weight;
  let applied: Applied;
  try {
    applied = document.apply(update, own);
  } catch (cause) {
    throw new UnfoldableError('it cannot be merged', { cause });
  }
  const { deleted, removed } = document.gone();
  return {
    ...applied,
    weightBefore,
    weight: document.weight,
    deleted: deleteSetBytes(deleted),
    removed: deleteSetBytes(removed),
  };
}

/**
 * See `Folder.gather`. Yjs merges by client in descending order, and loses in
 * silence what stands in another order; such an update is left alone. What comes
 * out is held against what went in, since the rows it replaces are given up.
 * @throws UnfoldableError when one of them is no update
 */
export function gatherUpdates(updates: readonly Uint8Array[]): readonly Gathered[] {
  try {
    const orderly: number[] = [];
    const odd: Gathered[] = [];
    for (const [at, bytes] of updates.entries()) {
      if (isOrderly(bytes)) orderly.push(at);
      else odd.push({ from: [at], bytes });
    }
    const together = orderly.map((at) => updates[at] as Uint8Array);
    if (together.length === 0) return odd;
    const merged = mergeInSteps(together);
    const gathered = holdsTheSame(together, merged)
      ? [{ from: orderly, bytes: merged }]
      : orderly.map((at) => ({ from: [at], bytes: updates[at] as Uint8Array }));
    return [...gathered, ...odd].sort((one, other) => (one.from[0] as number) - (other.from[0] as number));
  } catch (cause) {
    throw new UnfoldableError(`no update (${String(cause)})`, { cause });
  }
}

/**
 * See `Folder.findHidden`.
 * @throws UnfoldableError when the past cannot be replayed
 */
export function lookThrough(past: readonly PastStep[], inquiry: Inquiry): readonly HiddenWords[] {
  try {
    return findHidden(past, inquiry);
  } catch (cause) {
    throw new UnfoldableError(`no past (${String(cause)})`, { cause });
  }
}

/**
 * See `Folder.mergesWithin`. Merges as a page does, formatting tidied.
 * @param now a clock in milliseconds
 * @returns milliseconds of the longer of the two
 * @throws UnfoldableError when the two do not make a whole document
 */
export function timeOfMerging(parts: readonly Uint8Array[], update: Uint8Array, now: () => number): number {
  const page = new Y.Doc();
  const joiner = new Y.Doc();
  try {
    const block = merged(parts);
    Y.applyUpdate(page, block);
    const started = now();
    Y.applyUpdate(page, update);
    const taken = now();
    Y.applyUpdate(joiner, Y.mergeUpdates([block, update]));
    const joined = now();
    if (joiner.store.pendingStructs || joiner.store.pendingDs) throw new Error('builds on what is not there');
    return Math.max(taken - started, joined - taken);
  } catch (cause) {
    throw new UnfoldableError(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    page.destroy();
    joiner.destroy();
  }
}

function mergeInSteps(updates: readonly Uint8Array[]): Uint8Array {
  let step = updates;
  while (step.length > 1) {
    const merged: Uint8Array[] = [];
    for (let at = 0; at < step.length; at += MERGED_AT_ONCE) {
      merged.push(Y.mergeUpdates(step.slice(at, at + MERGED_AT_ONCE)));
    }
    step = merged;
  }
  return step[0] as Uint8Array;
}

function isOrderly(update: Uint8Array): boolean {
  let last: Y.Item | Y.GC | Y.Skip | null = null;
  for (const struct of Y.decodeUpdate(update).structs) {
    if (last) {
      const sameClient = last.id.client === struct.id.client;
      if (sameClient ? struct.id.clock < last.id.clock + last.length : last.id.client < struct.id.client) {
        return false;
      }
    }
    last = struct;
  }
  return true;
}

type Stretch = readonly [from: number, to: number];

interface Contents {
  /** Clocks of the structs that say something, by client. */
  readonly inserted: Map<number, Stretch[]>;
  readonly deleted: Map<number, Stretch[]>;
  /** How much of the inserted is text, values and elements, not garbage. */
  live: number;
}

function holdsTheSame(updates: readonly Uint8Array[], merged: Uint8Array): boolean {
  const before = recordsOf(updates);
  const after = recordsOf([merged]);
  return (
    before.live === after.live &&
    sameStretches(before.inserted, after.inserted) &&
    sameStretches(before.deleted, after.deleted)
  );
}

function recordsOf(updates: readonly Uint8Array[]): Contents {
  const contents: Contents = { inserted: new Map(), deleted: new Map(), live: 0 };
  for (const update of updates) {
    const { structs, ds } = Y.decodeUpdate(update);
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue;
      const { client, clock } = struct.id;
      note(contents.inserted, client, clock, struct.length);
      if (struct instanceof Y.Item) contents.live += struct.length;
    }
    for (const [client, deletions] of ds.clients) {
      for (const deletion of deletions) note(contents.deleted, client, deletion.clock, deletion.len);
    }
  }
  return contents;
}

function note(stretches: Map<number, Stretch[]>, client: number, clock: number, length: number): void {
  const known = stretches.get(client);
  if (known) known.push([clock, clock + length]);
  else stretches.set(client, [[clock, clock + length]]);
}

function sameStretches(one: Map<number, Stretch[]>, other: Map<number, Stretch[]>): boolean {
  if (one.size !== other.size) return false;
  for (const [client, stretches] of one) {
    const others = other.get(client);
    if (!others || JSON.stringify(joined(stretches)) !== JSON.stringify(joined(others))) return false;
  }
  return true;
}

function joined(stretches: readonly Stretch[]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of [...stretches].sort((one, other) => one[0] - other[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
