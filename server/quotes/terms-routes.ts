import { isDeepStrictEqual } from 'node:util';
import { recordInStudy } from '../audit/audit-chain.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { studyChanged } from '../studies/announcements.ts';
import { openStudy } from '../studies/study-gate.ts';
import { reckonStudy } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';

/** What a study sets on its questions about quotes; those that were sent lapse as they were told. */
export function quoteTermsRoutes(parts: Parts): Routes {
  const { records, clock, bus } = parts;
  return {
    'GET /api/studies/:studyId/quote-terms': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const { reminders, ...terms } = await termsOf(records.read, studyId);
      return { ...terms, reminders: [...reminders] };
    },

    'PUT /api/studies/:studyId/quote-terms': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-people');
      const terms = call.body;
      const at = clock.now();
      const said = { terms: JSON.stringify(terms), set_by: personId, set_at: at };
      await records.transaction(async (transaction) => {
        if (isDeepStrictEqual(await termsOf(transaction, studyId), terms)) return;
        await transaction
          .insertInto('quote_terms')
          .values({ study_id: studyId, ...said })
          .onConflict((conflict) => conflict.column('study_id').doUpdateSet(said))
          .execute();
        await recordInStudy(transaction, studyId, {
          kind: 'study-changed',
          by: call.actor,
          at,
          detail: { parts: 'quoteTerms' },
        });
        await reckonStudy(transaction, studyId);
      });
      studyChanged(bus, studyId);
      return terms;
    },
  };
}
