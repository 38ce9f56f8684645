import { includesAccess } from '../../shared/permissions/access.ts';
import type { QuoteRecord } from '../../shared/quotes/quote-record.ts';
import { standingOf } from '../../shared/quotes/standing.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { loadPeople } from '../studies/people.ts';
import { nothingThere, openBlock } from '../studies/study-gate.ts';
import { sceneOf } from './quote-acts.ts';
import { loadQuote } from './quote-store.ts';
import { presentOf } from './quote-views.ts';
import { loadSpeakers } from './speakers.ts';
import { type SoughtUse, wordingChanges } from './wording-changes.ts';

/** Who changed words of a quote since its speakers agreed to them. */
export function quoteChangeRoutes(parts: Parts): Routes {
  const { records, blocks } = parts;
  return {
    'GET /api/quotes/:quoteId/changes': async (call) => {
      const { personId } = signedIn(call);
      const scene = await sceneOf(parts, call.params.quoteId);
      await openBlock(records.read, personId, scene.row.block_id, 'see-study', 'read');
      const kept = await loadQuote(records.read, scene.row.id);
      if (!kept) throw nothingThere();
      const places = scene.text.usesOf(scene.row);
      const present = presentOf(places, await loadSpeakers(records.read, scene.study.id));
      const byBlock = new Map<string, SoughtUse[]>();
      for (const { blockId, use } of places) {
        const isChanged = kept.record.speakers.some(
          (speaker) => standingOf(kept.record, use, speaker, present) === 'changed',
        );
        const agreed = isChanged ? agreedWords(kept.record, use.use) : null;
        if (!agreed) continue;
        const sought = { quote: scene.row.id, use: use.use, ...agreed };
        byBlock.set(blockId, [...(byBlock.get(blockId) ?? []), sought]);
      }
      const found = [];
      for (const [blockId, sought] of byBlock) {
        const block = await lookUpBlock(records.read, personId, blockId);
        if (!block || !includesAccess(block.decision.access, 'read')) continue;
        found.push(...((await wordingChanges(blocks, blockId, sought)) ?? []));
      }
      const ids = found.flatMap((change) => change.personId ?? []);
      const people = await loadPeople(records.read, [...new Set(ids)], scene.study.id);
      return {
        changes: found
          .map(({ use, personId: by, at }) => ({
            ...{ use, at, by: by === null ? '' : (people.get(by)?.name ?? 'Somebody who left') },
          }))
          .sort((one, other) => other.at - one.at),
      };
    },
  };
}

/** @returns what was agreed to last, in this place or else anywhere; where nothing was, what was asked about last */
function agreedWords(record: QuoteRecord, use: string): Pick<SoughtUse, 'wording' | 'since'> | null {
  const asked = record.asks.filter(({ shown }) => shown.wording !== null);
  const yes = record.verifications.findLast(({ shown }) => shown.wording !== null);
  const ask =
    record.asks.find(({ id }) => id === yes?.ask) ??
    asked.findLast(({ shown }) => shown.use === use) ??
    asked.at(-1);
  const wording = yes?.shown.wording ?? ask?.shown.wording ?? null;
  return ask && wording !== null ? { wording, since: ask.sentAt } : null;
}
