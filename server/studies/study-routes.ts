import type { Transaction } from 'kysely';
import type { RouteInput } from '../../shared/api/contract.ts';
import { owesPasskey } from '../../shared/permissions/passkey-duty.ts';
import { mayInStudy } from '../../shared/permissions/study-acts.ts';
import { hasShownPasskey, owesPasskeyIn, passkeyNeeded } from '../accounts/passkey-duty.ts';
import { isHost } from '../accounts/people.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { findFramework } from '../frameworks/framework-registry.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import { dropLetters } from '../letters/letter-ends.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { loadAsker, readRole } from './access-lookup.ts';
import { caseAccessChanged, caseChanged, caseIdsOf, studyChanged } from './announcements.ts';
import { setPasskeyDuty } from './passkey-setting.ts';
import { studyDetail, studySummary } from './study-detail.ts';
import { idTaken, nothingThere, openStudy } from './study-gate.ts';

/** Studies: list, make, read, change, put into the bin. */
export function studyRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;
  return {
    'GET /api/studies': async (call) => {
      const by = signedIn(call);
      const { personId, scope } = by;
      const shown = await hasShownPasskey(records.read, by);
      const within = scope?.studyId ?? null;
      const rows = await records.read
        .selectFrom('studies')
        .innerJoin('members', 'members.study_id', 'studies.id')
        .selectAll('studies')
        .select((eb) => [
          'members.role',
          eb
            .selectFrom('passkey_studies')
            .select('passkey_studies.set_at')
            .whereRef('passkey_studies.study_id', '=', 'studies.id')
            .as('passkeys_since'),
          eb
            .selectFrom('cases')
            .select((cases) => cases.fn.countAll<number>().as('count'))
            .whereRef('cases.study_id', '=', 'studies.id')
            .where('cases.deleted_at', 'is', null)
            .as('cases'),
        ])
        .where('members.user_id', '=', personId)
        .where('studies.deleted_at', 'is', null)
        .$if(within !== null, (query) => query.where('studies.id', '=', within))
        .orderBy('studies.created_at', 'desc')
        .orderBy('studies.id')
        .execute();
      return {
        studies: rows.flatMap((row) => {
          const role = readRole(row.role);
          if (!role || role === 'contact') return [];
          const requiresPasskey = row.passkeys_since !== null;
          const summary = studySummary(row, role, Number(row.cases), requiresPasskey);
          const locked = owesPasskey({ requiresPasskey }, { role, shown });
          return [locked ? { ...summary, description: '', dueOn: null, cases: 0, locked } : summary];
        }),
        mayCreate: !scope && (await mayCreate(records.read, personId)),
      };
    },

    'POST /api/studies': async (call) => {
      const by = signedIn(call);
      const { personId } = by;
      if (!(await mayCreate(records.read, personId))) {
        throw new Refusal('no-access', 'Only leads of a study, and the owner of this service, make studies.');
      }
      const { frameworkId, frameworkVersion } = call.body;
      if (!(await findFramework(records.read, frameworkId, frameworkVersion))) {
        throw new Refusal('bad-request', 'There is no such framework.', [
          { path: 'frameworkId', message: 'names no framework of this version' },
        ]);
      }
      const row = newStudy(call.body, personId, clock.now());
      await records.transaction((transaction) => insertStudy(transaction, row, call.actor));
      const { study, role } = await openStudy(records.read, personId, row.id, 'see-study');
      // Where the call is a repetition, the study may have come to ask for one.
      if (await owesPasskeyIn(records.read, by, row.id)) throw passkeyNeeded();
      return studyDetail(parts, study, personId, role);
    },

    'GET /api/studies/:studyId': async (call) => {
      const { personId } = signedIn(call);
      const { study, role } = await openStudy(records.read, personId, call.params.studyId, 'see-study');
      return studyDetail(parts, study, personId, role);
    },

    'PATCH /api/studies/:studyId': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'change-study');
      const { title, description, dueOn } = call.body;
      const change = {
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        ...(dueOn !== undefined && { due_on: dueOn }),
      };
      if (Object.keys(change).length > 0) {
        await records.transaction(async (transaction) => {
          await transaction.updateTable('studies').set(change).where('id', '=', studyId).execute();
          await recordInStudy(transaction, studyId, {
            kind: 'study-changed',
            by: call.actor,
            at: clock.now(),
            detail: { parts: partsOf(call.body) },
          });
        });
        studyChanged(bus, studyId);
      }
      const { study, role } = await openStudy(records.read, personId, studyId, 'see-study');
      return studyDetail(parts, study, personId, role);
    },

    'PUT /api/studies/:studyId/passkeys': async (call) => {
      const by = signedIn(call);
      const { studyId } = call.params;
      const { study, role } = await openStudy(records.read, by.personId, studyId, 'change-study');
      if (await setPasskeyDuty(parts, studyId, call.body.required, by, call.actor)) {
        await announceWholeStudy(parts, studyId);
      }
      return studyDetail(parts, study, by.personId, role);
    },

    'DELETE /api/studies/:studyId': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      const { study } = await openStudy(records.read, personId, studyId, 'delete-study', { binned: true });
      if (study.deleted_at === null) {
        await records.transaction(async (transaction) => {
          const { numUpdatedRows } = await transaction
            .updateTable('studies')
            .set({ deleted_at: clock.now(), deleted_by: personId })
            .where('id', '=', studyId)
            .where('deleted_at', 'is', null)
            .executeTakeFirst();
          if (numUpdatedRows === 0n) return;
          const deed = { by: call.actor, at: clock.now(), detail: {} };
          await recordInStudy(transaction, studyId, { kind: 'study-deleted', ...deed });
          await dropLetters(transaction, { studyId }, { by: call.actor, at: clock.now() });
        });
        await announceWholeStudy(parts, studyId);
      }
      return { ok: true };
    },
  };
}

/** @returns names of what a change mentions, with commas between */
export function partsOf(change: object): string {
  return Object.entries(change)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
    .join(',');
}

/** Every open page and room of the study finds out that it went to the bin, or came back. */
export async function announceWholeStudy(
  parts: Pick<Parts, 'records' | 'bus'>,
  studyId: string,
): Promise<void> {
  for (const caseId of await caseIdsOf(parts.records.read, studyId)) {
    caseAccessChanged(parts.bus, caseId);
    caseChanged(parts.bus, studyId, caseId);
  }
  studyChanged(parts.bus, studyId);
}

/** @returns whether this person may make a study, or publish a framework */
export async function mayCreate(records: Records, personId: string): Promise<boolean> {
  if (await isHost(records, personId)) return true;
  const owned = await records
    .selectFrom('members')
    .innerJoin('studies', 'studies.id', 'members.study_id')
    .select('members.study_id')
    .where('members.user_id', '=', personId)
    .where('members.role', '=', 'owner')
    .where('studies.deleted_at', 'is', null)
    .executeTakeFirst();
  return owned !== undefined;
}

/** @returns whether this person is on the team of any study, or may make the first one */
export async function isOnATeam(records: Records, personId: string): Promise<boolean> {
  if (await isHost(records, personId)) return true;
  const rows = await records
    .selectFrom('members')
    .select('role')
    .distinct()
    .where('user_id', '=', personId)
    .execute();
  return rows.some(({ role }) => mayInStudy(readRole(role), 'see-study'));
}

function newStudy(body: RouteInput<'POST /api/studies'>, personId: string, now: number): Tables['studies'] {
  return {
    id: body.id,
    title: body.title,
    description: body.description,
    due_on: body.dueOn,
    framework_id: body.frameworkId,
    framework_version: body.frameworkVersion,
    created_at: now,
    created_by: personId,
    deleted_at: null,
    deleted_by: null,
  };
}

/** The same call repeated by the same person changes nothing; the id in another's hands is refused. */
async function insertStudy(records: Transaction<Tables>, study: Tables['studies'], by: Actor): Promise<void> {
  const earlier = await records
    .selectFrom('studies')
    .selectAll()
    .where('id', '=', study.id)
    .executeTakeFirst();
  if (!earlier) {
    await records.insertInto('studies').values(study).execute();
    await records
      .insertInto('members')
      .values({ study_id: study.id, user_id: study.created_by, role: 'owner', since: study.created_at })
      .execute();
    const deed = { by, at: study.created_at, detail: {} };
    await recordInStudy(records, study.id, { kind: 'study-made', ...deed });
    return;
  }
  const same =
    earlier.created_by === study.created_by &&
    earlier.title === study.title &&
    earlier.description === study.description &&
    earlier.due_on === study.due_on &&
    earlier.framework_id === study.framework_id &&
    earlier.framework_version === study.framework_version;
  if (!same) throw idTaken();
  const { role } = await loadAsker(records, study.created_by, study.id);
  if (role === null) throw nothingThere();
}
