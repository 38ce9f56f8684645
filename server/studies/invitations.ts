import type { Selectable } from 'kysely';
import type { Letter } from '../../shared/api/letters.ts';
import type { Invitation } from '../../shared/api/studies.ts';
import { lettersByInvitation } from '../letters/letter-reading.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { readRole } from './access-lookup.ts';

/** Links that invite. One without a role only leads somebody who is in to their page. */
function invitations(records: Records) {
  return records
    .selectFrom('links')
    .selectAll()
    .where('kind', 'in', ['member', 'contact'])
    .where('role', 'is not', null);
}

export function linkRow(records: Records, id: string): Promise<Selectable<Tables['links']> | undefined> {
  return invitations(records).where('id', '=', id).executeTakeFirst();
}

/** @returns null where there is none */
export async function loadInvitation(
  records: Records,
  id: string,
  now: number,
): Promise<{ readonly studyId: string; readonly invitation: Invitation } | null> {
  const row = await linkRow(records, id);
  if (!row?.study_id) return null;
  const letters = await lettersByInvitation(records, row.study_id, id);
  return { studyId: row.study_id, invitation: asInvitation(row, now, letters.get(id) ?? []) };
}

/** @returns the invitations into a study, newest first */
export async function loadInvitations(records: Records, studyId: string, now: number): Promise<Invitation[]> {
  const rows = await invitations(records)
    .where('study_id', '=', studyId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  const letters = await lettersByInvitation(records, studyId);
  return rows.map((row) => asInvitation(row, now, letters.get(row.id) ?? []));
}

function asInvitation(row: Selectable<Tables['links']>, now: number, letters: readonly Letter[]): Invitation {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: readRole(row.role) ?? 'viewer',
    caseId: row.case_id,
    schoolId: row.school_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state:
      row.used_at !== null
        ? 'used'
        : row.revoked_at !== null
          ? 'revoked'
          : row.expires_at <= now
            ? 'expired'
            : 'open',
    letters: [...letters],
  };
}
