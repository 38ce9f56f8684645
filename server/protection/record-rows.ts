import { setImmediate } from 'node:timers/promises';
import type { AuditEntry } from '../../shared/api/audit.ts';
import { studyChain, studyOfChain } from '../../shared/audit/audit-record.ts';
import { type AuditNames, auditSentence } from '../../shared/audit/audit-sentence.ts';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import { namesOf } from '../audit/audit-names.ts';
import { asEntry } from '../audit/audit-reading.ts';
import { ownLinks } from './account-rows.ts';
import { instant, type PersonReach } from './person-reach.ts';
import { teamStudies } from './section-places.ts';

/** Entries of the record that name somebody; nobody else is named in them. */

/** Entries read at once: what waits in memory, and how long others wait for the database. */
const AT_ONCE = 200;

/** What they did, chain by chain, oldest first. */
export async function* didRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'did'>> {
  const tell = await telling(reach);
  const study = studyNames(reach);
  for (const chain of await chainsOf(reach)) {
    const mine = (from: number) =>
      entries(reach, chain, from).where('person_id', '=', reach.personId).limit(AT_ONCE).execute();
    for await (const page of pages(mine)) {
      for (const { entry, said, caseId } of await tell(chain, page, 'somebody else')) {
        yield {
          ...(await study(chain)),
          number: entry.seq,
          at: instant(entry.at),
          kind: entry.kind,
          said,
          way: entry.way,
          network: entry.from,
          tokenId: entry.tokenId,
          caseId,
          about: entry.object ? `${entry.object.kind}/${entry.object.id}` : null,
        };
      }
    }
  }
}

/** What others did to them, to their tokens, or with their invitations. */
export async function* saidOfThemRows(reach: PersonReach): AsyncGenerator<PersonFileRow<'saidOfThem'>> {
  const tell = await telling(reach);
  const study = studyNames(reach);
  const ids = await idsOf(reach);
  for (const chain of await chainsOf(reach)) {
    for (const id of ids) {
      const ofIt = (from: number) =>
        entries(reach, chain, from)
          .where('object_id', '=', id)
          .where((eb) => eb.or([eb('person_id', 'is', null), eb('person_id', '!=', reach.personId)]))
          .limit(AT_ONCE)
          .execute();
      for await (const page of pages(ofIt)) {
        for (const { entry, said, caseId } of await tell(chain, page, 'Somebody else')) {
          yield {
            ...(await study(chain)),
            number: entry.seq,
            at: instant(entry.at),
            kind: entry.kind,
            said,
            caseId,
            about: `${entry.object?.kind}/${id}`,
          };
        }
      }
    }
  }
}

async function chainsOf({ records, studyId }: PersonReach): Promise<readonly string[]> {
  if (studyId !== null) return [studyChain(studyId)];
  const rows = await records.selectFrom('audit_heads').select('chain').orderBy('chain').execute();
  return rows.map((row) => row.chain);
}

/** @returns what stands for them as what an entry is about */
async function idsOf(reach: PersonReach): Promise<readonly string[]> {
  const links = (await ownLinks(reach)).filter(({ kind }) => kind === 'member' || kind === 'contact');
  const tokens = await reach.records
    .selectFrom('api_tokens')
    .select('id')
    .where('user_id', '=', reach.personId)
    .execute();
  return [reach.personId, ...links.map(({ id }) => id), ...tokens.map(({ id }) => id)];
}

function entries({ records }: PersonReach, chain: string, from: number) {
  return records
    .selectFrom('audit')
    .selectAll()
    .where('chain', '=', chain)
    .where('seq', '>', from)
    .orderBy('seq');
}

async function* pages(
  read: (from: number) => Promise<Parameters<typeof asEntry>[0][]>,
): AsyncGenerator<readonly AuditEntry[]> {
  let from = 0;
  for (;;) {
    const page = (await read(from)).map(asEntry);
    await setImmediate();
    if (page.length > 0) yield page;
    if (page.length < AT_ONCE) return;
    from = page.at(-1)?.seq ?? from;
  }
}

interface Told {
  readonly entry: AuditEntry;
  readonly said: string;
  readonly caseId: string | null;
}

/** @returns says entries in sentences that name nobody else, nor a case whose title is not for this reader */
async function telling(reach: PersonReach) {
  const team = await teamStudies(reach);
  const own = new Set(await idsOf(reach));
  return async (chain: string, page: readonly AuditEntry[], otherwise: string): Promise<Told[]> => {
    const all = await namesOf(reach.records, page, null);
    const knowsCases = team.has(studyOfChain(chain) ?? '');
    const names: AuditNames = Object.fromEntries(
      Object.entries(all).flatMap(([key, name]): [string, string][] => {
        const [kind = '', id = ''] = key.split('/');
        if (kind === 'person' || kind === 'invitation') return [[key, own.has(id) ? name : otherwise]];
        if (kind === 'token') return own.has(id) ? [[key, name]] : [];
        return kind === 'case' && !knowsCases ? [] : [[key, name]];
      }),
    );
    // Whoever asked from outside for what is closed to them does not learn here which section it was.
    const outside = knowsCases ? names : withoutSections(names);
    return page.map((entry) => {
      const said = auditSentence(entry, entry.kind === 'refused' ? outside : names);
      return { entry, said, caseId: entry.caseId };
    });
  };
}

function withoutSections(names: AuditNames): AuditNames {
  return Object.fromEntries(Object.entries(names).filter(([key]) => !key.startsWith('block/')));
}

/** @returns names the study of a chain; each is looked up once */
function studyNames({ records }: PersonReach) {
  const known = new Map<string, string | null>();
  return async (chain: string) => {
    const studyId = studyOfChain(chain);
    if (studyId !== null && !known.has(studyId)) {
      const row = await records
        .selectFrom('studies')
        .select('title')
        .where('id', '=', studyId)
        .executeTakeFirst();
      known.set(studyId, row?.title ?? null);
    }
    return { studyId, study: studyId === null ? null : (known.get(studyId) ?? null) };
  };
}
