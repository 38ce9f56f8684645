import { NAMED_HTML } from '../../shared/document/html.ts';
import type { PersonFileRow } from '../../shared/protection/person-file.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { forgetScans } from '../quotes/step-scans.ts';
import { forgetGuardian } from './guardian-rows.ts';
import { instant, type PersonReach } from './person-reach.ts';

/** What is held on somebody whose words are quoted, and on whoever works with quotes. */

/** By an address that others read as well nobody is known (LINK-1): it may be any of theirs. */
function theirSpeakers({ records, personId, email, studyId, speakerId }: PersonReach) {
  if (speakerId !== undefined) return records.selectFrom('speakers').where('speakers.id', '=', speakerId);
  return records
    .selectFrom('speakers')
    .where((eb) =>
      eb.or([
        eb('speakers.person_id', '=', personId),
        eb.and([
          eb('speakers.person_id', 'is', null),
          eb('speakers.email', '<>', ''),
          eb('speakers.email', '=', email),
          eb('speakers.address', '=', 'personal'),
          eb.not(
            eb.exists(
              eb
                .selectFrom('speakers as others')
                .select('others.id')
                .whereRef('others.study_id', '=', 'speakers.study_id')
                .whereRef('others.email', '=', 'speakers.email')
                .whereRef('others.name', '<>', 'speakers.name'),
            ),
          ),
        ]),
      ]),
    )
    .$if(studyId !== null, (query) => query.where('speakers.study_id', '=', studyId ?? ''));
}

function theirQuotes(reach: PersonReach) {
  return reach.records
    .selectFrom('quote_speakers')
    .select('quote_id')
    .where('speaker_id', 'in', theirSpeakers(reach).select('speakers.id'));
}

/** @returns as whom they are known to studies that quote them, oldest first */
export async function speakerRows(reach: PersonReach): Promise<PersonFileRow<'speakers'>[]> {
  const rows = await theirSpeakers(reach)
    .innerJoin('studies', 'studies.id', 'speakers.study_id')
    .innerJoin('schools', 'schools.id', 'speakers.school_id')
    .selectAll('speakers')
    .select(['studies.title as study', 'schools.name as school'])
    .orderBy('speakers.made_at')
    .execute();
  return rows.map((row) => ({
    studyId: row.study_id,
    study: row.study,
    school: row.school,
    name: row.name,
    role: row.role,
    email: row.email,
    telephone: row.telephone,
    age: row.age,
    naming: row.naming,
    since: instant(row.made_at),
  }));
}

/** @returns words of theirs that are quoted, oldest first */
export async function quoteRows(reach: PersonReach): Promise<PersonFileRow<'quotes'>[]> {
  const rows = await reach.records
    .selectFrom('quotes')
    .innerJoin('studies', 'studies.id', 'quotes.study_id')
    .selectAll('quotes')
    .select((eb) => [
      'studies.title as study',
      eb
        .selectFrom('quote_speakers')
        .select((speakers) => speakers.fn.countAll<number>().as('count'))
        .whereRef('quote_speakers.quote_id', '=', 'quotes.id')
        .as('speakers'),
    ])
    .where('quotes.id', 'in', theirQuotes(reach))
    .orderBy('quotes.made_at')
    .execute();
  return rows.map((row) => ({
    studyId: row.study_id,
    study: row.study,
    caseId: row.case_id,
    quoteId: row.id,
    captured: row.captured,
    // of an exchange it holds the words of others as well (ACCESS-5)
    original: Number(row.speakers) > 1 ? '' : row.original,
    how: row.how,
    saidOn: row.said_on,
    source: row.source,
    at: instant(row.made_at),
  }));
}

/** @returns every step with quotes of theirs, with its words, and the steps that they took with quotes of others, without */
export async function quoteStepRows(reach: PersonReach): Promise<PersonFileRow<'quoteSteps'>[]> {
  const { records, personId, studyId } = reach;
  const ofTheirs = await records
    .selectFrom('quote_steps')
    .selectAll()
    .where('quote_id', 'in', theirQuotes(reach))
    .orderBy('quote_id')
    .orderBy('seq')
    .execute();
  const words = await records
    .selectFrom('quote_words')
    .select(['quote_id', 'seq', 'part', 'text'])
    .where('quote_id', 'in', theirQuotes(reach))
    .orderBy('part')
    .execute();
  const taken = await records
    .selectFrom('quote_steps')
    .innerJoin('quotes', 'quotes.id', 'quote_steps.quote_id')
    .selectAll('quote_steps')
    .where('who', '=', 'member')
    .where('who_id', '=', personId)
    .where('quote_id', 'not in', theirQuotes(reach))
    .$if(studyId !== null, (query) => query.where('quotes.study_id', '=', studyId ?? ''))
    .orderBy('at')
    .execute();
  const said = new Map<string, string[]>();
  for (const { quote_id, seq, part, text } of words) {
    const key = `${quote_id} ${seq}`;
    said.set(key, [...(said.get(key) ?? []), `${part}: ${text}`]);
  }
  const own = new Set((await theirSpeakers(reach).select('speakers.id').execute()).map(({ id }) => id));
  const step = (row: Tables['quote_steps'], told: string) => ({
    quoteId: row.quote_id,
    number: row.seq,
    at: instant(row.at),
    kind: row.kind,
    by: byWhom(row, own, personId),
    words: told,
  });
  const isToThem = aboutThem(ofTheirs, own);
  return [
    ...ofTheirs.map((row) =>
      step(row, isToThem(row) ? (said.get(`${row.quote_id} ${row.seq}`) ?? []).join('\n') : ''),
    ),
    ...taken.map((row) => step(row, '')),
  ];
}

/** Of an exchange, what others were shown and said names others: it is not told. */
function aboutThem(
  steps: readonly Tables['quote_steps'][],
  speakers: ReadonlySet<string>,
): (step: Tables['quote_steps']) => boolean {
  const detailOf = ({ detail }: Tables['quote_steps']) =>
    JSON.parse(detail) as { readonly speaker?: string; readonly ask?: string };
  const asks = new Set(
    steps.flatMap((step) => {
      const { speaker, ask } = detailOf(step);
      return ask !== undefined && speaker !== undefined && speakers.has(speaker) ? [ask] : [];
    }),
  );
  const exchanges = new Set(
    steps.flatMap(({ kind, detail, quote_id }) =>
      kind === 'captured' && (JSON.parse(detail) as { speakers: string }).speakers.includes(',')
        ? [quote_id]
        : [],
    ),
  );
  return (step) => {
    // what was said word for word in an exchange holds the words of others
    if (step.kind === 'source-changed' && exchanges.has(step.quote_id)) return false;
    const { speaker, ask } = detailOf(step);
    if (speaker !== undefined) return speakers.has(speaker);
    return ask === undefined || asks.has(ask);
  };
}

function byWhom(
  { who, who_id: id }: Tables['quote_steps'],
  speakers: ReadonlySet<string>,
  personId: string,
): PersonFileRow<'quoteSteps'>['by'] {
  if (who === 'server') return 'Casebook';
  // its id is the child's
  if (who === 'guardian') return 'somebody else';
  if (who === 'member') return id === personId ? 'themselves' : 'the team';
  return speakers.has(id) ? 'themselves' : 'somebody else';
}

/**
 * Lets go of who somebody is whose words are quoted. What they said to them stays without it, and
 * verifies nothing any more that named them (QUOTE-2).
 * @param studyId that study alone; null: all
 */
export async function forgetSpeaker(
  records: Records,
  studyId: string | null,
  personId: string,
): Promise<void> {
  const account = await records
    .selectFrom('user')
    .select('user.email')
    .where('user.id', '=', personId)
    .executeTakeFirst();
  const email = account?.email ?? '';
  const reach: PersonReach = { records, personId, email, studyId };
  const ids = (await theirSpeakers(reach).select('speakers.id').execute()).map(({ id }) => id);
  if (email !== '') await forgetAddress(records, studyId, email);
  await forgetGuardian(reach);
  if (ids.length === 0) return;
  await records.deleteFrom('guardians').where('speaker_id', 'in', ids).execute();
  const steps = await records
    .selectFrom('quote_steps')
    .selectAll()
    .where('quote_id', 'in', (eb) =>
      eb.selectFrom('quote_speakers').select('quote_id').where('speaker_id', 'in', ids),
    )
    .execute();
  // what others said in an exchange, and where that can be found, is not theirs
  const theirs = steps.filter(aboutThem(steps, new Set(ids)));
  await forgetScans(records, theirs);
  for (const step of theirs) {
    await records
      .deleteFrom('quote_words')
      .where('part', 'in', ['attribution', 'note'])
      .where('quote_id', '=', step.quote_id)
      .where('seq', '=', step.seq)
      .execute();
  }
  await forgetNamedReadings(records, ids);
  await records
    .updateTable('speakers')
    .set({ person_id: personId, name: '', role: '', email: '', telephone: '', address: 'none' })
    .where('id', 'in', ids)
    .execute();
  await records.updateTable('quote_asks').set({ next_at: null }).where('speaker_id', 'in', ids).execute();
}

/** Readings of texts in which somebody is named, of the cases of their schools: they are made anew, without the name. */
async function forgetNamedReadings(records: Records, speakerIds: readonly string[]): Promise<void> {
  await records
    .deleteFrom('projections')
    .where('html', 'like', `%${NAMED_HTML}%`)
    .where('block_id', 'in', (eb) =>
      eb
        .selectFrom('blocks')
        .innerJoin('case_schools', 'case_schools.case_id', 'blocks.case_id')
        .innerJoin('speakers', 'speakers.school_id', 'case_schools.school_id')
        .select('blocks.id')
        .where('speakers.id', 'in', speakerIds),
    )
    .execute();
}

/** Of people whom nobody can tell by it, the address goes alone. */
async function forgetAddress(records: Records, studyId: string | null, email: string): Promise<void> {
  await records
    .updateTable('speakers')
    .set({ email: '', address: 'none' })
    .where('email', '=', email)
    .$if(studyId !== null, (query) => query.where('study_id', '=', studyId ?? ''))
    .execute();
}
