/** Finding and replacing over all sections of a case; one section's share is the editor's own. */
import { includesAccess } from '../../shared/permissions/access.ts';
import {
  type FindQuery,
  findInBlock,
  type Match,
  replaceInBlock,
  suggestedInBlock,
} from '../editor/find-replace.ts';
import { LOCAL_EDIT } from '../sync/local-edit.ts';
import type { BlockView, Replica } from '../sync/replica.ts';
import { groupedNumber } from '../ui/grouped-number.ts';
import type { CaseSection } from './case-sections.ts';

export interface Found {
  readonly section: CaseSection;
  readonly replica: Replica;
  readonly match: Match;
  /** Whether this person may put other words there. */
  readonly editable: boolean;
}

export interface CaseFindings {
  readonly found: readonly Found[];
  /** Sections that were not searched, since their text is not here (yet). */
  readonly missing: readonly CaseSection[];
  /** Matches that are only suggested: they are left out until somebody accepts them. */
  readonly suggested: number;
}

/** Every match in the case, from its top; sections that do not apply are folded away, and left out. */
export function findInCase(
  sections: readonly CaseSection[],
  viewOf: (blockId: string) => BlockView,
  query: FindQuery,
): CaseFindings {
  const found: Found[] = [];
  const missing: CaseSection[] = [];
  let suggested = 0;
  for (const section of sections) {
    if (section.state.notApplicable !== null) continue;
    const view = viewOf(section.blockId);
    const { replica } = view;
    if (!replica) {
      missing.push(section);
      continue;
    }
    const access = view.live ? view.access : section.state.access;
    const editable = includesAccess(access, 'write') && view.refusal === null;
    for (const match of findInBlock(replica.doc, section.section, query)) {
      found.push({ section, replica, match, editable });
    }
    suggested += suggestedInBlock(replica.doc, query);
  }
  return { found, missing, suggested };
}

/**
 * @param at of the match in hand, among those of before
 * @returns where it is now: as many matches down its section as it was, for those of other sections come and go
 */
export function sameMatch(before: readonly Found[], at: number, now: readonly Found[]): number | null {
  if (now.length === 0) return null;
  const blockId = before[at]?.section.blockId;
  const nth = before.slice(0, at).filter(({ section }) => section.blockId === blockId).length;
  const here = now.flatMap(({ section }, index) => (section.blockId === blockId ? [index] : []));
  return here[nth] ?? here.at(-1) ?? Math.min(at, now.length - 1);
}

export interface CaseReplaced {
  readonly replaced: number;
  /** Changed by somebody since they were found. */
  readonly gone: number;
  readonly tooLong: number;
  /** In sections that this person may only read. */
  readonly notTheirs: number;
  /** In words that somebody was asked about or confirmed. */
  readonly held: number;
  /** How many sections were changed. */
  readonly sections: number;
  /** Takes it all back, as far as nothing was changed in a section since. @returns sections taken back */
  undo(): number;
}

/**
 * Replaces what was found, one edit for each section, each undone as one.
 * @param isHeld which are left as they are, since they are words of somebody
 */
export function replaceInCase(
  found: readonly Found[],
  replacement: string,
  isHeld: (found: Found) => boolean = () => false,
): CaseReplaced {
  const outcome = { replaced: 0, gone: 0, tooLong: 0, notTheirs: 0, held: 0, sections: 0 };
  const bySection = new Map<Replica, Match[]>();
  for (const one of found) {
    const { replica, match } = one;
    if (!one.editable) {
      outcome.notTheirs += 1;
      continue;
    }
    if (isHeld(one)) {
      outcome.held += 1;
      continue;
    }
    const matches = bySection.get(replica);
    if (matches) matches.push(match);
    else bySection.set(replica, [match]);
  }
  const edits: { replica: Replica; item: unknown }[] = [];
  for (const [replica, matches] of bySection) {
    replica.undo.stopCapturing();
    const { replaced, gone, tooLong } = replaceInBlock(replica.doc, matches, replacement, LOCAL_EDIT);
    replica.undo.stopCapturing();
    outcome.replaced += replaced;
    outcome.gone += gone;
    outcome.tooLong += tooLong;
    if (replaced === 0) continue;
    outcome.sections += 1;
    edits.push({ replica, item: replica.undo.undoStack.at(-1) });
  }
  return {
    ...outcome,
    undo() {
      let back = 0;
      for (const { replica, item } of edits) {
        // What was typed since stands on top, and is not to go with it.
        if (item === undefined || replica.undo.undoStack.at(-1) !== item) continue;
        replica.undo.undo();
        back += 1;
      }
      return back;
    },
  };
}

const plural = (count: number, one: string, many: string) =>
  `${groupedNumber(count)} ${count === 1 ? one : many}`;

/** `3 of 17`, with how many sections they stand in. @param at counted from 0, null: none is in hand */
export function findingsWords({ found, missing, suggested }: CaseFindings, at: number | null): string {
  const left = [
    suggested === 0 ? '' : `; ${groupedNumber(suggested)} in words that are only suggested`,
    missing.length === 0 ? '' : `; ${plural(missing.length, 'section is', 'sections are')} not here yet`,
  ].join('');
  if (found.length === 0) return `Nothing found${left}`;
  const sections = new Set(found.map(({ section }) => section.blockId)).size;
  const which = at === null ? plural(found.length, 'match', 'matches') : `${at + 1} of ${found.length}`;
  return `${which} in ${plural(sections, 'section', 'sections')}${left}`;
}

/** What came of replacing, and why some of it did not. */
export function replacedWords(outcome: Omit<CaseReplaced, 'undo'>): string {
  const { replaced, sections, gone, tooLong, notTheirs, held } = outcome;
  const done =
    replaced === 0
      ? 'Nothing was replaced.'
      : `Replaced ${replaced} in ${plural(sections, 'section', 'sections')}.`;
  const not = [
    gone > 0 ? `${gone} had changed meanwhile` : '',
    tooLong > 0 ? `${tooLong} would have become too long` : '',
    held > 0 ? `${held} in words that somebody was asked about` : '',
    notTheirs > 0 ? `${notTheirs} where you may only read` : '',
  ].filter((part) => part !== '');
  return not.length === 0 ? done : `${done} Left as they are: ${not.join(', ')}.`;
}
