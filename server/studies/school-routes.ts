import type { Transaction } from 'kysely';
import { namesakes, namesakeWords } from '../../shared/studies/school-name.ts';
import { type Actor, recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { caseChanged, studyChanged } from './announcements.ts';
import { asSchool } from './study-detail.ts';
import { idTaken, nothingThere, openStudy } from './study-gate.ts';
import { partsOf } from './study-routes.ts';

/** Schools of a study. */
export function schoolRoutes(parts: Parts): Routes {
  const { records, bus, clock } = parts;

  const announce = async (school: Tables['schools']) => {
    const cases = await records.read
      .selectFrom('case_schools')
      .select('case_id')
      .where('school_id', '=', school.id)
      .execute();
    for (const { case_id } of cases) caseChanged(bus, school.study_id, case_id);
    studyChanged(bus, school.study_id);
  };

  return {
    'POST /api/studies/:studyId/schools': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'manage-schools');
      const { sameName, ...body } = call.body;
      const row: Tables['schools'] = {
        ...body,
        study_id: studyId,
        created_at: clock.now(),
        deleted_at: null,
        deleted_by: null,
      };
      const school = await records.transaction((transaction) =>
        insertSchool(transaction, row, sameName === true, call.actor),
      );
      studyChanged(bus, studyId);
      return asSchool(school);
    },

    'PATCH /api/schools/:schoolId': async (call) => {
      const { personId } = signedIn(call);
      const { name, place, sameName } = call.body;
      const school = await openSchool(records.read, personId, call.params.schoolId);
      if (school.deleted_at !== null) {
        throw new Refusal('gone', 'This school is in the bin. Restore it first.');
      }
      const changed = { ...school, name: name ?? school.name, place: place ?? school.place };
      await records.transaction(async (transaction) => {
        if (!sameName && changed.name !== school.name) await refuseNamesake(transaction, changed);
        await transaction
          .updateTable('schools')
          .set({ name: changed.name, place: changed.place })
          .where('id', '=', school.id)
          .execute();
        await recordInStudy(transaction, school.study_id, {
          kind: 'school-changed',
          by: call.actor,
          at: clock.now(),
          object: { kind: 'school', id: school.id },
          detail: { parts: partsOf({ name, place }) },
        });
      });
      await announce(changed);
      return asSchool(changed);
    },

    'DELETE /api/schools/:schoolId': async (call) => {
      const { personId } = signedIn(call);
      const school = await openSchool(records.read, personId, call.params.schoolId);
      if (school.deleted_at !== null) return { ok: true };
      await records.transaction(async (transaction) => {
        const used = await transaction
          .selectFrom('case_schools')
          .innerJoin('cases', 'cases.id', 'case_schools.case_id')
          .select('cases.title')
          .where('case_schools.school_id', '=', school.id)
          .where('cases.deleted_at', 'is', null)
          .executeTakeFirst();
        if (used) {
          throw new Refusal(
            'conflict',
            `The case study “${used.title}” is about this school. Change that first.`,
          );
        }
        const { numUpdatedRows } = await transaction
          .updateTable('schools')
          .set({ deleted_at: clock.now(), deleted_by: personId })
          .where('id', '=', school.id)
          .where('deleted_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
        await recordInStudy(transaction, school.study_id, {
          kind: 'school-deleted',
          by: call.actor,
          at: clock.now(),
          object: { kind: 'school', id: school.id },
          detail: {},
        });
      });
      await announce(school);
      return { ok: true };
    },
  };
}

async function openSchool(records: Records, personId: string, schoolId: string): Promise<Tables['schools']> {
  const school = await records
    .selectFrom('schools')
    .selectAll()
    .where('id', '=', schoolId)
    .executeTakeFirst();
  if (!school) throw nothingThere();
  await openStudy(records, personId, school.study_id, 'manage-schools');
  return school;
}

/** @throws Refusal conflict where a school of the study bears the same name, and nobody said that this is another */
async function refuseNamesake(records: Records, school: Tables['schools']): Promise<void> {
  const schools = await records
    .selectFrom('schools')
    .select(['id', 'name', 'place'])
    .where('study_id', '=', school.study_id)
    .where('deleted_at', 'is', null)
    .execute();
  const others = namesakes(school, schools);
  if (others.length > 0) throw new Refusal('conflict', namesakeWords(others));
}

async function insertSchool(
  records: Transaction<Tables>,
  school: Tables['schools'],
  sameName: boolean,
  by: Actor,
): Promise<Tables['schools']> {
  const earlier = await records
    .selectFrom('schools')
    .selectAll()
    .where('id', '=', school.id)
    .executeTakeFirst();
  if (!earlier) {
    if (!sameName) await refuseNamesake(records, school);
    await records.insertInto('schools').values(school).execute();
    await recordInStudy(records, school.study_id, {
      kind: 'school-added',
      by,
      at: school.created_at,
      object: { kind: 'school', id: school.id },
      detail: {},
    });
    return school;
  }
  const same =
    earlier.study_id === school.study_id && earlier.name === school.name && earlier.place === school.place;
  if (!same) throw idTaken();
  return earlier;
}
