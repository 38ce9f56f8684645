import type { Parts } from '../../server/parts.ts';
import { captureQuote } from '../../server/quotes/capturing.ts';

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
