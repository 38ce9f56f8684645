import type { AuditEntry } from '../../shared/api/contract.ts';
import type { AuditObjectKind } from '../../shared/audit/audit-record.ts';
import type { Records } from '../ports/record-store.ts';

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
      .select(['id', 'name', 'email'])
      .where('id', 'in', ids)
      .execute();
    return rows.map((row) => ({ id: row.id, name: row.name || row.email }));
  },
  token: (records, ids) =>
    records.selectFrom('api_tokens').select(['id', 'name']).where('id', 'in', ids).execute(),
  passkey: (records, ids) =>
    records.selectFrom('passkeys').select(['id', 'name']).where('id', 'in', ids).execute(),
};

/** @returns names of what the records are about, as they are now, by `<kind>/<id>` */
export async function namesOf(
  records: Records,
  entries: readonly AuditEntry[],
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
  return names;
}
