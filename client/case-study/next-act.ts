import { includesAccess, STAGE_NAMES, STAGES, type Stage } from '../../shared/permissions/access.ts';
import type { StudyAct } from '../../shared/permissions/study-acts.ts';
import type { CaseSection } from './case-sections.ts';
import { type SectionFacts, standingOf } from './progress.ts';

/** The next useful act of a page; its main button. */
export type NextAct =
  | { readonly kind: 'set-status'; readonly section: CaseSection; readonly to: 'ready' | 'agreed' }
  | { readonly kind: 'go'; readonly section: CaseSection; readonly why: 'review' | 'yours' }
  | { readonly kind: 'stage'; readonly to: Stage };

export interface Situation {
  readonly sections: readonly CaseSection[];
  readonly factsOf: (section: CaseSection) => SectionFacts;
  /** The section being read or written, if any. */
  readonly current: CaseSection | null;
  readonly acts: readonly StudyAct[];
  readonly stage: Stage;
  readonly myId: string;
}

/** From where a case whose sections are all agreed goes on. */
const AFTER: Partial<Readonly<Record<Stage, Stage>>> = {
  drafting: 'with-school',
  'with-school': 'editing',
  editing: 'approved',
};

/**
 * What helps most, now: to finish the section in hand, else to go to one that
 * waits for this person, else to move a finished case on. Null: nothing does.
 */
export function nextAct(situation: Situation): NextAct | null {
  const { sections, factsOf, current, acts, stage, myId } = situation;
  if (!acts.includes('set-section-status') || closed(stage)) return null;
  const standing = (section: CaseSection) => standingOf(section.state, factsOf(section)).kind;
  const mayAgree = acts.includes('agree-section');

  if (current && includesAccess(current.state.access, 'write')) {
    const now = standing(current);
    if (mayAgree && (now === 'ready' || now === 'stale')) {
      return { kind: 'set-status', section: current, to: 'agreed' };
    }
    if (now === 'drafting' && nothingLeftToAsk(factsOf(current)) && theirs(current, myId)) {
      return { kind: 'set-status', section: current, to: 'ready' };
    }
  }
  if (mayAgree) {
    const waiting = sections.find(
      (section) =>
        includesAccess(section.state.access, 'write') && ['ready', 'stale'].includes(standing(section)),
    );
    if (waiting) return { kind: 'go', section: waiting, why: 'review' };
  }
  const yours = sections.find(
    (section) =>
      section !== current &&
      section.state.assigneeId === myId &&
      ['empty', 'drafting'].includes(standing(section)),
  );
  if (yours) return { kind: 'go', section: yours, why: 'yours' };

  const finished = sections.every((section) => ['agreed', 'not-applicable'].includes(standing(section)));
  const to = AFTER[stage];
  if (finished && sections.length > 0 && to && acts.includes('move-stage')) return { kind: 'stage', to };
  return null;
}

function closed(stage: Stage): boolean {
  return STAGES.indexOf(stage) >= STAGES.indexOf('approved');
}

function nothingLeftToAsk(facts: SectionFacts): boolean {
  return !Object.values(facts.prompts).includes('ask');
}

/** Another person's section is theirs to call ready. */
function theirs(section: CaseSection, myId: string): boolean {
  return section.state.assigneeId === null || section.state.assigneeId === myId;
}

/** The button's words. */
export function nextActWords(act: NextAct): string {
  switch (act.kind) {
    case 'set-status':
      return act.to === 'ready' ? `Mark ${act.section.short} ready` : `Agree ${act.section.short}`;
    case 'go':
      return act.why === 'review' ? `Review ${act.section.short}` : `Go on with ${act.section.short}`;
    case 'stage':
      return act.to === 'with-school'
        ? 'Move on to the school'
        : `Move to ${STAGE_NAMES[act.to].toLowerCase()}`;
    default:
      return act satisfies never;
  }
}
