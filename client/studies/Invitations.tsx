import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Invitation, StudyDetail } from '../../shared/api/studies.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { EarlierInvitations } from '../letters/EarlierInvitations.tsx';
import { CallBack, LetterState, ReadLetter } from '../letters/LetterState.tsx';
import { stateWords } from '../letters/letter-words.ts';
import { SendAgain } from '../letters/SendAgain.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import styles from './studies.module.css';

/** Invitations that nobody took up yet, and those of school contacts that came to an end. */
export function Invitations({ study }: { study: StudyDetail }) {
  const list = useRoute('GET /api/studies/:studyId/invitations', { studyId: study.id });
  const revoke = useAct('DELETE /api/invitations/:invitationId', [
    'GET /api/studies/:studyId/invitations',
    'GET /api/studies/:studyId/letters',
  ]);
  const [going, setGoing] = useState<Invitation | null>(null);
  const [again, setAgain] = useState<Invitation | null>(null);
  if (list.error) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  const all = list.data?.invitations ?? [];
  const open = all.filter((one) => one.state === 'open' || one.state === 'expired');
  const over = all.filter((one) => one.role === 'contact' && !open.includes(one));
  const takeBack = async () => {
    if (going && (await revoke.send({ invitationId: going.id }, {}))) setGoing(null);
  };
  return (
    <>
      {open.length > 0 && (
        <section className={styles.part} aria-labelledby="invitations">
          <h2 id="invitations">Invited, not here yet</h2>
          <ul className={styles.rows}>
            {open.map((one) => (
              <li key={one.id}>
                <InvitationRow
                  study={study}
                  invitation={one}
                  sendAgain={() => setAgain(one)}
                  takeBack={() => setGoing(one)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {over.length > 0 && <EarlierInvitations invitations={over} />}
      {again && <SendAgain study={study} invitation={again} onClose={() => setAgain(null)} />}
      {going && (
        <Confirm
          title={`Take back the invitation of ${going.name || going.email}?`}
          act="Take it back"
          pending={revoke.pending}
          problem={revoke.problem}
          onConfirm={() => void takeBack()}
          onClose={() => setGoing(null)}
        >
          <p>
            The link stops working at once
            {going.letters.some(({ state }) => state === 'waiting') &&
              ', and the letter that waits is not sent'}
            . You can invite them again.
            {going.letters.some(({ kind }) => kind === 'information-request') &&
              ' What they were asked for stays on the page of its case until you withdraw it.'}
          </p>
        </Confirm>
      )}
    </>
  );
}

function InvitationRow({
  study,
  invitation: one,
  sendAgain,
  takeBack,
}: {
  study: StudyDetail;
  invitation: Invitation;
  sendAgain: () => void;
  takeBack: () => void;
}) {
  const whom = one.name || one.email;
  const school = study.schools.find(({ id }) => id === one.schoolId)?.name;
  const [letter] = one.letters;
  const waits = letter?.state === 'waiting' || letter?.state === 'sending';
  return (
    <>
      <div>
        <strong>{whom}</strong>
        <p className={styles.small}>
          {one.name && `${one.email} · `}
          {ROLE_NAMES[one.role]}
          {school && ` for ${school}`} · invited {momentOf(one.createdAt)}
        </p>
        {one.role === 'contact' && <p className={styles.small}>{linkWords(one)}</p>}
      </div>
      <div className={styles.rowActs}>
        {letter && <LetterState letter={letter} />}
        {!waits && one.state === 'expired' && <Chip tone="wait">Ran out {momentOf(one.expiresAt)}</Chip>}
        {one.role !== 'contact' && one.state === 'open' && (
          <span className={styles.small}>Works until {momentOf(one.expiresAt)}</span>
        )}
        {letter?.state === 'waiting' && <CallBack letter={letter} />}
        {letter && <ReadLetter letter={letter} />}
        {one.role === 'contact' && !waits && (
          <Button aria-label={`Send the invitation of ${whom} again`} onClick={sendAgain}>
            Send again
          </Button>
        )}
        {(one.state === 'open' || waits) && (
          <Button
            variant="subtle"
            color="red"
            aria-label={`Take back the invitation of ${whom}`}
            onClick={takeBack}
          >
            Take back
          </Button>
        )}
      </div>
    </>
  );
}

/** @returns how far the link of a school contact is that they have, or will have */
function linkWords({ letters, expiresAt, state }: Invitation): string {
  const [letter] = letters;
  if (!letter) {
    return state === 'open' ? `You pass the link on yourself; it works until ${momentOf(expiresAt)}.` : '';
  }
  const went = letters.find((one) => one.state === 'sent' || one.state === 'by-hand');
  const until = went && state === 'open' ? ` The link works until ${momentOf(expiresAt)}.` : '';
  if (letter.state === 'waiting') {
    const before = went ? ' Until then the link that they have works.' : '';
    return `${stateWords(letter)}; its link will work for ${letter.days} days.${before}`;
  }
  return `${stateWords(letter)}.${until}`;
}
