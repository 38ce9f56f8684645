import type { CaseDetail } from '../../shared/api/cases.ts';
import type { SeenCase } from '../../shared/api/seen-case.ts';
import { changedSections } from '../../shared/permissions/seen-case.ts';
import type { CaseSection } from './case-sections.ts';
import { factsFromServer, type Standing, standingOf } from './progress.ts';

/** What whoever closes a case is shown of it. */
export interface ClosingList {
  readonly total: number;
  readonly agreed: number;
  /** Those that nobody agreed as they read now; and whatever changed while one looked. */
  readonly rows: readonly ClosingRow[];
}

export interface ClosingRow {
  readonly section: CaseSection;
  readonly kind: Standing['kind'];
  readonly words: number;
  /** It stands otherwise than when one began to look. */
  readonly changed: boolean;
}

/**
 * @param sections as they are now
 * @param since what stood there when one began to look; null: one begins now
 */
export function closingList(sections: readonly CaseSection[], since: CaseDetail | null): ClosingList {
  const changed = new Set(
    since
      ? changedSections(
          since.blocks,
          sections.map(({ state }) => state),
        )
      : [],
  );
  const all = sections.map((section): ClosingRow => {
    const { state, blockId } = section;
    const facts = factsFromServer(state);
    const { kind } = standingOf(state, facts);
    return { section, kind, words: facts.words, changed: changed.has(blockId) };
  });
  const isDone = ({ kind }: ClosingRow) => kind === 'agreed' || kind === 'not-applicable';
  return {
    total: all.length,
    agreed: all.filter(isDone).length,
    rows: all.filter((row) => row.changed || !isDone(row)),
  };
}

/** @returns such as `20 of 22 sections are agreed. These are not:`, and of how many nobody can say so now */
export function sumWords({ total, agreed }: ClosingList, { blocks }: Pick<CaseDetail, 'blocks'>): string {
  const unread = blocks.filter(({ reason }) => reason === 'damaged').length;
  const all =
    unread > 0 ? `All ${total} sections that can be read are agreed.` : `All ${total} sections are agreed.`;
  const sum = agreed === total ? all : `${agreed} of ${total} sections are agreed. These are not:`;
  if (unread === 0) return sum;
  const others =
    unread === 1
      ? 'One section cannot be read at the moment, and would be closed unseen.'
      : `${unread} sections cannot be read at the moment, and would be closed unseen.`;
  return `${others} ${sum}`;
}

/**
 * What goes with the word to close it: it is closed only over what was shown. Of a section in work
 * that changed while one looked, and was marked so, whatever stands there by then will do: otherwise
 * nobody could close a case while somebody else types.
 */
export function seenOf(detail: CaseDetail, list: ClosingList): SeenCase {
  const moving = new Set(
    list.rows.flatMap((row) => (row.changed && row.kind === 'drafting' ? [row.section.blockId] : [])),
  );
  return {
    stage: detail.stage,
    sections: detail.blocks.map(({ blockId, status, agreementStale, notApplicable, seq }) => ({
      blockId,
      status,
      agreementStale,
      notApplicable,
      ...(!moving.has(blockId) && { seq }),
    })),
  };
}
