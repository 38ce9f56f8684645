import type { AuditEntry } from '../../shared/api/audit.ts';
import { type AuditObjectKind, blocksOf } from '../../shared/audit/audit-record.ts';
import { type Framework, findSection } from '../../shared/framework/framework.ts';
import { findFramework } from '../frameworks/framework-registry.ts';
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
  passkey: (records, ids) =>
    records.selectFrom('passkeys').select(['id', 'name']).where('id', 'in', ids).execute(),
  speaker: (records, ids) =>
    records.selectFrom('speakers').select(['id', 'name']).where('id', 'in', ids).execute(),
  block: sectionsOf,
};

/** @returns what the framework calls the sections of these blocks */
async function sectionsOf(records: Records, ids: readonly string[]): Promise<readonly NameRow[]> {
  const rows = await records
    .selectFrom('blocks')
    .innerJoin('cases', 'cases.id', 'blocks.case_id')
    .innerJoin('studies', 'studies.id', 'cases.study_id')
    .select(['blocks.id', 'blocks.section_id', 'studies.framework_id', 'studies.framework_version'])
    .where('blocks.id', 'in', ids)
    .execute();
  const frameworks = new Map<string, Framework | null>();
  const names: NameRow[] = [];
  for (const { id, section_id, framework_id, framework_version } of rows) {
    const key = `${framework_id} ${framework_version}`;
    const known = frameworks.get(key);
    const framework =
      known === undefined ? await findFramework(records, framework_id, framework_version) : known;
    frameworks.set(key, framework);
    const section = framework && findSection(framework, section_id);
    if (section)
      names.push({ id, name: section.number ? `${section.number} ${section.title}` : section.title });
  }
  return names;
}

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
    for (const block of blocksOf(entry.detail)) want('block', block);
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
