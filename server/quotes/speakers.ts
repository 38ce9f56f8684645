import type { Transaction } from 'kysely';
import type { Speaker } from '../../shared/api/quotes.ts';
import type { SpeakerFacts } from '../../shared/quotes/acts.ts';
import { attributionOf, identifyingWords, tellsWhoItIs } from '../../shared/quotes/attribution.ts';
import type { Attribution, Naming } from '../../shared/quotes/naming.ts';
import { NO_OWN_NAMES, type OwnNames, ownNamesOf } from '../../shared/quotes/own-names.ts';
import { ADDRESS_KINDS, type AddressKind } from '../../shared/quotes/source.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadNamings } from './guardian-namings.ts';
import { ageOf, namingOf } from './speaker-parts.ts';

type SpeakerRow = Tables['speakers'];

/** The speakers of a study, with what decides how each is named (NAME-1). */
export interface Speakers {
  readonly rows: readonly SpeakerRow[];
  /** How somebody is named as of now (`loadNamings`). */
  readonly held: (row: SpeakerRow) => Naming;
  attribution(id: string): Attribution;
  identifying(id: string): readonly string[];
  ownNames(id: string): OwnNames;
  readonly facts: Omit<SpeakerFacts, 'isCloser'>;
}

/** @param study of whichever school they are */
export async function loadSpeakers(records: Records, studyId: string): Promise<Speakers> {
  const rows = await records
    .selectFrom('speakers')
    .selectAll()
    .where('study_id', '=', studyId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const schools = await records
    .selectFrom('schools')
    .select(['id', 'name'])
    .where('study_id', '=', studyId)
    .execute();
  const names = new Map(schools.map(({ id, name }) => [id, name]));
  const held = await loadNamings(records, rows);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const named = (id: string) => {
    const row = byId.get(id);
    return row ? { row, name: row.name, role: row.role, naming: held(row) } : null;
  };
  return {
    rows,
    held,
    // of somebody who is not there, nothing that was agreed to holds
    attribution: (id) => {
      const known = named(id);
      return known ? attributionOf(known) : { naming: 'anonymous', text: '' };
    },
    identifying: (id) => {
      const known = named(id);
      return known ? identifyingWords(known, names.get(known.row.school_id) ?? '') : [];
    },
    ownNames: (id) => {
      const known = named(id);
      return known ? ownNamesOf({ ...known, chosen: known.row.chosen === 1 }) : NO_OWN_NAMES;
    },
    facts: {
      age: (id) => ageOf(byId.get(id)),
      address: (id) => addressOf(rows, byId.get(id)),
    },
  };
}

/** An address that stands with two people is read by both of them, whatever was said of it (LINK-1). */
function addressOf(rows: readonly SpeakerRow[], row: SpeakerRow | undefined): AddressKind {
  if (!row || row.email === '') return 'none';
  if (rows.some((other) => other.id !== row.id && other.email === row.email && other.name !== row.name)) {
    return 'shared';
  }
  return ADDRESS_KINDS.find((kind) => kind === row.address) ?? 'shared';
}

/** @param schoolIds those of these schools alone; absent: of all */
export function speakerViews(
  speakers: Pick<Speakers, 'rows' | 'held'>,
  schoolIds?: ReadonlySet<string>,
): Speaker[] {
  const { rows } = speakers;
  const here = schoolIds ? rows.filter((row) => schoolIds.has(row.school_id)) : rows;
  return here.map((row) => speakerView(row, speakers));
}

export function speakerView(row: SpeakerRow, { rows, held }: Pick<Speakers, 'rows' | 'held'>): Speaker {
  return {
    id: row.id,
    schoolId: row.school_id,
    name: row.name || 'A former speaker',
    role: row.role,
    email: row.email,
    telephone: row.telephone,
    address: addressOf(rows, row),
    age: ageOf(row),
    naming: namingOf(row),
    namedAs: held(row),
    chosen: row.chosen === 1,
    onlyOne: tellsWhoItIs(
      row.role,
      rows.flatMap((other) => (other.id !== row.id && other.school_id === row.school_id ? [other.role] : [])),
    ),
    isIn: row.person_id !== null,
  };
}

/** How somebody is named is theirs to say, and holds for all their words. */
export async function setNaming(
  records: Transaction<Tables>,
  speakerId: string,
  naming: Speaker['naming'],
): Promise<void> {
  await records.updateTable('speakers').set({ naming, chosen: 1 }).where('id', '=', speakerId).execute();
}
