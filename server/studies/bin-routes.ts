import type { BinItem } from '../../shared/api/studies.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { caseAccessChanged, caseChanged, studyChanged } from './announcements.ts';
import { loadPeople } from './people.ts';
import { nothingThere, openCase, openStudy } from './study-gate.ts';
import { announceWholeStudy } from './study-routes.ts';

interface Binned {
  readonly id: string;
  readonly title: string;
  readonly deleted_at: number | null;
  readonly deleted_by: string | null;
}

/** What was deleted, and how it comes back. */
export function binRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;

  const restore: Readonly<Record<string, (by: string, id: string, actor: Actor) => Promise<void>>> = {
    study: async (by, id, actor) => {
      await openStudy(records.read, by, id, 'restore-from-bin', { binned: true });
      await records.transaction(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('studies')
          .set(RESTORED)
          .where('id', '=', id)
          .where('deleted_at', 'is not', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        const deed = { by: actor, at: clock.now(), detail: {} };
        await recordInStudy(transaction, id, { kind: 'study-restored', ...deed });
      });
      await announceWholeStudy(parts, id);
    },
    case: async (by, id, actor) => {
      const { studyId } = await openCase(records.read, by, id, 'restore-from-bin', { binned: true });
      await openStudy(records.read, by, studyId, 'restore-from-bin');
      await records.transaction(async (transaction) => {
        await refuseBinnedSchool(transaction, id);
        const { numUpdatedRows } = await transaction
          .updateTable('cases')
          .set(RESTORED)
          .where('id', '=', id)
          .where('deleted_at', 'is not', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        const deed = { by: actor, at: clock.now(), caseId: id, detail: {} };
        await recordInStudy(transaction, studyId, { kind: 'case-restored', ...deed });
      });
      caseAccessChanged(bus, id);
      caseChanged(bus, studyId, id);
    },
    school: async (by, id, actor) => {
      const school = await records.read
        .selectFrom('schools')
        .select('study_id')
        .where('id', '=', id)
        .executeTakeFirst();
      if (!school) throw nothingThere();
      await openStudy(records.read, by, school.study_id, 'restore-from-bin');
      await records.transaction(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('schools')
          .set(RESTORED)
          .where('id', '=', id)
          .where('deleted_at', 'is not', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        await recordInStudy(transaction, school.study_id, {
          kind: 'school-restored',
          by: actor,
          at: clock.now(),
          object: { kind: 'school', id },
          detail: {},
        });
      });
      studyChanged(bus, school.study_id);
    },
  };

  return {
    'GET /api/bin': async (call) => {
      const { personId } = signedIn(call);
      const studies = await records.read
        .selectFrom('studies')
        .innerJoin('members', 'members.study_id', 'studies.id')
        .select(['studies.id', 'studies.title', 'studies.deleted_at', 'studies.deleted_by'])
        .where('members.user_id', '=', personId)
        .where('members.role', '=', 'owner')
        .where('studies.deleted_at', 'is not', null)
        .execute();
      return { items: await binItems(records.read, [['study', studies]]) };
    },

    'GET /api/studies/:studyId/bin': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'restore-from-bin');
      const cases = await records.read
        .selectFrom('cases')
        .select(['id', 'title', 'deleted_at', 'deleted_by'])
        .where('study_id', '=', studyId)
        .where('deleted_at', 'is not', null)
        .execute();
      const schools = await records.read
        .selectFrom('schools')
        .select(['id', 'name as title', 'deleted_at', 'deleted_by'])
        .where('study_id', '=', studyId)
        .where('deleted_at', 'is not', null)
        .execute();
      return {
        items: await binItems(
          records.read,
          [
            ['case', cases],
            ['school', schools],
          ],
          studyId,
        ),
      };
    },

    'POST /api/bin/:kind/:itemId/restore': async (call) => {
      const { personId } = signedIn(call);
      const { kind, itemId } = call.params;
      const act = Object.hasOwn(restore, kind) ? restore[kind] : undefined;
      if (!act) throw nothingThere();
      await act(personId, itemId, call.actor);
      return { ok: true };
    },
  };
}

const RESTORED = { deleted_at: null, deleted_by: null };

async function refuseBinnedSchool(records: Records, caseId: string): Promise<void> {
  const school = await records
    .selectFrom('case_schools')
    .innerJoin('schools', 'schools.id', 'case_schools.school_id')
    .select('schools.name')
    .where('case_schools.case_id', '=', caseId)
    .where('schools.deleted_at', 'is not', null)
    .executeTakeFirst();
  if (school) {
    throw new Refusal(
      'conflict',
      `${school.name}, which it is about, is in the bin too. Restore that first.`,
    );
  }
}

/** @returns what was deleted last first, with the name of who did it */
async function binItems(
  records: Records,
  kinds: readonly (readonly [BinItem['kind'], readonly Binned[]])[],
  studyId?: string,
): Promise<BinItem[]> {
  const rows = kinds.flatMap(([kind, items]) => items.map((item) => ({ kind, item })));
  const people = await loadPeople(
    records,
    rows.flatMap(({ item }) => (item.deleted_by ? [item.deleted_by] : [])),
    studyId,
  );
  return rows
    .map(({ kind, item }) => ({
      kind,
      id: item.id,
      title: item.title,
      deletedAt: item.deleted_at ?? 0,
      deletedBy: people.get(item.deleted_by ?? '')?.name ?? '',
    }))
    .sort((a, b) => b.deletedAt - a.deletedAt || (a.id < b.id ? -1 : 1));
}
