import { HOLDS_OWN_NAME, holdsOwnName } from '../../shared/protection/former-name.ts';
import { loadPerson } from '../accounts/people.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { loadAsker } from '../studies/access-lookup.ts';
import { studyChanged } from '../studies/announcements.ts';
import { nothingThere, openStudy } from '../studies/study-gate.ts';
import { callByOwnName, callFormer } from './former-people.ts';
import { isHeldBy } from './held-people.ts';

/** How a study calls those who have left it. */
export function formerRoutes(parts: Pick<Parts, 'records' | 'clock' | 'bus'>): Routes {
  const { records, clock, bus } = parts;
  return {
    'PUT /api/studies/:studyId/former/:personId': async (call) => {
      const by = signedIn(call).personId;
      const { studyId, personId } = call.params;
      const { name } = call.body;
      await openStudy(records.read, by, studyId, 'manage-people');
      const at = clock.now();
      await records.transaction(async (transaction) => {
        if (!(await isHeldBy(transaction, studyId, personId))) throw nothingThere();
        if ((await loadAsker(transaction, personId, studyId)).role !== null) {
          throw new Refusal(
            'conflict',
            'This person is in the study, and is called as they call themselves.',
          );
        }
        const own = name === null ? null : await loadPerson(transaction, personId);
        if (name !== null && own && own.email !== '' && holdsOwnName(name, own.name)) {
          throw new Refusal('bad-request', HOLDS_OWN_NAME, [{ path: 'name', message: HOLDS_OWN_NAME }]);
        }
        if (name === null) await callByOwnName(transaction, studyId, personId);
        else await callFormer(transaction, { studyId, personId, name, by, at });
        await recordInStudy(transaction, studyId, {
          kind: 'former-named',
          by: call.actor,
          at,
          object: { kind: 'person', id: personId },
          detail: { as: name === null ? 'own-name' : 'other-name' },
        });
      });
      studyChanged(bus, studyId);
      return { ok: true };
    },
  };
}
