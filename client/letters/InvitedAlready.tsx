import { Button } from '@mantine/core';
import type { Invitation } from '../../shared/api/studies.ts';
import { momentOf } from '../ui/dates.ts';
import { useRoute } from '../ui/query.ts';
import styles from './letters.module.css';

/** Says that somebody was invited before, for the same case and school; draws nothing where they were not. */
export function InvitedAlready({
  studyId,
  email,
  caseId,
  schoolId,
  sendAgain,
}: {
  studyId: string;
  email: string;
  caseId: string;
  schoolId: string;
  sendAgain: (invitation: Invitation) => void;
}) {
  const { data } = useRoute('GET /api/studies/:studyId/invitations', { studyId });
  const address = email.trim().toLowerCase();
  const known = data?.invitations.find(
    (one) =>
      one.role === 'contact' &&
      one.email === address &&
      one.caseId === caseId &&
      one.schoolId === schoolId &&
      (one.state === 'open' || one.state === 'expired'),
  );
  if (!known || address === '') return null;
  return (
    <div className={styles.known} role="status">
      <p>
        {known.name || known.email} was invited for this {momentOf(known.createdAt)}. Nobody needs two
        invitations: send that one again, with a new link.
      </p>
      <Button onClick={() => sendAgain(known)}>Send it again</Button>
    </div>
  );
}
