import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';

/** Position, characters deleted, text inserted; in UTF-16 code units, as editors count. */
export type Patch = readonly [position: number, deleted: number, inserted: string];

/** What somebody typed at once, on what they saw. */
export interface TypedStep {
  readonly agent: number;
  readonly patches: readonly Patch[];
  /** How many steps of the other agent had reached this one before. */
  readonly heard: number;
}

export interface Trace {
  readonly endContent: string;
  readonly steps: readonly TypedStep[];
}

interface TraceFile {
  readonly endContent: string;
  readonly txns: readonly {
    readonly patches: readonly Patch[];
    readonly agent?: number;
    readonly parents?: readonly number[];
  }[];
}

/** Recorded typing of two people at once, or of one; see tests/traces/README.md. */
export function loadTrace(name: 'friendsforever' | 'seph-blog1'): Trace {
  const file = join(import.meta.dirname, '../traces', `${name}.json.gz`);
  const { endContent, txns } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as TraceFile;
  // For every step, how many of each agent's it builds on, itself included.
  const known: (readonly [number, number])[] = [];
  const steps = txns.map(({ patches, agent = 0, parents }, at) => {
    const before = (parents ?? (at > 0 ? [at - 1] : [])).map((parent) => known[parent] ?? [0, 0]);
    const seen: [number, number] = [
      Math.max(0, ...before.map(([first]) => first)),
      Math.max(0, ...before.map(([, second]) => second)),
    ];
    const heard = seen[agent === 0 ? 1 : 0] as number;
    seen[agent as 0 | 1] += 1;
    known.push(seen);
    return { agent, heard, patches };
  });
  return { endContent, steps: inCodeUnits({ endContent, steps }) };
}

/** Traces count code points; the two counts differ only where there is text beyond the first plane. */
function inCodeUnits(trace: Trace): readonly TypedStep[] {
  const beyond = /[\u{10000}-\u{10ffff}]/u;
  if (trace.steps.some((step) => step.patches.some(([, , inserted]) => beyond.test(inserted)))) {
    throw new Error('this trace has text beyond the first plane: its positions need converting');
  }
  return trace.steps;
}

/** Makes one step's changes in a text, as one transaction. */
export function typeStep(text: Y.Text | Y.XmlText, patches: readonly Patch[]): void {
  text.doc?.transact(() => {
    for (const [position, deleted, inserted] of patches) {
      if (deleted > 0) text.delete(position, deleted);
      if (inserted !== '') text.insert(position, inserted);
    }
  });
}

export interface LinearStep {
  readonly agent: number;
  readonly patches: readonly Patch[];
  /** The text once this step, and all before it, have been made. */
  readonly length: number;
}

/**
 * The same typing in one line, for pages that cannot hold back what reaches
 * them: each step's patches are where it stood in the text of both.
 * @param limit steps of the trace, from its beginning
 */
export function inOneLine(
  trace: Trace,
  limit: number,
): { readonly steps: readonly LinearStep[]; readonly text: string } {
  const pages = [new Y.Doc(), new Y.Doc()];
  const sent: Uint8Array[][] = [[], []];
  for (const [agent, page] of pages.entries()) {
    page.clientID = agent + 1;
    page.on('update', (update: Uint8Array, origin: unknown) => origin || sent[agent]?.push(update));
  }
  const both = new Y.Doc().getText('text');
  const heard = [0, 0];
  let patches: Patch[] = [];
  both.observe((event) => {
    let at = 0;
    for (const { retain = 0, delete: deleted = 0, insert = '' } of event.delta) {
      at += retain;
      if (deleted > 0 || insert !== '') patches.push([at, deleted, insert as string]);
      at += (insert as string).length;
    }
  });
  const steps = trace.steps.slice(0, limit).map((step) => {
    const page = pages[step.agent] as Y.Doc;
    const others = sent[1 - step.agent] as Uint8Array[];
    for (let i = heard[step.agent] as number; i < step.heard; i++) {
      Y.applyUpdate(page, others[i] as Uint8Array, 'heard');
    }
    heard[step.agent] = Math.max(heard[step.agent] as number, step.heard);
    const before = sent[step.agent]?.length ?? 0;
    typeStep(page.getText('text'), step.patches);
    patches = [];
    for (const update of sent[step.agent]?.slice(before) ?? []) {
      Y.applyUpdate(both.doc as Y.Doc, update);
    }
    return { agent: step.agent, patches, length: both.length };
  });
  return { steps, text: both.toString() };
}
