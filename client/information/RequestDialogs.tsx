import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import { listed, remindingLetter } from '../../shared/information/letter-draft.ts';
import { useLetter } from '../letters/use-letter.ts';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { MadeRequest } from './AskDialog.tsx';
import type { Made } from './AskForm.tsx';
import { dayTooEarly, isOverByThen } from './asking-day.ts';
import { FoldedLetter } from './FoldedLetter.tsx';
import type { RequestAct } from './RequestCard.tsx';
import { dayHere, longDay, todayHere } from './request-words.ts';
import { CHANGED_BY_ASKING } from './use-information.ts';
import { useLetterPlan } from './use-letter-plan.ts';

interface DialogProps {
  readonly request: InformationRequest;
  readonly detail: CaseDetail;
  readonly onClose: () => void;
}

/** What can be done with a request: remind, another day, close, withdraw. */
export default function RequestDialog({ act, ...props }: DialogProps & { readonly act: RequestAct }) {
  switch (act) {
    case 'remind':
      return <RemindDialog {...props} />;
    case 'day':
      return <DayDialog {...props} />;
    case 'close':
      return <CloseDialog {...props} />;
    case 'withdraw':
      return <WithdrawDialog {...props} />;
    default:
      return act satisfies never;
  }
}

function RemindDialog({ request, detail, onClose }: DialogProps) {
  const { person: me } = useSession();
  const [id] = useState(newId);
  const [made, setMade] = useState<Made | null>(null);
  const act = useAct('POST /api/cases/:caseId/information/:requestId/remind', CHANGED_BY_ASKING);
  const hours = useState(false);
  const { id: personId } = request.person;
  const { plan } = useLetterPlan(
    detail.id,
    personId === null ? null : { schoolId: request.schoolId, personId, anyHour: hours[0] },
  );
  const letter = useLetter(
    remindingLetter({
      name: request.person.name,
      sender: me.name,
      studyTitle: detail.study.title,
      schoolName: detail.schools.find((school) => school.id === request.schoolId)?.name ?? 'your school',
      sections: request.sections.map(({ title }) => title.replace(/^[\d.]+ /, '')),
      due: longDay(request.dueOn),
      past: isOverByThen(request.dueOn, plan),
    }),
    hours,
  );
  const submit = async () => {
    const reply = await act.send(
      { caseId: detail.id, requestId: request.id },
      { id, letter: letter.words, days: letter.days },
    );
    if (!reply) return;
    if (reply.link === '') onClose();
    else setMade(reply);
  };
  if (made) return <MadeRequest made={made} onClose={onClose} />;
  return (
    <Dialog title={`Remind ${request.person.name}`} onClose={onClose} wide>
      <Form act="Remind" pending={act.pending} problem={act.problem} onSubmit={submit} cancel={onClose}>
        <p>
          One letter goes to {request.person.name}, at most one a week. What they have written is kept, and
          the link in it leads to their page.
        </p>
        <FoldedLetter
          letter={letter}
          study={detail.study}
          mayPreview={detail.acts.includes('manage-people')}
          to={{
            name: request.person.name,
            email: detail.people.find(({ id: one }) => one === request.person.id)?.email ?? '',
          }}
          errorOf={(part) => act.errorOf(`letter.${part}`)}
        />
      </Form>
    </Dialog>
  );
}

function DayDialog({ request, detail, onClose }: DialogProps) {
  const [dueOn, setDueOn] = useState(request.dueOn);
  const today = todayHere();
  const { letter } = request;
  // The letter that asks waits: who is asked by it can do nothing before it goes.
  const goes = letter?.state === 'waiting' && request.reminders === 0 ? dayHere(letter.dueAt) : today;
  const soonest = goes > today ? goes : today;
  const past = dueOn === request.dueOn ? undefined : dayTooEarly(dueOn, today, soonest);
  const act = useAct('PATCH /api/cases/:caseId/information/:requestId', CHANGED_BY_ASKING);
  const submit = async () => {
    if (past) return;
    if (await act.send({ caseId: detail.id, requestId: request.id }, { dueOn })) onClose();
  };
  return (
    <Dialog title="Another day" onClose={onClose}>
      <Form
        act="Change the day"
        pending={act.pending}
        problem={act.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <TextInput
          type="date"
          label={`Until when is ${request.person.name} asked?`}
          description="Their page says it at once. No letter goes out."
          min={soonest}
          value={dueOn}
          onChange={(event) => setDueOn(event.currentTarget.value)}
          error={past ?? act.errorOf('dueOn')}
        />
      </Form>
    </Dialog>
  );
}

function CloseDialog({ request, detail, onClose }: DialogProps) {
  const act = useAct('POST /api/cases/:caseId/information/:requestId/close', CHANGED_BY_ASKING);
  const titles = listed(request.sections.filter(({ fillsIn }) => fillsIn).map(({ title }) => title));
  return (
    <Confirm
      title="Close what was asked?"
      act="Close it"
      danger={false}
      pending={act.pending}
      problem={act.problem}
      onConfirm={async () => {
        if (await act.send({ caseId: detail.id, requestId: request.id }, {})) onClose();
      }}
      onClose={onClose}
    >
      <p>
        Their page thanks {request.person.name} and says that you have what you need.{' '}
        {titles !== '' && `From then on they read ${titles} and no longer fill it in. `}
        You can ask again, or open a section for them under Sharing.
      </p>
    </Confirm>
  );
}

function WithdrawDialog({ request, detail, onClose }: DialogProps) {
  const act = useAct('POST /api/cases/:caseId/information/:requestId/withdraw', CHANGED_BY_ASKING);
  const invited = request.state === 'invited';
  return (
    <Confirm
      title="Withdraw what was asked?"
      act="Withdraw"
      pending={act.pending}
      problem={act.problem}
      onConfirm={async () => {
        if (await act.send({ caseId: detail.id, requestId: request.id }, {})) onClose();
      }}
      onClose={onClose}
    >
      <p>
        {invited
          ? withdrawsInvitation(request, detail.acts.includes('manage-people'))
          : `It goes from the page of ${request.person.name}, and what was opened to them for it is set back. What they fill in as any contact of the school, they still can; what they wrote stays.`}
      </p>
    </Confirm>
  );
}

/** @returns what becomes of the invitation of somebody who did not come in yet */
function withdrawsInvitation({ person, ownInvitation }: InformationRequest, mayInvite: boolean): string {
  const letter = 'A letter about this that waits is not sent.';
  if (!ownInvitation) return `${person.name} stays invited, as they were before this was asked. ${letter}`;
  if (mayInvite) return `The invitation of ${person.name} ends with it: the link no longer works. ${letter}`;
  return `${person.name} stays invited to speak for the school: the lead can take that back under People. ${letter}`;
}
