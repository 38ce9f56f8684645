import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import type { School } from '../../shared/api/schools.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import formStyles from '../ui/Form.module.css';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { useNamesakes } from './school-names.ts';
import styles from './studies.module.css';

/**
 * Adds the school that is typed and not added yet.
 * @returns its id; null where none is typed; false where it cannot be added yet, which is said there
 */
export type AddTyped = () => Promise<string | null | false>;

/** Which schools a case study is about; one that the study does not have yet is added on the way. */
export function SchoolChoice({
  study,
  chosen,
  choose,
  error,
  typed,
}: {
  study: StudyDetail;
  chosen: readonly string[];
  choose: (update: (before: readonly string[]) => readonly string[]) => void;
  error: string | undefined;
  /** Where whoever goes on finds it. */
  typed: RefObject<AddTyped | null>;
}) {
  const errorId = useId();
  const pick = (schoolId: string, on: boolean) =>
    choose((before) => [...before.filter((other) => other !== schoolId), ...(on ? [schoolId] : [])]);
  return (
    <fieldset className={`${formStyles.choices} ${styles.schoolChoice}`} aria-describedby={errorId}>
      <legend>Which school is it about? Several may share one case study.</legend>
      {study.schools.map((school) => (
        <label key={school.id}>
          <input
            type="checkbox"
            checked={chosen.includes(school.id)}
            onChange={(event) => pick(school.id, event.currentTarget.checked)}
          />
          <span>
            {school.name}
            {school.place && <small> {school.place}</small>}
          </span>
        </label>
      ))}
      <NewSchool
        study={study}
        first={study.schools.length === 0}
        added={(school) => pick(school.id, true)}
        typed={typed}
      />
      <p id={errorId} className={styles.fieldError}>
        {error && (chosen.length === 0 ? 'Choose a school, or add one.' : error)}
      </p>
    </fieldset>
  );
}

function NewSchool({
  study,
  first,
  added,
  typed,
}: {
  study: StudyDetail;
  first: boolean;
  added: (school: School) => void;
  typed: RefObject<AddTyped | null>;
}) {
  const [open, setOpen] = useState(first);
  const [again, setAgain] = useState(false);
  const [id, setId] = useState(newId);
  const [name, setName] = useState('');
  const [place, setPlace] = useState('');
  const create = useAct('POST /api/studies/:studyId/schools', ['GET /api/studies/:studyId']);
  const named = useNamesakes({ id, name, place }, study.schools);
  const submit = async (): Promise<string | false> => {
    if (!named.agree()) return false;
    const sameName = named.here !== null;
    const school = await create.send({ studyId: study.id }, { id, name, place, sameName });
    if (!school) return false;
    added(school);
    setId(newId());
    setName('');
    setPlace('');
    setAgain(true);
    setOpen(false);
    return school.id;
  };
  useEffect(() => {
    typed.current = async () => (open && name.trim() !== '' ? submit() : null);
  });
  if (!open) {
    return (
      <Button variant="subtle" autoFocus={again} onClick={() => setOpen(true)}>
        Add another school
      </Button>
    );
  }
  // Not a form of its own: forms do not nest, so Enter is caught here.
  const onEnter = (event: KeyboardEvent) => {
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
        error={named.here?.placeError ?? create.errorOf('place')}
      />
      <Button onClick={() => void submit()}>Add</Button>
      <p role="status" className={styles.namesakes}>
        {named.here?.words}
      </p>
    </div>
  );
}
