import type { CaseDetail } from '../../shared/api/cases.ts';

/** @returns whether this person may ask schools of the case now */
export function mayAsk(detail: Pick<CaseDetail, 'acts' | 'deletedAt'>): boolean {
  return detail.acts.includes('change-sharing') && detail.deletedAt === null;
}
