import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '../../shared/api/people.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { ROLE_HELP, ROLE_NAMES, ROLES, type Role } from '../../shared/permissions/roles.ts';
import { SchoolHours } from '../letters/SchoolHours.tsx';
import { QuoteTerms } from '../quotes/QuoteTerms.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { PageHead } from '../ui/Page.tsx';
import { useAct } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { showToast } from '../ui/toast.ts';
import { Who } from '../ui/Who.tsx';
import { Invitations } from './Invitations.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { LinkCodes } from './LinkCodes.tsx';
import { StudyPage } from './StudyPage.tsx';
import styles from './studies.module.css';

export default function PeoplePage() {
  return <StudyPage title="People">{(study) => <People study={study} />}</StudyPage>;
}

function People({ study }: { study: StudyDetail }) {
  const [inviting, setInviting] = useState(false);
  const manages = study.acts.includes('manage-people');
  const team = study.members.filter((member) => member.role !== 'contact');
  const contacts = study.members.filter((member) => member.role === 'contact');
  return (
    <>
      <PageHead
        title="People"
        meta="Everybody who takes part in this study, and what they may do."
        acts={manages && <Button onClick={() => setInviting(true)}>Invite somebody</Button>}
      />
      <section className={styles.part} aria-labelledby="team">
        <h2 id="team">The team</h2>
        <MemberList study={study} members={team} manages={manages} />
      </section>
      {contacts.length > 0 && (
        <section className={styles.part} aria-labelledby="contacts">
          <h2 id="contacts">At the schools</h2>
          <MemberList study={study} members={contacts} manages={manages} />
        </section>
      )}
      {manages && <Invitations study={study} />}
      {manages && <LinkCodes study={study} />}
      {manages && <SchoolHours studyId={study.id} />}
      {manages && <QuoteTerms studyId={study.id} />}
      <section className={styles.part} aria-labelledby="roles">
        <h2 id="roles">What each may do</h2>
        <dl className={styles.roles}>
          {ROLES.map((role) => (
            <div key={role}>
              <dt>{ROLE_NAMES[role]}</dt>
              <dd>{ROLE_HELP[role]}</dd>
            </div>
          ))}
        </dl>
      </section>
      {inviting && <InviteDialog study={study} onClose={() => setInviting(false)} />}
    </>
  );
}

function MemberList({
  study,
  members,
  manages,
}: {
  study: StudyDetail;
  members: readonly Member[];
  manages: boolean;
}) {
  const [leaving, setLeaving] = useState<Member | null>(null);
  return (
    <>
      <ul className={styles.rows}>
        {members.map((member) => (
          <MemberRow
            key={member.id}
            study={study}
            member={member}
            manages={manages}
            remove={() => setLeaving(member)}
          />
        ))}
      </ul>
      {leaving && <RemoveMember study={study} member={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

const TEAM_ROLES = ROLES.filter((role) => role !== 'contact');
const CHANGED = ['GET /api/studies/:studyId', 'GET /api/cases/:caseId', 'GET /api/studies'] as const;

function MemberRow({
  study,
  member,
  manages,
  remove,
}: {
  study: StudyDetail;
  member: Member;
  manages: boolean;
  remove: () => void;
}) {
  const { person } = useSession();
  const change = useAct('PATCH /api/studies/:studyId/members/:personId', CHANGED);
  const setRole = async (role: Role) => {
    if (await change.send({ studyId: study.id, personId: member.id }, { role })) {
      showToast({ text: `${member.name} is ${ROLE_NAMES[role].toLowerCase()} now.` });
    }
  };
  const cases = member.caseIds.flatMap((id) => study.caseList.find((one) => one.id === id)?.title ?? []);
  return (
    <li>
      <div className={styles.person}>
        <Who person={member} size="l" />
        <div>
          <strong>
            {member.name}
            {member.id === person.id && ' (you)'}
          </strong>
          <p className={styles.small}>
            {member.email} · {cases.length > 0 ? cases.join(', ') : `since ${momentOf(member.since)}`}
          </p>
          {change.problem && (
            <p className={styles.fieldError} role="alert">
              {change.problem}
            </p>
          )}
        </div>
      </div>
      <div className={styles.rowActs}>
        {manages && member.role !== 'contact' ? (
          <NativeSelect
            aria-label={`Part of ${member.name}`}
            value={member.role}
            onChange={(event) => void setRole(event.currentTarget.value as Role)}
            data={TEAM_ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
          />
        ) : (
          <span className={styles.small}>{ROLE_NAMES[member.role]}</span>
        )}
        {manages && (
          <Button variant="subtle" color="red" aria-label={`Remove ${member.name}`} onClick={remove}>
            Remove
          </Button>
        )}
      </div>
    </li>
  );
}

function RemoveMember({
  study,
  member,
  onClose,
}: {
  study: StudyDetail;
  member: Member;
  onClose: () => void;
}) {
  const { person } = useSession();
  const remove = useAct('DELETE /api/studies/:studyId/members/:personId', [
    ...CHANGED,
    // a contact who speaks in quotes is nameless there from now on
    'GET /api/studies/:studyId/quotes',
    'GET /api/cases/:caseId/quotes',
    'GET /api/cases/:caseId/quote-records',
  ]);
  const submit = async () => {
    if (!(await remove.send({ studyId: study.id, personId: member.id }, {}))) return;
    onClose();
    showToast({ text: `${member.name} is no longer in this study.` });
  };
  return (
    <Confirm
      title={member.id === person.id ? 'Leave this study?' : `Remove ${member.name}?`}
      act={member.id === person.id ? 'Leave it' : 'Remove'}
      pending={remove.pending}
      problem={remove.problem}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p>
        What {member.id === person.id ? 'you' : 'they'} wrote stays
        {member.role === 'contact' &&
          ', under “A former contact”; their name and address are taken out of this study'}
        .{' '}
        {member.role === 'contact' &&
          'Who is kept among the speakers of quotes at another address, or shares this one, stays there: take their name out on the quote board. '}{' '}
        The study closes for {member.id === person.id ? 'you' : 'them'} at once, on every device.
      </p>
    </Confirm>
  );
}
