import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Invitation, StudyDetail } from '../../shared/api/contract.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { Chip } from '../ui/Chip.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import styles from './studies.module.css';

/** Invitations that nobody took up yet; draws nothing where there are none. */
export function Invitations({ study }: { study: StudyDetail }) {
  const list = useRoute('GET /api/studies/:studyId/invitations', { studyId: study.id });
  const revoke = useAct('DELETE /api/invitations/:invitationId', ['GET /api/studies/:studyId/invitations']);
  const [going, setGoing] = useState<Invitation | null>(null);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  const open = (list.data?.invitations ?? []).filter(
    (one) => one.state === 'open' || one.state === 'expired',
  );
  if (open.length === 0) return null;
  const takeBack = async () => {
    if (going && (await revoke.send({ invitationId: going.id }, {}))) setGoing(null);
  };
  const schoolOf = (one: Invitation) =>
    study.schools.find((school) => school.id === one.schoolId)?.name ?? '';
  return (
    <section className={styles.part} aria-labelledby="invitations">
      <h2 id="invitations">Invited, not here yet</h2>
      <ul className={styles.rows}>
        {open.map((one) => (
          <li key={one.id}>
            <div>
              <strong>{one.name || one.email}</strong>
              <p className={styles.small}>
                {one.name && `${one.email} · `}
                {ROLE_NAMES[one.role]}
                {schoolOf(one) && ` for ${schoolOf(one)}`} · invited {momentOf(one.createdAt)}
              </p>
            </div>
            <div className={styles.rowActs}>
              {one.state === 'expired' ? (
                <Chip tone="wait">Ran out {momentOf(one.expiresAt)}</Chip>
              ) : (
                <span className={styles.small}>Works until {momentOf(one.expiresAt)}</span>
              )}
              {one.state === 'open' && (
                <Button
                  variant="subtle"
                  color="red"
                  aria-label={`Take back the invitation of ${one.name || one.email}`}
                  onClick={() => setGoing(one)}
                >
                  Take back
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {going && (
        <Confirm
          title={`Take back the invitation of ${going.name || going.email}?`}
          act="Take it back"
          pending={revoke.pending}
          problem={revoke.problem}
          onConfirm={() => void takeBack()}
          onClose={() => setGoing(null)}
        >
          <p>The link stops working at once. You can invite them again.</p>
        </Confirm>
      )}
    </section>
  );
}
