import { drawnText } from '../../shared/document/drawn-text.ts';
import { toHtml } from '../../shared/document/html.ts';
import type { QuoteUse } from '../../shared/document/quote-key.ts';
import { NOT_CONFIRMED, NOT_FOR_PRINT, withheld } from '../../shared/document/quote-runs.ts';
import type { ProseMirrorJson } from '../../shared/document/reading.ts';
import { readUses, type UseInText } from '../../shared/document/wording.ts';
import { publicationBlocks } from '../../shared/quotes/publication.ts';
import { standingOf } from '../../shared/quotes/standing.ts';
import { loadNames } from '../case-study/names-in-text.ts';
import { readContentsOf } from '../collaboration/block-reading.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { loadQuotes } from './quote-store.ts';
import { presentOf } from './quote-views.ts';
import { loadSpeakers } from './speakers.ts';

/** What is known of the quotes of a case, to decide place by place who reads them. */
export interface ConfirmedUses {
  /** Whether all who speak in it confirmed it as it stands there (QUOTE-2). */
  isConfirmed(use: UseInText): boolean;
  /** Whether it may be printed then, in milliseconds since 1970 (QUOTE-3). */
  mayBePrinted(use: UseInText, at: number): boolean;
  /** Whether it is, or is among, the words of this person. */
  isOf(use: QuoteUse, personId: string): boolean;
}

export async function loadConfirmed(records: Records, caseId: string): Promise<ConfirmedUses> {
  const quotes = new Map((await loadQuotes(records, { caseId })).map((quote) => [quote.row.id, quote]));
  const [first] = quotes.values();
  const speakers = first ? await loadSpeakers(records, first.row.study_id) : null;
  return {
    isConfirmed: (use) => {
      const record = quotes.get(use.quote)?.record;
      if (!record || !speakers || record.speakers.length === 0) return false;
      const present = presentOf([], speakers);
      return record.speakers.every((id) => standingOf(record, use, id, present) === 'verified');
    },
    mayBePrinted: (use, at) => {
      const record = quotes.get(use.quote)?.record;
      if (!record || !speakers) return false;
      const present = { ...presentOf([], speakers), uses: [use] };
      const print = { channel: 'print', at, age: speakers.facts.age } as const;
      return publicationBlocks(record, present, print).length === 0;
    },
    isOf: ({ quote }, personId) => {
      const theirs = quotes.get(quote)?.record.speakers ?? [];
      return (speakers?.rows ?? []).some((row) => row.person_id === personId && theirs.includes(row.id));
    },
  };
}

/** @returns which uses of a text are confirmed as they stand there */
export function confirmedIn(json: ProseMirrorJson, confirmed: ConfirmedUses): (use: QuoteUse) => boolean {
  const known = new Set(
    readUses(json, { heldBack: 'all' }).flatMap((use) =>
      confirmed.isConfirmed(use) ? [`${use.quote} ${use.use}`] : [],
    ),
  );
  return ({ quote, use }) => known.has(`${quote} ${use}`);
}

/** @returns what a draft notes behind a use that cannot be printed as it stands there; null for one that can */
export function printNotes(
  json: ProseMirrorJson,
  confirmed: ConfirmedUses,
  at: number,
): (use: QuoteUse) => string | null {
  const notes = new Map<string, string | null>();
  for (const use of readUses(json, { heldBack: 'all' })) {
    const note = confirmed.mayBePrinted(use, at) ? null : NOT_FOR_PRINT;
    notes.set(`${use.quote} ${use.use}`, confirmed.isConfirmed(use) ? note : NOT_CONFIRMED);
  }
  return ({ quote, use }) => {
    const note = notes.get(`${quote} ${use}`);
    return note === undefined ? NOT_CONFIRMED : note;
  };
}

/**
 * @param json the text of a block, without what is suggested
 * @returns it as somebody at a school reads it: others' quotes are held back until they are confirmed (ACCESS-5)
 */
export function copyFor(json: ProseMirrorJson, confirmed: ConfirmedUses, personId: string): ProseMirrorJson {
  const isConfirmed = confirmedIn(json, confirmed);
  return withheld(json, (use) => !confirmed.isOf(use, personId) && !isConfirmed(use));
}

/**
 * Of blocks with quotes, their text as a contact reads it: which words are quotes is not told, and
 * others' are held back until they are confirmed (ACCESS-5); with the anchors that they are told.
 * @param blocks that they may read, with the quotes that stand in the text which they would read
 * @returns safe HTML by block; nothing for those without a quote
 */
export async function copiesFor(
  parts: Pick<Parts, 'records' | 'blocks' | 'folder'>,
  personId: string,
  blocks: readonly {
    readonly blockId: string;
    readonly caseId: string;
    readonly uses: readonly UseInText[];
    readonly anchors: ReadonlySet<string>;
  }[],
): Promise<ReadonlyMap<string, string>> {
  const records = parts.records.read;
  const cases = new Map<string, ConfirmedUses>();
  const texts = new Map<string, string>();
  for (const { blockId, caseId, uses: here, anchors } of blocks) {
    if (here.length === 0 && anchors.size === 0) continue;
    const confirmed = cases.get(caseId) ?? (await loadConfirmed(records, caseId));
    cases.set(caseId, confirmed);
    const block = await readContentsOf(parts, blockId);
    if (!block) continue;
    const json = drawnText(block.text, (await loadNames(records, caseId)).draw);
    texts.set(blockId, toHtml(copyFor(json, confirmed, personId), { anchors }));
  }
  return texts;
}
