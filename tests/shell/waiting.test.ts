import { describe, expect, it } from 'vitest';
import { waitingFor } from '../../client/studies/waiting.ts';
import type { BlockState, CaseDetail, LostWords } from '../../shared/api/cases.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import type { StudyAct } from '../../shared/permissions/study-acts.ts';

function block(sectionId: string, change: Partial<BlockState> = {}): BlockState {
  return {
    blockId: `block-${sectionId}`,
    sectionId,
    schoolId: null,
    access: 'write',
    reason: null,
    status: 'drafting',
    agreementStale: false,
    agreedBy: null,
    agreedAt: null,
    setBack: null,
    notApplicable: null,
    assigneeId: null,
    dueOn: null,
    words: 10,
    filled: 0,
    fields: 0,
    prompts: {},
    changedAt: null,
    seq: 0,
    schoolAccess: 'none',
    ...change,
  };
}

function caseOf(...blocks: BlockState[]): CaseDetail {
  return {
    id: 'c',
    studyId: 's',
    title: 'Two teachers',
    subtitle: '',
    stage: 'drafting',
    authority: false,
    schoolIds: [],
    done: 0,
    started: 0,
    total: blocks.length,
    words: 0,
    toAsk: 0,
    lostWords: 0,
    assigneeIds: [],
    changedAt: 1,
    study: { id: 's', title: 'Coaching', frameworkId: 'mentoring-and-coaching', frameworkVersion: 1 },
    myRole: 'editor',
    acts: [],
    schools: [],
    names: [],
    people: [],
    blocks,
    deletedAt: null,
    closedBlockIds: [],
    asked: [],
    stageSet: null,
  };
}

function titles(
  blocks: BlockState[],
  { acts = [], lost = [] }: { acts?: StudyAct[]; lost?: LostWords[] } = {},
): string[] {
  return waitingFor('ruth', { acts }, mentoringAndCoaching, [caseOf(...blocks)], lost).map(
    ({ title, slug }) => `${slug}: ${title}`,
  );
}

const lostIn = (sectionId: string, authorId: string): LostWords => ({
  id: `lost-${sectionId}-${authorId}`,
  blockId: `block-${sectionId}`,
  words: 'They asked for it.',
  before: '',
  after: '',
  authorId,
  causedById: null,
  cause: 'changed-kind',
  at: 1,
});

describe('what waits for somebody', () => {
  it('is what they are to write, the next due first, until it is ready', () => {
    const mine = { assigneeId: 'ruth' } as const;
    expect(
      titles([
        block('1', { ...mine }),
        block('2.4', { ...mine, dueOn: '2027-01-02' }),
        block('5', { ...mine, dueOn: '2026-12-01', status: 'empty' }),
        block('6', { ...mine, status: 'ready' }),
        block('7', { ...mine, notApplicable: 'nobody asked' }),
        block('8', { assigneeId: 'tom' }),
      ]),
    ).toEqual(['5: 5 Resources', '2.4: 2.4 Observing', '1: 1 Focus']);
  });

  it('is what is ready, for those who may agree it, and for nobody else', () => {
    const blocks = [block('2.4', { status: 'ready' })];
    expect(titles(blocks)).toEqual([]);
    expect(titles(blocks, { acts: ['agree-section'] })).toEqual(['2.4: 2.4 Observing is ready for review']);
  });

  it('is what changed since they agreed it', () => {
    const stale = { status: 'agreed', agreementStale: true } as const;
    expect(
      titles([block('1', { ...stale, agreedBy: 'ruth' }), block('5', { ...stale, agreedBy: 'tom' })]),
    ).toEqual(['1: 1 Focus changed since you agreed it']);
  });

  it('[SAVE-5] is above all words of their own that lost their place, once for each section', () => {
    const lost = [lostIn('2.4', 'ruth'), lostIn('2.4', 'ruth'), lostIn('5', 'tom')];
    const blocks = [block('2.4', { assigneeId: 'ruth' }), block('5')];
    expect(titles(blocks, { lost })).toEqual([
      '2.4: Words of yours lost their place in 2.4',
      '2.4: 2.4 Observing',
    ]);
  });
});
