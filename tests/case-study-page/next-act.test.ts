import { describe, expect, it } from 'vitest';
import { nextAct, nextActWords, type Situation } from '../../client/case-study/next-act.ts';
import { factsFromServer } from '../../client/case-study/progress.ts';
import type { BlockState } from '../../shared/api/cases.ts';
import { mayInStudy, STUDY_ACTS } from '../../shared/permissions/study-acts.ts';
import { sectionsOf } from './case-on-paper.ts';

const actsOf = (role: 'owner' | 'editor' | 'fieldworker' | 'viewer') =>
  STUDY_ACTS.filter((act) => mayInStudy(role, act));

function offered(
  changes: Readonly<Record<string, Partial<BlockState>>>,
  options: { current?: string; role?: Parameters<typeof actsOf>[0]; stage?: Situation['stage'] } = {},
): string | null {
  const sections = sectionsOf(changes);
  const act = nextAct({
    sections,
    factsOf: ({ state }) => factsFromServer(state),
    current: sections.find(({ section }) => section.id === options.current) ?? null,
    acts: actsOf(options.role ?? 'editor'),
    stage: options.stage ?? 'drafting',
    myId: 'me',
  });
  return act && nextActWords(act);
}

const DRAFTED = { status: 'drafting', words: 300 } as const;

describe('the main button', () => {
  it('offers to mark the section in hand ready', () => {
    expect(offered({ '2.4': DRAFTED }, { current: '2.4' })).toBe('Mark 2.4 ready');
  });

  it('does not while something in it is still to ask', () => {
    expect(offered({ '2.4': { ...DRAFTED, prompts: { span: 'ask' } } }, { current: '2.4' })).toBeNull();
  });

  it('leaves it to the person who writes the section', () => {
    expect(offered({ '2.4': { ...DRAFTED, assigneeId: 'somebody' } }, { current: '2.4' })).toBeNull();
    expect(offered({ '2.4': { ...DRAFTED, assigneeId: 'me' } }, { current: '2.4' })).toBe('Mark 2.4 ready');
  });

  it('offers to agree what is ready, or changed since it was agreed, to those who may', () => {
    const ready = { '2.4': { ...DRAFTED, status: 'ready' } } as const;
    expect(offered(ready, { current: '2.4' })).toBe('Agree 2.4');
    expect(offered(ready, { current: '2.4', role: 'fieldworker' })).toBeNull();
    const stale = { '2.4': { ...DRAFTED, status: 'agreed', agreementStale: true } } as const;
    expect(offered(stale, { current: '2.4' })).toBe('Agree 2.4');
  });

  it('leads to what waits for this person elsewhere', () => {
    expect(offered({ '2.2': { ...DRAFTED, status: 'ready' } }, { current: '3' })).toBe('Review 2.2');
    expect(offered({ '2.5': { assigneeId: 'me' } }, { current: '3', role: 'fieldworker' })).toBe(
      'Go on with 2.5',
    );
  });

  it('moves a case on when every section is agreed or does not apply', () => {
    const all = Object.fromEntries(
      sectionsOf().map(({ section }) => [section.id, { status: 'agreed', words: 9 } as const]),
    );
    expect(offered(all)).toBe('Move on to the school');
    expect(offered({ ...all, '5': { notApplicable: 'so' } })).toBe('Move on to the school');
    expect(offered(all, { stage: 'editing' })).toBe('Move to approved');
    expect(offered(all, { role: 'fieldworker' })).toBeNull();
    expect(offered({ ...all, '5': DRAFTED })).toBeNull();
  });

  it('is absent for who only reads, and once the case is closed', () => {
    expect(offered({ '2.4': DRAFTED }, { current: '2.4', role: 'viewer' })).toBeNull();
    expect(offered({ '2.4': DRAFTED }, { current: '2.4', stage: 'published' })).toBeNull();
  });
});
