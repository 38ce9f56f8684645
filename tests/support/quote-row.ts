import type { Parts } from '../../server/parts.ts';
import { captureQuote } from '../../server/quotes/capturing.ts';
import { appendStep, loadQuote } from '../../server/quotes/quote-store.ts';
import { WHOLE_SCANS } from './scans.ts';

/** Where a quote of a test stands; words of `speaker-<id>`. */
export interface PlantedQuote {
  readonly id: string;
  readonly studyId: string;
  readonly caseId: string;
  readonly blockId: string;
  readonly schoolId: string;
}

/** Puts a speaker and a quote of theirs into the records, as if somebody had captured it. */
export async function plantQuote(
  parts: Pick<Parts, 'records' | 'clock' | 'random' | 'bus'>,
  { id, studyId, caseId, blockId, schoolId }: PlantedQuote,
): Promise<void> {
  const speakerId = `speaker-${id}`;
  await parts.records.read
    .insertInto('speakers')
    .values({
      ...{ id: speakerId, study_id: studyId, school_id: schoolId, name: 'Sam Speaker', role: 'Teacher' },
      ...{ email: 'sam@school.example', telephone: '', address: 'personal', age: 'sixteen-or-over' },
      ...{ naming: 'role-only', chosen: 0, person_id: null, made_by: 'somebody', made_at: 1 },
    })
    .execute();
  const by = { personId: 'somebody', way: 'page', tokenId: null, from: '' } as const;
  const words = { wording: 'It worked.', original: '', language: '', translated: false, checked: false };
  await captureQuote(
    parts,
    { studyId, caseId, by },
    {
      ...{ id, blockId, use: `use-${id}`, speakerIds: [speakerId], turns: [], how: 'interview' },
      ...{ saidOn: null, source: '', ...words },
    },
  );
}

/** Writes down of a planted quote where it may appear, as its second step, with a scan. */
export async function plantScan(
  parts: Pick<Parts, 'records' | 'clock' | 'random' | 'files'>,
  { id, studyId, caseId }: PlantedQuote,
): Promise<void> {
  const hash = await parts.files.put(WHOLE_SCANS['image/jpeg']);
  const scan = {
    name: 'sheet.jpg',
    type: 'image/jpeg',
    size: WHOLE_SCANS['image/jpeg'].length,
    hash,
  } as const;
  await parts.records.transaction(async (records) => {
    const quote = await loadQuote(records, id);
    if (!quote) throw new Error('no such quote');
    await appendStep(records, parts.random, quote, {
      ...{ kind: 'consented', at: parts.clock.now(), by: { who: 'member', id: 'somebody' } },
      ...{ speaker: `speaker-${id}`, from: 'speaker' },
      consent: { channels: ['print'], until: null, naming: 'role-only' },
      evidence: { how: 'paper', note: 'The blue folder', scan },
    });
    const { name: _, ...file } = scan;
    const made = { made_by: 'somebody', made_at: 1, discard: 0 };
    await records
      .insertInto('evidence_files')
      .values({ id: `scan-${id}`, study_id: studyId, case_id: caseId, ...file, ...made })
      .execute();
    await records
      .insertInto('evidence_uses')
      .values({ quote_id: id, seq: 2, file_id: `scan-${id}` })
      .execute();
  });
}
