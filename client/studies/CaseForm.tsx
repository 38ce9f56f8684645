import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { type AddTyped, SchoolChoice } from './SchoolChoice.tsx';
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

  const typed = useRef<AddTyped | null>(null);

  const submit = async () => {
    // One that is typed is meant, whether "Add" was pressed or not.
    const added = (await typed.current?.()) ?? null;
    if (added === false) return;
    const schools = added === null ? schoolIds : [...schoolIds.filter((other) => other !== added), added];
    const made = await create.send(
      { studyId: study.id },
      { id, title, schoolIds: [...schools], authority: authority && schools.length > 1 },
    );
    if (made) void navigate({ to: '/cases/$caseId', params: { caseId: made.id } });
  };
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
      <SchoolChoice
        study={study}
        chosen={schoolIds}
        choose={setSchoolIds}
        error={create.errorOf('schoolIds')}
        typed={typed}
      />
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
