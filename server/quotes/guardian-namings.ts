import { heldNaming, needsGuardian } from '../../shared/quotes/consent.ts';
import { NAMINGS, type Naming, saysNoMore } from '../../shared/quotes/naming.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { ageOf, namingOf } from './speaker-parts.ts';

type SpeakerRow = Tables['speakers'];

/**
 * How speakers are named at most as of now: whoever needs a parent or carer, by no more than both
 * agreed to (NAME-1).
 * @returns of each of these
 */
export async function loadNamings(
  records: Records,
  rows: readonly SpeakerRow[],
): Promise<(row: SpeakerRow) => Naming> {
  const children = rows.filter((row) => needsGuardian(ageOf(row)) && namingOf(row) !== 'anonymous');
  const agreed = await guardianNamings(
    records,
    children.map(({ id }) => id),
  );
  return (row) => heldNaming(namingOf(row), ageOf(row), agreed.get(row.id) ?? null);
}

/** @returns the least of what parents and carers agreed to for a child's words, by child */
async function guardianNamings(
  records: Records,
  speakerIds: readonly string[],
): Promise<ReadonlyMap<string, Naming>> {
  const least = new Map<string, Naming>();
  if (speakerIds.length === 0) return least;
  const steps = await records
    .selectFrom('quote_steps')
    .select(['quote_id', 'kind', 'detail'])
    .where('kind', 'in', ['consented', 'withdrawn'])
    .where('quote_id', 'in', (eb) =>
      eb.selectFrom('quote_speakers').select('quote_id').where('speaker_id', 'in', speakerIds),
    )
    .orderBy('quote_id')
    .orderBy('seq')
    .execute();
  const last = new Map<string, { readonly speaker: string; readonly naming: Naming | null }>();
  for (const { quote_id, kind, detail } of steps) {
    const said = JSON.parse(detail) as Readonly<Record<string, string>>;
    const { speaker = '', from, channels } = said;
    if (from !== 'guardian') continue;
    const naming = kind === 'consented' && channels ? NAMINGS.find((one) => one === said.naming) : undefined;
    last.set(`${quote_id} ${speaker}`, { speaker, naming: naming ?? null });
  }
  for (const { speaker, naming } of last.values()) {
    if (naming === null) continue;
    const known = least.get(speaker);
    if (known === undefined || saysNoMore(naming, known)) least.set(speaker, naming);
  }
  return least;
}
