import type { Transaction } from 'kysely';
import { ACCESS_LEVELS, includesAccess, TEAM_ACCESS } from '../../shared/permissions/access.ts';
import { ROLES, type Role } from '../../shared/permissions/roles.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { callFormer, FORMER_CONTACT } from '../protection/former-people.ts';
import { loadAsker } from './access-lookup.ts';
import { personAccessChanged, studyChanged } from './announcements.ts';
import { nothingThere, openStudy } from './study-gate.ts';

/** Who belongs to a study: roles changed, people removed. They join by invitation. */
export function memberRoutes(parts: Parts): Routes {
  const { records, bus, clock, refusals } = parts;
  return {
    'PATCH /api/studies/:studyId/members/:personId': async (call) => {
      const { personId: by } = signedIn(call);
      const { studyId, personId } = call.params;
      const { role } = call.body;
      await openStudy(records.read, by, studyId, 'manage-people');
      if (role === 'contact') throw contactsAreInvited();
      const before = await records.transaction(async (transaction) => {
        const held = await heldRole(transaction, personId, studyId);
        if (held === 'contact') throw contactsAreInvited();
        // Said again, it is no new part: what was set for them meanwhile stays.
        if (held === role) return held;
        if (held === 'owner') await refuseLastOwner(transaction, studyId);
        await transaction
          .updateTable('members')
          .set({ role })
          .where('study_id', '=', studyId)
          .where('user_id', '=', personId)
          .execute();
        await dropWiderGrants(transaction, personId, studyId, role);
        await recordInStudy(transaction, studyId, {
          kind: 'role-changed',
          by: call.actor,
          at: clock.now(),
          object: { kind: 'person', id: personId },
          detail: { from: held, to: role },
        });
        return held;
      });
      if (ROLES.indexOf(role) > ROLES.indexOf(before)) refusals.taken.note(personId, { studyId });
      personAccessChanged(bus, personId);
      studyChanged(bus, studyId);
      return { ok: true };
    },

    'DELETE /api/studies/:studyId/members/:personId': async (call) => {
      const { personId: by } = signedIn(call);
      const { studyId, personId } = call.params;
      await openStudy(records.read, by, studyId, 'manage-people');
      await records.transaction(async (transaction) => {
        const held = await heldRole(transaction, personId, studyId);
        if (held === 'owner') await refuseLastOwner(transaction, studyId);
        await removeFromStudy(transaction, personId, studyId, { by: call.actor, at: clock.now() });
        if (held === 'contact') {
          const name = FORMER_CONTACT;
          await callFormer(transaction, { studyId, personId, name, by, at: clock.now() });
        }
        await recordInStudy(transaction, studyId, {
          kind: 'person-removed',
          by: call.actor,
          at: clock.now(),
          object: { kind: 'person', id: personId },
          detail: { role: held },
        });
      });
      refusals.taken.note(personId, { studyId });
      personAccessChanged(bus, personId);
      studyChanged(bus, studyId);
      return { ok: true };
    },
  };
}

const contactsAreInvited = () =>
  new Refusal(
    'bad-request',
    'A school contact is invited to one case study; roles of members cannot be that.',
  );

async function heldRole(records: Records, personId: string, studyId: string): Promise<Role> {
  const { role } = await loadAsker(records, personId, studyId);
  if (role === null) throw nothingThere();
  return role;
}

async function refuseLastOwner(records: Records, studyId: string): Promise<void> {
  const owners = await records
    .selectFrom('members')
    .select('user_id')
    .where('study_id', '=', studyId)
    .where('role', '=', 'owner')
    .execute();
  if (owners.length < 2) {
    throw new Refusal('conflict', 'A study needs a lead. Make somebody else a lead first.');
  }
}

/** A new part never leaves somebody with more than it brings; what was taken away from them stays taken away. */
async function dropWiderGrants(
  records: Records,
  personId: string,
  studyId: string,
  role: Exclude<Role, 'contact'>,
): Promise<void> {
  const wider = ACCESS_LEVELS.filter((level) => !includesAccess(TEAM_ACCESS[role], level));
  if (wider.length === 0) return;
  await records
    .deleteFrom('block_grants')
    .where('person_id', '=', personId)
    .where('block_id', 'in', blocksOf(records, studyId))
    .where('level', 'in', wider)
    .execute();
}

function blocksOf(records: Records, studyId: string) {
  const cases = records.selectFrom('cases').select('id').where('study_id', '=', studyId);
  return records.selectFrom('blocks').select('id').where('case_id', 'in', cases);
}

/** Also ends what would let them back in, and frees what was theirs to do. */
async function removeFromStudy(
  records: Transaction<Tables>,
  personId: string,
  studyId: string,
  deed: { readonly by: Actor; readonly at: number },
): Promise<void> {
  const cases = records.selectFrom('cases').select('id').where('study_id', '=', studyId);
  await records
    .deleteFrom('members')
    .where('study_id', '=', studyId)
    .where('user_id', '=', personId)
    .execute();
  await records
    .deleteFrom('case_contacts')
    .where('user_id', '=', personId)
    .where('case_id', 'in', cases)
    .execute();
  await records
    .updateTable('section_status')
    .set({ assignee_id: null })
    .where('assignee_id', '=', personId)
    .where('block_id', 'in', blocksOf(records, studyId))
    .execute();
  // Whoever comes back begins as anybody with their part does.
  await records
    .deleteFrom('block_grants')
    .where('person_id', '=', personId)
    .where('block_id', 'in', blocksOf(records, studyId))
    .execute();
  await dropLetters(records, { studyId, personId }, deed);
  const withdrawn = await records
    .updateTable('links')
    .set({ revoked_at: deed.at })
    .where('study_id', '=', studyId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('user_id', '=', personId),
        eb('email', '=', eb.selectFrom('user').select('user.email').where('user.id', '=', personId)),
      ]),
    )
    .returning(['id', 'kind', 'role', 'case_id'])
    .execute();
  for (const { id, kind, role, case_id: caseId } of withdrawn) {
    if (role === null || (kind !== 'member' && kind !== 'contact')) continue;
    await recordInStudy(records, studyId, {
      kind: 'invitation-withdrawn',
      ...deed,
      caseId,
      object: { kind: 'invitation', id },
      detail: {},
    });
  }
}
