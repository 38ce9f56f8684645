import { describe, expect, it } from 'vitest';
import {
  ACCESS_LEVELS,
  type Asker,
  type BlockInQuestion,
  decideBlockAccess,
  includesAccess,
  STAGES,
} from '../../shared/permissions/access.ts';
import { ROLES, type Role } from '../../shared/permissions/roles.ts';
import { mayInStudy, STUDY_ACTS } from '../../shared/permissions/study-acts.ts';

const FACTS: BlockInQuestion = {
  caseId: 'case',
  schoolId: 'school',
  audience: 'shareable',
  perSchool: true,
  teamFields: false,
  stage: 'drafting',
  deleted: false,
};

function asker(role: Role | null, more: Partial<Asker> = {}): Asker {
  return { role, contactOf: [{ caseId: 'case', schoolId: 'school' }], ...more };
}

describe('what a person may do with a block', () => {
  it('[ACCESS-1] gives somebody outside the study nothing, whatever the block', () => {
    for (const stage of STAGES) {
      expect(decideBlockAccess(asker(null), { ...FACTS, stage }, null).access).toBe('none');
    }
  });

  it('[ACCESS-1] lets the team write and a viewer read', () => {
    for (const role of ['owner', 'editor', 'fieldworker'] as const) {
      expect(decideBlockAccess(asker(role), FACTS, null)).toEqual({ access: 'write' });
    }
    expect(decideBlockAccess(asker('viewer'), FACTS, null)).toEqual({ access: 'read', reason: 'role' });
  });

  it('[ACCESS-5] lets a contact fill in the facts of their own school and nothing else', () => {
    const contact = asker('contact');
    expect(decideBlockAccess(contact, FACTS, null).access).toBe('write');
    for (const other of [
      { schoolId: 'other' },
      { schoolId: null, perSchool: false },
      { caseId: 'other' },
      { audience: 'team' as const },
      { audience: 'print' as const },
      { deleted: true },
    ]) {
      expect(decideBlockAccess(contact, { ...FACTS, ...other }, null).access).toBe('none');
    }
  });

  it('[ACCESS-1] says why wherever it gives less than writing', () => {
    for (const role of [...ROLES, null]) {
      for (const stage of STAGES) {
        for (const deleted of [true, false]) {
          for (const audience of ['print', 'shareable', 'team'] as const) {
            const decision = decideBlockAccess(asker(role), { ...FACTS, stage, deleted, audience }, null);
            expect(decision.reason === undefined).toBe(decision.access === 'write');
          }
        }
      }
    }
  });

  it('[ACCESS-1] lets nobody write once a case is approved, or lies in the bin', () => {
    for (const role of ROLES) {
      for (const stage of ['approved', 'published', 'withdrawn', 'declined'] as const) {
        expect(
          includesAccess(decideBlockAccess(asker(role), { ...FACTS, stage }, null).access, 'comment'),
        ).toBe(false);
      }
      const binned = decideBlockAccess(asker(role), { ...FACTS, deleted: true }, null);
      expect(includesAccess(binned.access, 'comment')).toBe(false);
    }
  });

  it('orders the levels so that each includes those before it', () => {
    ACCESS_LEVELS.forEach((held, h) => {
      ACCESS_LEVELS.forEach((needed, n) => {
        expect(includesAccess(held, needed)).toBe(h >= n);
      });
    });
  });
});

describe('what a person may do in a study', () => {
  it('[ACCESS-1] gives the lead everything, and a stranger and a contact nothing', () => {
    for (const act of STUDY_ACTS) {
      expect(mayInStudy('owner', act)).toBe(true);
      expect(mayInStudy(null, act)).toBe(false);
      expect(mayInStudy('contact', act)).toBe(false);
    }
  });

  it('[ACCESS-1] keeps people, the bin and agreement from those whose role is not for it', () => {
    expect(mayInStudy('editor', 'manage-people')).toBe(false);
    expect(mayInStudy('fieldworker', 'agree-section')).toBe(false);
    expect(mayInStudy('viewer', 'set-section-status')).toBe(false);
    expect(mayInStudy('fieldworker', 'set-section-status')).toBe(true);
    expect(mayInStudy('editor', 'agree-section')).toBe(true);
  });
});
