import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openStudy } from './study-gate.ts';

/** Mails listed at once; older ones stay on disk. */
const LISTED = 500;

/** Mails that went to the outbox for want of a mail server, for the lead to pass on. */
export function outboxRoutes(parts: Parts): Routes {
  const { records } = parts;
  return {
    'GET /api/studies/:studyId/outbox': async (call) => {
      const { personId } = signedIn(call);
      const { studyId } = call.params;
      await openStudy(records.read, personId, studyId, 'see-outbox');
      const rows = await records.read
        .selectFrom('outbox')
        .selectAll()
        .where((eb) =>
          eb.or([
            eb('study_id', '=', studyId),
            eb.and([
              eb('kind', '=', 'sign-in'),
              eb(
                'to_address',
                'in',
                eb
                  .selectFrom('members')
                  .innerJoin('user', 'user.id', 'members.user_id')
                  .select('user.email')
                  .where('members.study_id', '=', studyId),
              ),
            ]),
          ]),
        )
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(LISTED)
        .execute();
      return {
        mails: rows.map((row) => ({
          id: row.id,
          to: row.to_address,
          subject: row.subject,
          // a sign-in code is for the person it is addressed to, not for the lead
          text: row.kind === 'sign-in' ? '' : row.text,
          file: row.file,
          at: row.at,
        })),
      };
    },
  };
}
