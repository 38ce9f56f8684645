import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { askingLetter } from '../../shared/information/letter-draft.ts';
import { NOTE_LIMIT, usualDueOn } from '../../shared/information/request.ts';
import { FIXED_WORDS } from '../../shared/permissions/sharing.ts';
import { useLetter } from '../letters/use-letter.ts';
import { NoSheetNote } from '../protection/NoSheetNote.tsx';
import type { SharingGrid } from '../sharing/sharing-grid.ts';
import { sectionName } from '../sharing/sharing-words.ts';
import formStyles from '../ui/Form.module.css';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { useSession } from '../ui/session.tsx';
import { dayTooEarly, planWords } from './asking-day.ts';
import { askableOf, askablePeople, nextSchool, SOMEBODY_NEW, wantedSections } from './asking-draft.ts';
import { FoldedLetter } from './FoldedLetter.tsx';
import styles from './information.module.css';
import { longDay, todayHere } from './request-words.ts';
import { CHANGED_BY_ASKING } from './use-information.ts';
import { useLetterPlan } from './use-letter-plan.ts';
import { WhatTheySee } from './WhatTheySee.tsx';

export type Made = RouteReply<'POST /api/cases/:caseId/information'>;

/** Whom to ask, for what and until when; the invitation, the sharing and the letter are part of it. */
export function AskForm(props: {
  readonly detail: CaseDetail;
  readonly grid: SharingGrid;
  readonly framework: Framework;
  readonly requests: readonly InformationRequest[];
  readonly schoolId: string | null;
  readonly onMade: (made: Made) => void;
  readonly onCancel: () => void;
}) {
  const { detail, grid, framework, requests } = props;
  const { person: me } = useSession();
  const mayInvite = detail.acts.includes('manage-people');
  const [id] = useState(newId);
  const [today] = useState(todayHere);
  const [school, setSchool] = useState(() => props.schoolId ?? nextSchool(detail.schools, requests));
  const [whom, setWhom] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [knownEmail, setKnownEmail] = useState('');
  const [picked, setPicked] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [visitOn, setVisitOn] = useState('');
  const [chosenDay, setChosenDay] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const ask = useAct('POST /api/cases/:caseId/information', CHANGED_BY_ASKING);

  const people = askablePeople(grid, school, requests);
  const free = people.filter(({ asked }) => !asked);
  const choice = whom ?? free[0]?.person.id ?? (mayInvite ? SOMEBODY_NEW : '');
  const person = people.find((one) => one.person.id === choice)?.person ?? null;
  const isNew = choice === SOMEBODY_NEW;
  const askable = askableOf(grid, framework, school);
  const chosen = askable
    .filter(({ section, usual }) => picked.get(section.sectionId) ?? usual)
    .map(({ section }) => section);
  const hours = useState(false);
  const { plan, problem: never } = useLetterPlan(
    detail.id,
    school === '' || choice === ''
      ? null
      : { schoolId: school, anyHour: hours[0], ...(isNew ? { email: knownEmail } : { personId: choice }) },
  );
  // From the day on which the letter goes: before it, nobody could answer.
  const soonest = plan?.dueDay != null && plan.dueDay > today ? plan.dueDay : today;
  const dueOn = chosenDay ?? usualDueOn(soonest, visitOn || null);
  const schoolName = detail.schools.find((one) => one.id === school)?.name ?? 'the school';
  const called = isNew ? name.trim() : (person?.name ?? '');
  const letter = useLetter(
    askingLetter({
      name: called,
      sender: me.name,
      studyTitle: detail.study.title,
      schoolName,
      sections: chosen.map(({ title }) => title),
      due: longDay(dueOn),
      visit: visitOn === '' ? null : longDay(visitOn),
      note,
    }),
    hours,
  );
  const address = isNew ? email : (detail.people.find((one) => one.id === choice)?.email ?? '');
  const past = dayTooEarly(dueOn, today, soonest);
  const submit = async () => {
    if (past) return;
    const made = await ask.send(
      { caseId: detail.id },
      {
        id,
        schoolId: school,
        personId: isNew ? null : choice || null,
        invite: isNew ? { name, email } : null,
        sections: wantedSections(grid, chosen, isNew ? null : person),
        dueOn,
        visitOn: visitOn || null,
        note,
        letter: letter.words,
        days: letter.days,
      },
    );
    if (made) props.onMade(made);
  };
  return (
    <Form
      act={called === '' ? 'Ask' : `Ask ${called}`}
      pending={ask.pending}
      problem={ask.problem}
      onSubmit={submit}
      cancel={props.onCancel}
    >
      {detail.schools.length > 1 && (
        <NativeSelect
          label="About which school?"
          value={school}
          onChange={(event) => {
            setSchool(event.currentTarget.value);
            setWhom(null);
          }}
          data={detail.schools.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <NativeSelect
        label="Whom do you ask?"
        description={mayInvite || people.length > 0 ? undefined : NOBODY}
        value={choice}
        onChange={(event) => setWhom(event.currentTarget.value)}
        data={[
          ...(choice === '' ? [{ value: '', label: 'Nobody at the school takes part yet' }] : []),
          ...people.map(({ person: one, asked }) => ({
            value: one.id,
            label: asked ? `${one.name} (asked already)` : one.name,
            disabled: asked,
          })),
          ...(mayInvite ? [{ value: SOMEBODY_NEW, label: 'Somebody new, by invitation' }] : []),
        ]}
        error={ask.errorOf('personId')}
      />
      {isNew && (
        <>
          <div className={formStyles.twoFields}>
            <TextInput
              label="Name"
              description="As the letter greets them."
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={ask.errorOf('invite.name')}
            />
            <TextInput
              label="E-mail address"
              description="Their own, not the office’s."
              type="email"
              inputMode="email"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              onBlur={() => setKnownEmail(email.trim())}
              error={ask.errorOf('invite.email')}
            />
          </div>
          <NoSheetNote studyId={detail.studyId} />
        </>
      )}
      <fieldset className={formStyles.choices}>
        <legend>What do you ask for?</legend>
        {askable.map(({ section, usual }) => {
          const fixed = person ? grid.cell(person, section).rule.fixed : null;
          return (
            <label key={section.blockId}>
              <input
                type="checkbox"
                disabled={fixed !== null}
                checked={fixed === null && (picked.get(section.sectionId) ?? usual)}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  setPicked((before) => new Map(before).set(section.sectionId, on));
                }}
              />
              <span>
                {sectionName(section, [])}
                {fixed !== null && <small> {FIXED_WORDS[fixed]}</small>}
              </span>
            </label>
          );
        })}
        {ask.errorOf('sections') && <p className={styles.fieldError}>{ask.errorOf('sections')}</p>}
      </fieldset>
      <div className={formStyles.twoFields}>
        <TextInput
          type="date"
          label="Until when?"
          description="It stays open after that day."
          required
          min={soonest}
          value={dueOn}
          onChange={(event) => setChosenDay(event.currentTarget.value || null)}
          error={past ?? ask.errorOf('dueOn')}
        />
        <TextInput
          type="date"
          label="Day of the visit"
          description="If you know it."
          min={today}
          value={visitOn}
          onChange={(event) => setVisitOn(event.currentTarget.value)}
          error={ask.errorOf('visitOn')}
        />
      </div>
      {never !== null ? (
        <p className={styles.fieldError} role="alert">
          {never}
        </p>
      ) : (
        plan?.dueAt != null && <p className={styles.small}>{planWords(plan)}</p>
      )}
      <Textarea
        label="A word from you"
        description="Stands in the letter and on their page. You can leave it out."
        autosize
        minRows={2}
        maxLength={NOTE_LIMIT}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={ask.errorOf('note')}
      />
      <FoldedLetter
        letter={letter}
        study={detail.study}
        mayPreview={mayInvite}
        to={{ name: called, email: address }}
        errorOf={(part) => ask.errorOf(`letter.${part}`)}
      />
      <WhatTheySee
        grid={grid}
        name={called === '' ? 'the school' : called}
        person={isNew ? null : person}
        chosen={chosen}
        usual={askable.map(({ section }) => section)}
      />
    </Form>
  );
}

const NOBODY = 'The lead of the study invites people at schools.';
