import { describe, expect, it } from 'vitest';
import { closingList, seenOf, sumWords } from '../../client/case-study/closing-list.ts';
import type { BlockState } from '../../shared/api/cases.ts';
import { caseDetail, sectionsOf } from './case-on-paper.ts';

type Changes = Readonly<Record<string, Partial<BlockState>>>;

const AGREED = { status: 'agreed', words: 40 } as const;
const DRAFTED = { status: 'drafting', words: 300 } as const;
const everyAgreed: Changes = Object.fromEntries(
  sectionsOf().map(({ section }) => [section.id, { ...AGREED }]),
);

function listed(then: Changes, now: Changes) {
  const list = closingList(sectionsOf(now), caseDetail({ changes: then }));
  const rows = list.rows.map((row) => [row.section.number, row.kind, row.changed]);
  const seen = seenOf(caseDetail({ changes: now }), list).sections ?? [];
  return { list, rows, unbound: seen.filter(({ seq }) => seq === undefined).length };
}

describe('what is shown to whoever closes a case', () => {
  it('names nothing where all is agreed and stays so', () => {
    const { list, rows } = listed(everyAgreed, everyAgreed);
    expect(rows).toEqual([]);
    expect(list.agreed).toBe(list.total);
  });

  it('names what nobody agreed as it reads now', () => {
    const now = { ...everyAgreed, '2.4': DRAFTED, '2.2': { ...AGREED, agreementStale: true } };
    expect(listed(now, now).rows).toEqual([
      ['2.2', 'stale', false],
      ['2.4', 'drafting', false],
    ]);
  });

  it('[STAGE-1] says of what cannot be read that it would be closed unseen, and does not call it agreed', () => {
    const words = (changes: Changes) =>
      sumWords(closingList(sectionsOf(changes), null), caseDetail({ changes }));
    const { total } = closingList(sectionsOf(everyAgreed), null);
    expect(words(everyAgreed)).toBe(`All ${total} sections are agreed.`);
    const unread = { ...everyAgreed, '2.4': { ...DRAFTED, access: 'none', reason: 'damaged' } } as const;
    expect(words(unread)).toBe(
      `One section cannot be read at the moment, and would be closed unseen. All ${total - 1} sections that can be read are agreed.`,
    );
  });

  it('[STAGE-1] marks what changed while one looked: its text, what is said of it, or that it applies', () => {
    const then = { ...everyAgreed, '2.4': DRAFTED };
    const now = {
      ...everyAgreed,
      '2.4': { ...DRAFTED, seq: 1 },
      '2.2': { ...AGREED, notApplicable: 'not here' },
      '2.5': { ...AGREED, status: 'ready' },
    } as const;
    expect(listed(then, now).rows).toEqual([
      ['2.2', 'not-applicable', true],
      ['2.4', 'drafting', true],
      ['2.5', 'ready', true],
    ]);
  });

  it('[STAGE-1] is what the server holds it to, but for the text of a section in work that was marked as changed', () => {
    const then = { ...everyAgreed, '2.4': DRAFTED, '2.5': { ...DRAFTED, status: 'ready' } } as const;
    expect(listed(then, then).unbound).toBe(0);
    const now = { ...then, '2.4': { ...DRAFTED, seq: 7 }, '2.5': { ...then['2.5'], seq: 7 } } as const;
    expect(listed(then, now).unbound).toBe(1);
  });
});
