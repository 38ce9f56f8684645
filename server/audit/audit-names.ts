import type { AuditEntry } from '../../shared/api/contract.ts';
import type { AuditObjectKind } from '../../shared/audit/audit-record.ts';
import type { Records } from '../ports/record-store.ts';
import { formerNames } from '../protection/former-people.ts';

/** Ids asked for in one statement, well below the number of values that one may have. */
const AT_ONCE = 500;

type Named = AuditObjectKind | 'case';
type Lookup = (records: Records, ids: readonly string[]) => Promise<readonly NameRow[]>;
interface NameRow {
  readonly id: string;
  readonly name: string;
}

/** What has a name; the rest is told by its kind. */
const LOOKUPS: Partial<Readonly<Record<Named, Lookup>>> = {
  person: (records, ids) =>
    records.selectFrom('user').select(['id', 'name']).where('id', 'in', ids).execute(),
  case: (records, ids) =>
    records.selectFrom('cases').select(['id', 'title as name']).where('id', 'in', ids).execute(),
  school: (records, ids) =>
    records.selectFrom('schools').select(['id', 'name']).where('id', 'in', ids).execute(),
  invitation: async (records, ids) => {
    const rows = await records
      .selectFrom('links')
      .leftJoin('user', 'user.id', 'links.user_id')
      .leftJoin('former_people', (join) =>
        join
          .onRef('former_people.study_id', '=', 'links.study_id')
          .onRef('former_people.person_id', '=', 'links.user_id'),
      )
      .select(['links.id', 'links.name', 'links.email', 'user.name as person', 'former_people.called'])
      .where('links.id', 'in', ids)
      .execute();
    // Of whoever has left, the invitation itself may not say any more whose it was.
    return rows.map((row) => ({
      id: row.id,
      name: row.called ?? (row.name || row.email || (row.person ?? 'somebody')),
    }));
  },
  token: (records, ids) =>
    records.selectFrom('api_tokens').select(['id', 'name']).where('id', 'in', ids).execute(),
};

/**
 * @param studyId whose record it is; null for the service's own
 * @returns names of what the records are about, as they are now, by `<kind>/<id>`; whoever
 *   has left the study is called as it calls them
 */
export async function namesOf(
  records: Records,
  entries: readonly AuditEntry[],
  studyId: string | null,
): Promise<Record<string, string>> {
  const wanted = new Map<Named, Set<string>>();
  const want = (kind: Named, id: string | null) => {
    if (id === null) return;
    const ids = wanted.get(kind) ?? new Set();
    wanted.set(kind, ids.add(id));
  };
  for (const entry of entries) {
    want('person', entry.personId);
    want('case', entry.caseId);
    want('token', entry.tokenId);
    if (entry.object) want(entry.object.kind, entry.object.id);
  }
  const names: Record<string, string> = {};
  for (const [kind, ids] of wanted) {
    const all = [...ids];
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const rows = (await LOOKUPS[kind]?.(records, all.slice(at, at + AT_ONCE))) ?? [];
      for (const row of rows) names[`${kind}/${row.id}`] = row.name;
    }
  }
  if (studyId === null) return names;
  for (const [id, called] of await formerNames(records, studyId)) {
    if (names[`person/${id}`] !== undefined) names[`person/${id}`] = called;
  }
  return names;
}
