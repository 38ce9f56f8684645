import { withoutTelephone } from '../../shared/quotes/ask-letter.ts';
import { telephoneOf } from '../accounts/telephones.ts';
import type { Records } from '../ports/record-store.ts';

/** Whose name goes, in which study (null: in every one), and what stands in its place. */
export interface FormerSender {
  readonly studyId: string | null;
  readonly personId: string;
  readonly called: string;
}

/**
 * Of letters that somebody wrote, and of those in the outbox that say that they invite, what stood
 * there stays, but not from whom (PRIVACY-4, PRIVACY-5).
 */
export async function forgetSender(records: Records, sender: FormerSender): Promise<void> {
  const { studyId, personId, called } = sender;
  const telephone = await telephoneOf(records, personId);
  await renameInOutbox(records, sender, telephone);
  let letters = records
    .selectFrom('letters')
    .select(['id', 'subject', 'text', 'from_name'])
    .where('made_by', '=', personId);
  if (studyId !== null) letters = letters.where('study_id', '=', studyId);
  for (const { id, subject, text, from_name: name } of await letters.execute()) {
    const body = withoutTelephone(text, telephone);
    const words = { subject: replaced(subject, name, called), text: replaced(body, name, called) };
    await records
      .updateTable('letters')
      .set({ from_name: called, reply_to: '', ...words })
      .where('id', '=', id)
      .execute();
  }
}

/** Letters to schools lie there under ids of their own, invitations of members under that of the link. */
async function renameInOutbox(
  records: Records,
  { studyId, personId, called }: FormerSender,
  telephone: string,
): Promise<void> {
  let listed = records
    .selectFrom('outbox')
    .leftJoin('letters', 'letters.id', 'outbox.id')
    .leftJoin('links', 'links.id', 'outbox.id')
    .select(['outbox.id', 'outbox.subject', 'outbox.text', 'letters.from_name'])
    .where((eb) => eb.or([eb('letters.made_by', '=', personId), eb('links.created_by', '=', personId)]));
  if (studyId !== null) listed = listed.where('outbox.study_id', '=', studyId);
  for (const { id, subject, text, from_name: name } of await listed.execute()) {
    const words =
      name === null
        ? { text: withoutInviter(text, called) }
        : {
            subject: replaced(subject, name, called),
            text: replaced(withoutTelephone(text, telephone), name, called),
          };
    await records.updateTable('outbox').set(words).where('id', '=', id).execute();
  }
}

function replaced(words: string, name: string, called: string): string {
  return name === '' ? words : words.replaceAll(name, () => called);
}

/** @returns the text of an invitation, by whoever it was, as `mailInvitation` writes it */
function withoutInviter(text: string, called: string): string {
  return text.replace(/^.*?(?= (?:invites you to take part|asks for your help) )/m, () => called);
}
