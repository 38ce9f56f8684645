import type { LinkCodes } from '../../shared/api/link-codes.ts';
import { linkCodesRequired } from '../accounts/links.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { studyChanged } from './announcements.ts';
import { openStudy } from './study-gate.ts';

/** Whether a link of a school contact needs a code as well, or opens alone (LINK-1). */
export function linkCodeRoutes(parts: Parts): Routes {
  const { records, clock, bus, settings } = parts;
  const told = (required: boolean): LinkCodes => ({
    required,
    asked: required && settings.smtpUrl !== null,
  });
  return {
    'GET /api/studies/:studyId/link-codes': async (call) => {
      const { studyId } = call.params;
      await openStudy(records.read, signedIn(call).personId, studyId, 'manage-people');
      return told(await linkCodesRequired(records.read, studyId));
    },

    'PUT /api/studies/:studyId/link-codes': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      const { required } = call.body;
      await openStudy(records.read, personId, studyId, 'change-study');
      const at = clock.now();
      await records.transaction(async (transaction) => {
        if ((await linkCodesRequired(transaction, studyId)) === required) return;
        if (required) {
          await transaction.deleteFrom('code_free_studies').where('study_id', '=', studyId).execute();
        } else {
          await transaction
            .insertInto('code_free_studies')
            .values({ study_id: studyId, set_by: personId, set_at: at })
            .execute();
        }
        const kind = required ? 'link-codes-required' : 'link-codes-not-required';
        await recordInStudy(transaction, studyId, { kind, by: call.actor, at, detail: {} });
      });
      studyChanged(bus, studyId);
      return told(required);
    },
  };
}
