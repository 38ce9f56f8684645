import * as Y from 'yjs';
import { type Patch, type Trace, typeStep } from '../../support/traces.ts';

/** One step of a recording, as two pages can do it again. */
export interface PageStep {
  readonly agent: 0 | 1;
  /** How many steps of the other one's page must have reached this one before: no more, no fewer. */
  readonly heard: number;
  /** What the page reads then. */
  readonly before: string;
  /** Positions in `before`; in UTF-16 code units. */
  readonly patches: readonly Patch[];
}

/**
 * The typing of two people as it was recorded, with what each had not heard yet,
 * except where lines are begun or joined: there, both first hear each other, since
 * an editor takes a paragraph apart and puts it together anew.
 *
 * Where both typed at one place, the words of agent 0 come first, as those of the
 * lower client id do in Yjs.
 * @param limit steps of the trace, from its beginning
 */
export function forPages(trace: Trace, limit: number): { readonly steps: PageStep[]; readonly text: string } {
  const people = [new Typist(0), new Typist(1)] as const;
  const both = new Y.Doc();
  const steps = trace.steps.slice(0, limit).map((step, at): PageStep => {
    const agent = step.agent as 0 | 1;
    const typist = people[agent];
    const other = people[agent === 0 ? 1 : 0];
    typist.hearAsRecorded(other, step.heard);
    const written = typist.recorded.getText('text').toString();
    const meets = at === 0 || step.patches.some((patch) => changesLines(written, patch));
    typist.hearOnPage(other, meets ? other.updates.length : Math.max(step.heard, typist.mustHear));
    const before = typist.onPage.getText('text').toString();
    const patches = typist.type(step.patches);
    if (meets) other.mustHear = typist.updates.length;
    Y.applyUpdate(both, typist.updates.at(-1) as Uint8Array);
    return { agent, heard: typist.heardOnPage, before, patches };
  });
  return { steps, text: both.getText('text').toString() };
}

/** Does it begin a line, or join two? */
function changesLines(text: string, [position, deleted, inserted]: Patch): boolean {
  return inserted.includes('\n') || text.slice(position, position + deleted).includes('\n');
}

class Typist {
  /** As it was when this step was recorded. */
  readonly recorded = new Y.Doc();
  /** As the page shows it, which may have heard more. */
  readonly onPage = new Y.Doc();
  /** For each step. */
  readonly updates: Uint8Array[] = [];
  /** Steps of the other one without which this one may not go on. */
  mustHear = 0;
  heardOnPage = 0;
  #heardAsRecorded = 0;

  constructor(agent: number) {
    this.recorded.clientID = agent + 1;
  }

  hearAsRecorded(other: Typist, count: number): void {
    for (; this.#heardAsRecorded < count; this.#heardAsRecorded++) {
      Y.applyUpdate(this.recorded, other.updates[this.#heardAsRecorded] as Uint8Array);
    }
  }

  hearOnPage(other: Typist, count: number): void {
    for (; this.heardOnPage < count; this.heardOnPage++) {
      Y.applyUpdate(this.onPage, other.updates[this.heardOnPage] as Uint8Array);
    }
  }

  /** @returns the same change where it stands on the page */
  type(patches: readonly Patch[]): readonly Patch[] {
    const state = Y.encodeStateVector(this.recorded);
    typeStep(this.recorded.getText('text'), patches);
    const update = Y.encodeStateAsUpdate(this.recorded, state);
    this.updates.push(update);
    const onPage: Patch[] = [];
    const text = this.onPage.getText('text');
    const note = (event: Y.YTextEvent) => {
      let at = 0;
      for (const { retain = 0, delete: deleted = 0, insert = '' } of event.delta) {
        at += retain;
        if (deleted > 0 || insert !== '') onPage.push([at, deleted, insert as string]);
        at += (insert as string).length;
      }
    };
    text.observe(note);
    Y.applyUpdate(this.onPage, update);
    text.unobserve(note);
    return onPage;
  }
}
