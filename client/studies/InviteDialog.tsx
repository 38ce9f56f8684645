import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RouteReply, StudyDetail } from '../../shared/api/contract.ts';
import { ROLE_HELP, ROLE_NAMES, ROLES, type Role } from '../../shared/permissions/roles.ts';
import { NoSheetNote } from '../protection/NoSheetNote.tsx';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import styles from './studies.module.css';

type Sent = RouteReply<'POST /api/studies/:studyId/invitations'>;

/** Invites one person by a link: mailed where mail goes out, and shown once to be passed on. */
export function InviteDialog({ study, onClose }: { study: StudyDetail; onClose: () => void }) {
  const [sent, setSent] = useState<Sent | null>(null);
  return (
    <Dialog title={sent ? `${whom(sent)} is invited` : 'Invite somebody'} onClose={onClose}>
      {sent ? (
        <SentInvitation sent={sent} again={() => setSent(null)} onClose={onClose} />
      ) : (
        <InviteForm study={study} sent={setSent} cancel={onClose} />
      )}
    </Dialog>
  );
}

function whom(sent: Sent): string {
  return sent.invitation.name || sent.invitation.email;
}

function InviteForm({
  study,
  sent,
  cancel,
}: {
  study: StudyDetail;
  sent: (reply: Sent) => void;
  cancel: () => void;
}) {
  const [id] = useState(newId);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('fieldworker');
  const [caseId, setCaseId] = useState('');
  const [schoolId, setSchoolId] = useState('');
  const invite = useAct('POST /api/studies/:studyId/invitations', [
    'GET /api/studies/:studyId/invitations',
    'GET /api/studies/:studyId/outbox',
  ]);
  const contact = role === 'contact';
  const one = study.caseList.find((other) => other.id === caseId);
  const schools = study.schools.filter((school) => one?.schoolIds.includes(school.id));
  const school = schools.some((other) => other.id === schoolId) ? schoolId : (schools[0]?.id ?? '');
  const submit = async () => {
    const reply = await invite.send(
      { studyId: study.id },
      {
        id,
        name,
        email,
        role,
        caseId: contact ? caseId || null : null,
        schoolId: contact ? school || null : null,
      },
    );
    if (reply) sent(reply);
  };
  return (
    <Form act="Invite" pending={invite.pending} problem={invite.problem} onSubmit={submit} cancel={cancel}>
      <TextInput
        label="Name"
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={invite.errorOf('name')}
      />
      <TextInput
        label="E-mail address"
        description={
          contact
            ? 'Their own, not the office’s: the link is for one person.'
            : 'They sign in with it from then on.'
        }
        type="email"
        inputMode="email"
        required
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={invite.errorOf('email')}
      />
      <NativeSelect
        label="As"
        description={ROLE_HELP[role]}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        data={ROLES.filter((other) => other !== 'contact' || study.caseList.length > 0).map((other) => ({
          value: other,
          label: ROLE_NAMES[other],
        }))}
        error={invite.errorOf('role')}
      />
      {contact && <NoSheetNote studyId={study.id} />}
      {contact && (
        <div className={styles.twoFields}>
          <NativeSelect
            label="For the case study"
            value={caseId}
            onChange={(event) => setCaseId(event.currentTarget.value)}
            data={[
              { value: '', label: 'Choose …' },
              ...study.caseList.map((other) => ({ value: other.id, label: other.title })),
            ]}
            error={invite.errorOf('caseId')}
          />
          <NativeSelect
            label="Speaks for"
            value={school}
            disabled={schools.length === 0}
            onChange={(event) => setSchoolId(event.currentTarget.value)}
            data={schools.map((other) => ({ value: other.id, label: other.name }))}
            error={invite.errorOf('schoolId')}
          />
        </div>
      )}
    </Form>
  );
}

function SentInvitation({ sent, again, onClose }: { sent: Sent; again: () => void; onClose: () => void }) {
  return (
    <>
      <p className={styles.afterSending}>
        {sent.mailed
          ? `A letter with the link is on its way to ${sent.invitation.email}.`
          : `No mail goes out from here, so pass the link on to ${whom(sent)} yourself.`}
      </p>
      {sent.link ? (
        <CopyOnce
          label="The link"
          value={sent.link}
          note="It works once, for two weeks, and is shown only now. Opening it does nothing until they press the button there."
        />
      ) : (
        <p>The link was shown before. Take the invitation back and invite anew if it got lost.</p>
      )}
      <Acts>
        <Button variant="filled" onClick={onClose}>
          Done
        </Button>
        <Button onClick={again}>Invite another</Button>
      </Acts>
    </>
  );
}
