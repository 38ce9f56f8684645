import { loadPerson } from '../accounts/people.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { studyChanged } from '../studies/announcements.ts';
import { openStudy } from '../studies/study-gate.ts';
import { contactSheets, studiesAsContact } from './contact-sheets.ts';
import { peopleHeld } from './held-people.ts';
import { loadSheets, sheetsBefore, writeSheet } from './information-sheets.ts';
import { keepShown } from './sheets-shown.ts';

/** Versions told at once. */
const PAGE = 20;

/** What people at schools are told of what is held on them, and on whom something is held. */
export function sheetRoutes(parts: Pick<Parts, 'records' | 'clock' | 'bus'>): Routes {
  const { records, clock, bus } = parts;
  return {
    'GET /api/studies/:studyId/sheets': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'see-study');
      const found = await sheetsBefore(records.read, studyId, call.query.before, PAGE + 1);
      return { sheets: found.slice(0, PAGE), more: found.length > PAGE };
    },

    'POST /api/studies/:studyId/sheets': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'write-sheet');
      const at = clock.now();
      const written = await records.transaction(async (transaction) => {
        const made = await writeSheet(transaction, studyId, call.body, { personId, at });
        if (made.isNew) {
          const detail = { version: made.sheet.version };
          await recordInStudy(transaction, studyId, { kind: 'sheet-written', by: call.actor, at, detail });
        }
        return made;
      });
      if (written.isNew) {
        studyChanged(bus, studyId);
        for (const contact of await contactsOf(parts, studyId)) {
          bus.publish({ t: 'changed', topic: `person/${contact}` });
        }
      }
      return { ...written.sheet, writtenBy: (await loadPerson(records.read, personId))?.name ?? '' };
    },

    'GET /api/studies/:studyId/held': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'export-person', { binned: true });
      return { people: await peopleHeld(records.read, studyId) };
    },

    'GET /api/contact/sheets': async (call) => {
      const { personId } = signedIn(call);
      return { sheets: await contactSheets(records.read, personId) };
    },

    'POST /api/contact/sheets/shown': async (call) => {
      const by = signedIn(call);
      if (by.via !== 'session') {
        throw new Refusal('no-access', 'A program cannot say what somebody was shown.');
      }
      const { studyId, version } = call.body;
      const asked = (await studiesAsContact(records.read, by.personId)).some(({ id }) => id === studyId);
      const known = asked && (await loadSheets(records.read, studyId, [version])).length === 1;
      if (!known) throw new Refusal('not-found', 'There is no such version for you.');
      const at = clock.now();
      await records.transaction(async (transaction) => {
        const shown = { study_id: studyId, person_id: by.personId, version, link_id: '', at };
        const before = await transaction
          .selectFrom('sheets_shown')
          .select('at')
          .where('study_id', '=', studyId)
          .where('person_id', '=', by.personId)
          .where('version', '=', version)
          .executeTakeFirst();
        if (before || !(await keepShown(transaction, shown))) return;
        await recordInStudy(transaction, studyId, {
          kind: 'sheet-shown',
          by: call.actor,
          at,
          detail: { version },
        });
      });
      return { ok: true };
    },
  };
}

async function contactsOf(parts: Pick<Parts, 'records'>, studyId: string): Promise<readonly string[]> {
  const rows = await parts.records.read
    .selectFrom('members')
    .select('user_id')
    .where('study_id', '=', studyId)
    .where('role', '=', 'contact')
    .execute();
  return rows.map((row) => row.user_id);
}
