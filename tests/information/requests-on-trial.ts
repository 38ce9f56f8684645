import type { Records } from '../../server/ports/record-store.ts';
import type { Tables } from '../../server/ports/tables.ts';

/** Puts a request into the records as it would stand there; to nobody unless it is said to whom. */
export async function informationRequest(
  records: Records,
  request: { readonly id: string; readonly caseId: string; readonly schoolId: string },
  said: Partial<Tables['information_requests']> = {},
): Promise<void> {
  await records
    .insertInto('information_requests')
    .values({
      id: request.id,
      case_id: request.caseId,
      school_id: request.schoolId,
      person_id: 'nobody',
      link_id: null,
      sections: '["4-facts"]',
      due_on: '2026-05-01',
      visit_on: null,
      note: '',
      made_by: 'nobody',
      made_at: 1,
      finished_at: null,
      could_not: '',
      reminded_at: null,
      reminder_id: null,
      reminders: 0,
      closed_at: null,
      closed_by: null,
      withdrawn_at: null,
      withdrawn_by: null,
      ...said,
    })
    .execute();
}
