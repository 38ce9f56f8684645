/** What this device still has of words that were erased for good (ERASE-1). */
import type { ErasedTexts } from '../../shared/api/erasing.ts';
import { pageClock } from './clock.ts';
import { paramsIn } from './device-cache.ts';
import { DeviceStore } from './device-store.ts';
import type { Engine } from './engine.ts';
import { withoutSelected } from './erased-selections.ts';
import { WAITING_ANSWERS } from './waiting-answers.ts';

/** Under which a device notes whose answers it cleared. */
const CLEARED = 'erasures cleared';

/**
 * Clears copies of texts that went on without what stood in them before, and answers of the server
 * that told the words. What was typed here and not sent is kept apart, for whoever typed it (SAVE-6).
 */
export async function clearErased(
  personId: string,
  engine: Pick<Engine, 'letGo'>,
  { erasures }: ErasedTexts,
): Promise<void> {
  if (erasures.length === 0) return;
  const store = new DeviceStore(personId, pageClock);
  const cleared = ((await store.noted(CLEARED)) ?? []) as readonly string[];
  const fresh = erasures.filter(({ id }) => !cleared.includes(id));
  if (fresh.length > 0) {
    const studies = new Set(fresh.map(({ studyId }) => studyId));
    const cases = new Set(fresh.flatMap(({ caseIds }) => caseIds));
    const answers = await store.cachedAnswers();
    const rewritten = new Set(fresh.flatMap(({ blocks }) => blocks.map(({ blockId }) => blockId)));
    for (const { key, value } of answers) {
      const left = withoutSelected(key, value, rewritten);
      if (left !== value) await store.cache(key, left);
    }
    const keys = answers.flatMap(({ key }) => {
      const { studyId, caseId } = paramsIn(key);
      const isTold = studies.has(studyId ?? '') || cases.has(caseId ?? '');
      return isTold && !key.startsWith(WAITING_ANSWERS) ? [key] : [];
    });
    await store.clearSent({ stay: await store.held(), keys });
    await store.note(CLEARED, [...cleared, ...fresh.map(({ id }) => id)]);
  }
  const lineages = await store.lineages();
  const old = erasures.flatMap(({ blocks }) =>
    blocks.flatMap(({ blockId, lineage }) =>
      lineages.has(blockId) && lineages.get(blockId) !== lineage ? [blockId] : [],
    ),
  );
  // Opened once, an older copy ends, and what was not sent of it is kept apart.
  await store.close();
  if (old.length > 0) await engine.letGo([...new Set(old)]);
}
