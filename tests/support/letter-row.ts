import type { Tables } from '../../server/ports/tables.ts';

/** A letter as it is kept, where a test is not about how it came there: one that was called back. */
export function letterRow(
  row: Pick<Tables['letters'], 'id' | 'study_id' | 'case_id'> & Partial<Tables['letters']>,
): Tables['letters'] {
  return {
    school_id: 'none',
    kind: 'invitation',
    link_id: 'none',
    person_id: null,
    to_name: '',
    to_address: 'somebody@else.example',
    subject: 'A letter',
    text: '[link]',
    from_name: 'Somebody',
    reply_to: 'somebody@team.example',
    made_by: 'somebody',
    made_at: 1,
    due_at: 2,
    waits_for: 'call-back',
    any_hour: 0,
    answers: 0,
    days: 14,
    state: 'called-back',
    tries: 0,
    next_at: null,
    seed: null,
    sent_at: null,
    ended_at: 2,
    ...row,
  };
}
