import type { CaseDetail, LostWords } from '../../shared/api/cases.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { type CaseSection, caseSections } from '../case-study/case-sections.ts';

/** One thing that somebody can do next. */
export interface WaitingItem {
  readonly key: string;
  readonly caseId: string;
  /** Names the section in the address of the case. */
  readonly slug: string;
  readonly title: string;
  readonly text: string;
  readonly dueOn: string | null;
  /** Most pressing first. */
  readonly rank: number;
}

/**
 * What waits for one person, from the records of the study's cases: their own
 * words that lost their place, sections ready for those who may agree them,
 * agreements gone stale, sections assigned to them.
 */
export function waitingFor(
  personId: string,
  study: Pick<StudyDetail, 'acts'>,
  framework: Framework,
  cases: readonly CaseDetail[],
  lost: readonly LostWords[],
): readonly WaitingItem[] {
  const items = cases.flatMap((one) =>
    caseSections(framework, one).flatMap((section) => itemsOf(personId, study, one, section, lost)),
  );
  return items.sort((a, b) => a.rank - b.rank || (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9') || 0);
}

function itemsOf(
  personId: string,
  study: Pick<StudyDetail, 'acts'>,
  one: CaseDetail,
  section: CaseSection,
  lost: readonly LostWords[],
): WaitingItem[] {
  const { state } = section;
  const item = (kind: string, rank: number, title: string, text: string): WaitingItem => ({
    key: `${kind}:${section.blockId}`,
    caseId: one.id,
    slug: section.slug,
    title,
    text,
    dueOn: state.dueOn,
    rank,
  });
  const mine = lost.filter((words) => words.blockId === section.blockId && words.authorId === personId);
  const items = mine
    .slice(0, 1)
    .map((words) =>
      item('lost', 0, `Words of yours lost their place in ${section.short}`, `“${excerpt(words.words)}”`),
    );
  const open = state.notApplicable === null;
  if (open && state.status === 'ready' && study.acts.includes('agree-section')) {
    items.push(item('ready', 1, `${section.full} is ready for review`, one.title));
  }
  if (open && state.agreementStale && state.agreedBy === personId) {
    items.push(item('stale', 2, `${section.full} changed since you agreed it`, one.title));
  }
  if (open && state.assigneeId === personId && (state.status === 'empty' || state.status === 'drafting')) {
    items.push(item('assigned', 3, section.full, one.title));
  }
  return items;
}

function excerpt(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57).trimEnd()}…` : line;
}
