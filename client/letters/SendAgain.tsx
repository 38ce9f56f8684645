import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { LetterPreview } from '../../shared/api/letters.ts';
import type { Invitation, StudyDetail } from '../../shared/api/studies.ts';
import { invitationDraft, type LetterDraft } from '../../shared/letters/letter-text.ts';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { LetterFields } from './LetterFields.tsx';
import { Preview } from './Preview.tsx';
import { UndoLine } from './UndoLine.tsx';
import { useLetter } from './use-letter.ts';

type Sent = RouteReply<'POST /api/invitations/:invitationId/letters'>;

/** Sends the invitation of a school contact again, with a new link; begins with what was written last. */
export function SendAgain({
  study,
  invitation,
  onClose,
}: {
  study: StudyDetail;
  invitation: Invitation;
  onClose: () => void;
}) {
  const [sent, setSent] = useState<Sent | null>(null);
  const whom = invitation.name || invitation.email;
  const last = invitation.letters[0];
  return (
    <Dialog title={sent ? `To ${whom}, again` : `Send ${whom} the invitation again`} onClose={onClose} wide>
      {sent ? (
        <SentAgain sent={sent} onClose={onClose} />
      ) : last ? (
        <FromLast study={study} invitation={invitation} lastId={last.id} sent={setSent} cancel={onClose} />
      ) : (
        <FromDraft study={study} invitation={invitation} sent={setSent} cancel={onClose} />
      )}
    </Dialog>
  );
}

interface Again {
  readonly study: StudyDetail;
  readonly invitation: Invitation;
  readonly sent: (reply: Sent) => void;
  readonly cancel: () => void;
}

function FromLast({ lastId, ...again }: Again & { lastId: string }) {
  const last = useRoute('GET /api/letters/:letterId', { letterId: lastId });
  if (last.error) return <ErrorState error={last.error} retry={() => void last.refetch()} />;
  if (!last.data) return <ListSkeleton rows={3} />;
  return <AgainForm {...again} proposed={last.data} />;
}

function FromDraft(again: Again) {
  const { person } = useSession();
  const { study, invitation } = again;
  const school = study.schools.find(({ id }) => id === invitation.schoolId);
  const proposed = invitationDraft({
    name: invitation.name,
    sender: person.name,
    studyTitle: study.title,
    schoolName: school?.name ?? '',
  });
  return <AgainForm {...again} proposed={proposed} />;
}

function AgainForm({ study, invitation, sent, cancel, proposed }: Again & { proposed: LetterDraft }) {
  const [id] = useState(newId);
  const [preview, setPreview] = useState<LetterPreview | null>(null);
  const [looked, setLooked] = useState(false);
  const letter = useLetter(proposed);
  const send = useAct('POST /api/invitations/:invitationId/letters', [
    'GET /api/studies/:studyId/invitations',
    'GET /api/studies/:studyId/letters',
    'GET /api/studies/:studyId/outbox',
  ]);
  const look = useAct('POST /api/studies/:studyId/letters/preview');
  const { words, days } = letter;
  const submit = async () => {
    const reply = await send.send({ invitationId: invitation.id }, { id, ...words, days });
    if (reply) sent(reply);
  };
  const show = async () => {
    setLooked(true);
    const { email, name } = invitation;
    setPreview(await look.send({ studyId: study.id }, { ...words, days, email, name }));
  };
  if (preview) {
    return (
      <Preview
        preview={preview}
        act="Send"
        pending={send.pending}
        problem={send.problem}
        send={() => void submit()}
        back={() => setPreview(null)}
      />
    );
  }
  return (
    <Form
      act="Send"
      pending={send.pending}
      problem={send.problem ?? look.problem}
      onSubmit={() => void submit()}
      cancel={cancel}
    >
      <p>The letter has a new link. The one before works until this letter goes, and then no more.</p>
      <LetterFields
        letter={letter}
        errorOf={(part) => send.errorOf(part) ?? look.errorOf(part)}
        preview={() => void show()}
        returning={looked}
      />
    </Form>
  );
}

function SentAgain({ sent, onClose }: { sent: Sent; onClose: () => void }) {
  const letter = sent.invitation.letters[0];
  return (
    <>
      {sent.link ? (
        <CopyOnce
          label="The new link"
          value={sent.link}
          note="It works once, and is shown only now. The one before works no more. The whole letter lies in the outbox."
        />
      ) : (
        letter && <UndoLine letter={letter} />
      )}
      <Acts>
        <Button variant="filled" data-stay onClick={onClose}>
          Done
        </Button>
      </Acts>
    </>
  );
}
