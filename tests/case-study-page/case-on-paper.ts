import { type CaseSection, caseSections } from '../../client/case-study/case-sections.ts';
import type { BlockState, CaseDetail } from '../../shared/api/cases.ts';
import type { School } from '../../shared/api/schools.ts';
import { blockSlots, type Framework } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';

export const framework: Framework = mentoringAndCoaching;

export function schools(count: number): School[] {
  const names = ['Larkfield Primary', 'Harrow Lane', 'Bexmoor High', 'Thornley Academy'];
  return Array.from({ length: count }, (_, index) => ({
    id: `school-${index + 1}`,
    name: names[index] ?? `School ${index + 1}`,
    place: '',
    deletedAt: null,
  }));
}

export function blockState(sectionId: string, change: Partial<BlockState> = {}): BlockState {
  return {
    blockId: `${sectionId}:${change.schoolId ?? ''}`,
    sectionId,
    schoolId: null,
    access: 'write',
    reason: null,
    status: 'empty',
    agreementStale: false,
    agreedBy: null,
    agreedAt: null,
    setBack: null,
    notApplicable: null,
    assigneeId: null,
    dueOn: null,
    words: 0,
    filled: 0,
    fields: 0,
    prompts: {},
    changedAt: null,
    seq: 0,
    schoolAccess: 'none',
    ...change,
  };
}

/** @param changes of blocks, by section id */
export function caseDetail(
  options: { schools?: number; changes?: Readonly<Record<string, Partial<BlockState>>> } = {},
): CaseDetail {
  const list = schools(options.schools ?? 1);
  const schoolIds = list.map(({ id }) => id);
  const blocks = blockSlots(framework, { schoolIds, authority: false }).map(({ sectionId, schoolId }) =>
    blockState(sectionId, { schoolId, ...options.changes?.[sectionId] }),
  );
  return {
    id: 'case',
    studyId: 'study',
    title: 'Two teachers, one lesson at a time',
    subtitle: '',
    stage: 'drafting',
    authority: false,
    schoolIds,
    done: 0,
    started: 0,
    total: blocks.length,
    words: 0,
    toAsk: 0,
    lostWords: 0,
    assigneeIds: [],
    changedAt: 0,
    study: { id: 'study', title: 'Coaching in practice', frameworkId: framework.id, frameworkVersion: 1 },
    myRole: 'editor',
    acts: ['set-section-status', 'agree-section', 'move-stage'],
    schools: list,
    names: [],
    people: [],
    blocks,
    deletedAt: null,
    closedBlockIds: [],
    asked: [],
    stageSet: null,
  };
}

export function sectionsOf(
  changes: Readonly<Record<string, Partial<BlockState>>> = {},
): readonly CaseSection[] {
  return caseSections(framework, caseDetail({ changes }));
}

export function sectionOf(sectionId: string, change: Partial<BlockState> = {}): CaseSection {
  const found = sectionsOf({ [sectionId]: change }).find(({ section }) => section.id === sectionId);
  if (!found) throw new Error(`the framework has no section ${sectionId}`);
  return found;
}
