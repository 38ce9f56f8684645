import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { LetterPreview } from '../../shared/api/letters.ts';
import type { Invitation, StudyDetail } from '../../shared/api/studies.ts';
import { invitationDraft } from '../../shared/letters/letter-text.ts';
import { ROLE_HELP, ROLE_NAMES, ROLES, type Role } from '../../shared/permissions/roles.ts';
import { InvitedAlready } from '../letters/InvitedAlready.tsx';
import { LetterFields } from '../letters/LetterFields.tsx';
import { Preview } from '../letters/Preview.tsx';
import { SendAgain } from '../letters/SendAgain.tsx';
import { UndoLine } from '../letters/UndoLine.tsx';
import { useLetter } from '../letters/use-letter.ts';
import { NoSheetNote } from '../protection/NoSheetNote.tsx';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import formStyles from '../ui/Form.module.css';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import styles from './studies.module.css';

type Sent = RouteReply<'POST /api/studies/:studyId/invitations'> & { readonly days: number };

/**
 * Invites one person by a link: a member of the team by mail at once, a school contact by a letter
 * that is written here; where no mail goes out, the link is shown once to be passed on.
 */
export function InviteDialog({ study, onClose }: { study: StudyDetail; onClose: () => void }) {
  const [sent, setSent] = useState<Sent | null>(null);
  const [known, setKnown] = useState<Invitation | null>(null);
  const [wide, setWide] = useState(false);
  if (known) return <SendAgain study={study} invitation={known} onClose={onClose} />;
  return (
    <Dialog
      title={sent ? `${whom(sent)} is invited` : 'Invite somebody'}
      onClose={onClose}
      wide={wide && !sent}
    >
      {sent ? (
        <SentInvitation study={study} sent={sent} again={() => setSent(null)} onClose={onClose} />
      ) : (
        <InviteForm study={study} sent={setSent} known={setKnown} writes={setWide} cancel={onClose} />
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
  known,
  writes,
  cancel,
}: {
  study: StudyDetail;
  sent: (reply: Sent) => void;
  /** They are invited already, and that invitation is to be sent again. */
  known: (invitation: Invitation) => void;
  /** Whether a letter is written here, which takes more room. */
  writes: (letter: boolean) => void;
  cancel: () => void;
}) {
  const [id] = useState(newId);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('fieldworker');
  const [caseId, setCaseId] = useState('');
  const [schoolId, setSchoolId] = useState('');
  const [byHand, setByHand] = useState(false);
  const [preview, setPreview] = useState<LetterPreview | null>(null);
  const [looked, setLooked] = useState(false);
  const { person } = useSession();
  const { data: session } = useRoute('GET /api/session', {});
  const goesOut = session?.mailGoesTo !== 'outbox';
  const invite = useAct('POST /api/studies/:studyId/invitations', [
    'GET /api/studies/:studyId/invitations',
    'GET /api/studies/:studyId/letters',
    'GET /api/studies/:studyId/outbox',
  ]);
  const look = useAct('POST /api/studies/:studyId/letters/preview');
  const contact = role === 'contact';
  const one = study.caseList.find((other) => other.id === caseId);
  const schools = study.schools.filter((school) => one?.schoolIds.includes(school.id));
  const school = schools.find((other) => other.id === schoolId) ?? schools[0];
  const letter = useLetter(
    invitationDraft({
      name: name.trim(),
      sender: person.name,
      studyTitle: study.title,
      schoolName: school?.name ?? '',
    }),
  );
  const { words, days } = letter;
  const wrote = contact && !(goesOut && byHand);
  const submit = async () => {
    const reply = await invite.send(
      { studyId: study.id },
      {
        id,
        name,
        email,
        role,
        caseId: contact ? caseId || null : null,
        schoolId: contact ? (school?.id ?? null) : null,
        letter: wrote ? words : null,
        days,
      },
    );
    if (reply) sent({ ...reply, days });
    else setPreview(null);
  };
  const show = async () => {
    setLooked(true);
    setPreview(await look.send({ studyId: study.id }, { ...words, days, email, name }));
  };
  const errorOf = (path: string) => invite.errorOf(path) ?? look.errorOf(path);
  const sends = goesOut ? 'Send the letter' : 'Invite';
  if (preview) {
    return (
      <Preview
        preview={preview}
        act={sends}
        pending={invite.pending}
        problem={invite.problem}
        send={() => void submit()}
        back={() => setPreview(null)}
      />
    );
  }
  return (
    <Form
      act={wrote ? sends : 'Invite'}
      pending={invite.pending || look.pending}
      problem={invite.problem ?? look.problem}
      onSubmit={submit}
      cancel={cancel}
    >
      <TextInput
        label="Name"
        autoFocus={!looked}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errorOf('name')}
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
        error={errorOf('email')}
      />
      <NativeSelect
        label="As"
        description={ROLE_HELP[role]}
        value={role}
        onChange={(event) => {
          const chosen = event.currentTarget.value as Role;
          setRole(chosen);
          writes(chosen === 'contact');
        }}
        data={ROLES.filter((other) => other !== 'contact' || study.caseList.length > 0).map((other) => ({
          value: other,
          label: ROLE_NAMES[other],
        }))}
        error={invite.errorOf('role')}
      />
      {contact && <NoSheetNote studyId={study.id} />}
      {contact && (
        <div className={formStyles.twoFields}>
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
            value={school?.id ?? ''}
            disabled={schools.length === 0}
            onChange={(event) => setSchoolId(event.currentTarget.value)}
            data={schools.map((other) => ({ value: other.id, label: other.name }))}
            error={invite.errorOf('schoolId')}
          />
        </div>
      )}
      {contact && (
        <InvitedAlready
          studyId={study.id}
          email={email}
          caseId={caseId}
          schoolId={school?.id ?? ''}
          sendAgain={known}
        />
      )}
      {contact && goesOut && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={byHand}
            onChange={(event) => setByHand(event.currentTarget.checked)}
          />
          <span>
            Send no letter: I pass the link on myself
            <small>It is shown here once, to be copied.</small>
          </span>
        </label>
      )}
      {wrote && (
        <LetterFields
          letter={letter}
          errorOf={(part) => invite.errorOf(`letter.${part}`) ?? look.errorOf(part)}
          preview={() => void show()}
          returning={looked}
        />
      )}
    </Form>
  );
}

function SentInvitation(props: { study: StudyDetail; sent: Sent; again: () => void; onClose: () => void }) {
  const { study, sent, again, onClose } = props;
  const { data: codes } = useRoute('GET /api/studies/:studyId/link-codes', { studyId: study.id });
  const letter = sent.mailed ? sent.invitation.letters[0] : undefined;
  const contact = sent.invitation.role === 'contact';
  return (
    <>
      {!letter && <p className={styles.afterSending}>{howSent(sent)}</p>}
      {letter && <UndoLine letter={letter} />}
      {sent.link ? (
        <CopyOnce
          label="The link"
          value={sent.link}
          note={`It works once, for ${contact ? sent.days : MEMBER_DAYS} days, and is shown only now. Opening it does nothing until they press the button there.${contact && codes?.asked === false ? ' The link alone opens: no code is asked for, so whoever has it comes in. Give it to nobody else.' : ''}`}
        />
      ) : (
        !letter && <p>The link was shown before. Take the invitation back and invite anew if it got lost.</p>
      )}
      <Acts>
        <Button variant="filled" data-stay onClick={onClose}>
          Done
        </Button>
        <Button onClick={again}>Invite another</Button>
      </Acts>
    </>
  );
}

/** Of a link that invites somebody to the team. */
const MEMBER_DAYS = 14;

function howSent(sent: Sent): string {
  if (sent.mailed) return `A letter with the link is on its way to ${sent.invitation.email}.`;
  const lies = sent.invitation.letters.length > 0 ? ' The whole letter lies in the outbox.' : '';
  return `Pass the link on to ${whom(sent)} yourself: no letter goes out.${lies}`;
}
