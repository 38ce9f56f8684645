import type { ErasureView } from '../../shared/api/account-erasure.ts';
import { Refusal } from '../http/refusal.ts';
import type { Records } from '../ports/record-store.ts';

/** @returns what it would mean, but for what only the asker's session knows */
export async function erasureOf(
  records: Records,
  personId: string,
): Promise<Omit<ErasureView, 'passkeyShown'>> {
  const alone = await ledAlone(records, personId);
  const others = await records
    .selectFrom('members')
    .innerJoin('studies', 'studies.id', 'members.study_id')
    .select(['studies.id', 'studies.title'])
    .where('members.user_id', '=', personId)
    .where('studies.deleted_at', 'is', null)
    .execute();
  const hosts = await records.selectFrom('people').select('user_id').where('is_host', '=', 1).execute();
  const ids = new Set(alone.map(({ id }) => id));
  return {
    ledAlone: titled(alone.filter(({ deleted_at }) => deleted_at === null)),
    binnedAlone: titled(alone.filter(({ deleted_at }) => deleted_at !== null)),
    studies: titled(others.filter(({ id }) => !ids.has(id))),
    ownsAlone: hosts.length === 1 && hosts[0]?.user_id === personId,
  };
}

async function ledAlone(records: Records, personId: string) {
  return records
    .selectFrom('members')
    .innerJoin('studies', 'studies.id', 'members.study_id')
    .select(['studies.id', 'studies.title', 'studies.deleted_at'])
    .where('members.user_id', '=', personId)
    .where('members.role', '=', 'owner')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('members as other')
            .select('other.user_id')
            .whereRef('other.study_id', '=', 'members.study_id')
            .where('other.role', '=', 'owner')
            .where('other.user_id', '!=', personId),
        ),
      ),
    )
    .execute();
}

/** @throws Refusal `conflict` while they are alone the lead of a study */
export async function refuseLeads(records: Records, personId: string): Promise<void> {
  const { ledAlone: leads } = await erasureOf(records, personId);
  if (leads.length === 0) return;
  const titles = leads.map(({ title }) => `“${title}”`).join(', ');
  throw new Refusal('conflict', `A study needs a lead. First make somebody else the lead of ${titles}.`);
}

function titled(studies: readonly { readonly id: string; readonly title: string }[]) {
  return studies
    .map(({ id, title }) => ({ id, title }))
    .sort((one, other) => one.title.localeCompare(other.title, 'en'));
}
