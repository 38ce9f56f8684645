import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';

/** Rows of `meta` that name files still to be deleted; a file's name tells nothing of whom it is to. */
const PREFIX = 'letters-to-discard/';

type Needs = Pick<Parts, 'records' | 'outboxFiles' | 'log'>;

/** Notes letters that are to go, in the transaction of what they go with: a stop in between loses none of them. */
export async function markLetters(
  parts: Pick<Parts, 'random'>,
  records: Records,
  files: readonly string[],
): Promise<void> {
  if (files.length === 0) return;
  await records
    .insertInto('meta')
    .values({ key: `${PREFIX}${parts.random.id()}`, value: JSON.stringify([...new Set(files)]) })
    .execute();
}

/** Deletes what was noted, now or before an earlier stop. What cannot be deleted is tried again at the next start. */
export async function discardMarkedLetters(parts: Needs): Promise<void> {
  const { records, outboxFiles, log } = parts;
  const rows = await records.read.selectFrom('meta').selectAll().where('key', 'like', `${PREFIX}%`).execute();
  try {
    for (const { key, value } of rows) {
      await outboxFiles.discard(JSON.parse(value) as string[]);
      await records.read.deleteFrom('meta').where('key', '=', key).execute();
    }
  } catch (cause) {
    log.warn('letters to somebody whose account was deleted could not be deleted yet', {}, cause);
  }
}
