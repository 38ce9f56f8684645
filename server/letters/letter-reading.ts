import type { Letter, WholeLetter } from '../../shared/api/letters.ts';
import { LETTER_KINDS, LETTER_STATES } from '../../shared/letters/letter-state.ts';
import { senderName } from '../../shared/letters/letter-text.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';

type LetterRow = Tables['letters'];

/** Letters listed at once, the newest. */
const LISTED = 500;

const WAITS = ['call-back', 'week', 'school-hours', 'mail-server'] as const;

/** @throws Error for what this program never writes */
function oneOf<T extends string>(known: readonly T[], value: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Error(`unknown in a letter: ${value}`);
  return found;
}

export function asLetter(row: LetterRow): Letter {
  return {
    id: row.id,
    kind: oneOf(LETTER_KINDS, row.kind),
    caseId: row.case_id,
    schoolId: row.school_id,
    invitationId: row.person_id === null ? row.link_id : null,
    personId: row.person_id,
    toName: row.to_name,
    toAddress: row.to_address,
    subject: row.subject,
    state: oneOf(LETTER_STATES, row.state),
    madeBy: row.made_by,
    madeAt: row.made_at,
    dueAt: row.due_at,
    waitsFor: oneOf(WAITS, row.waits_for),
    tries: row.tries,
    sentAt: row.sent_at,
    days: row.days,
  };
}

export function asWholeLetter(row: LetterRow): WholeLetter {
  return {
    ...asLetter(row),
    text: row.text,
    from: senderName(row.from_name, 'Casebook'),
    replyTo: row.reply_to,
  };
}

/** @returns the letters of a study, newest first */
export async function lettersOf(records: Records, studyId: string): Promise<Letter[]> {
  const rows = await records
    .selectFrom('letters')
    .selectAll()
    .where('study_id', '=', studyId)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(LISTED)
    .execute();
  return rows.map(asLetter);
}

/** @returns by the id of an invitation, the letters that carry its link, newest first */
export async function lettersByInvitation(
  records: Records,
  studyId: string,
  invitationId?: string,
): Promise<ReadonlyMap<string, readonly Letter[]>> {
  let query = records
    .selectFrom('letters')
    .selectAll()
    .where('study_id', '=', studyId)
    .where('person_id', 'is', null)
    .orderBy('made_at', 'desc')
    .orderBy('id');
  if (invitationId !== undefined) query = query.where('link_id', '=', invitationId);
  const byLink = new Map<string, Letter[]>();
  for (const row of await query.execute()) {
    byLink.set(row.link_id, [...(byLink.get(row.link_id) ?? []), asLetter(row)]);
  }
  return byLink;
}
