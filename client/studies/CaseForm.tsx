import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { School, StudyDetail } from '../../shared/api/contract.ts';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import styles from './studies.module.css';

/** Makes a case study of one or several schools, and opens it. Schools may be added on the way. */
export function CaseForm({ study, cancel }: { study: StudyDetail; cancel: () => void }) {
  const [id] = useState(newId);
  const [title, setTitle] = useState('');
  const [schoolIds, setSchoolIds] = useState<readonly string[]>([]);
  const [authority, setAuthority] = useState(false);
  const create = useAct('POST /api/studies/:studyId/cases', [
    'GET /api/studies/:studyId',
    'GET /api/studies',
  ]);
  const navigate = useNavigate();

  const submit = async () => {
    const made = await create.send(
      { studyId: study.id },
      { id, title, schoolIds: [...schoolIds], authority: authority && schoolIds.length > 1 },
    );
    if (made) void navigate({ to: '/cases/$caseId', params: { caseId: made.id } });
  };
  const pick = (school: Pick<School, 'id'>, on: boolean) =>
    setSchoolIds((before) => [...before.filter((other) => other !== school.id), ...(on ? [school.id] : [])]);
  return (
    <Form
      act="Begin the case study"
      pending={create.pending}
      problem={create.problem}
      onSubmit={submit}
      cancel={cancel}
    >
      <TextInput
        label="Title"
        description="A working title will do; it can change."
        placeholder="Two teachers, one lesson at a time"
        required
        autoFocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={create.errorOf('title')}
      />
      <fieldset className={styles.choices} aria-describedby="case-schools-error">
        <legend>Which school is it about? Several may share one case study.</legend>
        {study.schools.map((school) => (
          <label key={school.id}>
            <input
              type="checkbox"
              checked={schoolIds.includes(school.id)}
              onChange={(event) => pick(school, event.currentTarget.checked)}
            />
            <span>
              {school.name}
              {school.place && <small> {school.place}</small>}
            </span>
          </label>
        ))}
        <NewSchool
          studyId={study.id}
          first={study.schools.length === 0}
          added={(school) => pick(school, true)}
        />
        <p id="case-schools-error" className={styles.fieldError}>
          {create.errorOf('schoolIds') && 'Choose a school, or add one.'}
        </p>
      </fieldset>
      {schoolIds.length > 1 && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={authority}
            onChange={(event) => setAuthority(event.currentTarget.checked)}
          />
          <span>
            It is about a whole authority <small>adds a summary of its schools and their diversity</small>
          </span>
        </label>
      )}
    </Form>
  );
}

function NewSchool({
  studyId,
  first,
  added,
}: {
  studyId: string;
  first: boolean;
  added: (school: School) => void;
}) {
  const [open, setOpen] = useState(first);
  const [again, setAgain] = useState(false);
  const [id, setId] = useState(newId);
  const [name, setName] = useState('');
  const [place, setPlace] = useState('');
  const create = useAct('POST /api/studies/:studyId/schools', ['GET /api/studies/:studyId']);
  const submit = async () => {
    const school = await create.send({ studyId }, { id, name, place });
    if (!school) return;
    added(school);
    setId(newId());
    setName('');
    setPlace('');
    setAgain(true);
    setOpen(false);
  };
  if (!open) {
    return (
      <Button variant="subtle" autoFocus={again} onClick={() => setOpen(true)}>
        Add another school
      </Button>
    );
  }
  // Not a form of its own: forms do not nest, so Enter is caught here.
  const onEnter = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void submit();
  };
  return (
    <div className={styles.newSchool}>
      <TextInput
        label="New school"
        placeholder="Larkfield Primary"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onEnter}
        error={create.errorOf('name') ?? create.problem}
      />
      <TextInput
        label="Place"
        placeholder="Town or authority"
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
        onKeyDown={onEnter}
        error={create.errorOf('place')}
      />
      <Button onClick={() => void submit()}>Add</Button>
    </div>
  );
}
