import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { School } from '../../shared/api/schools.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { PageHead } from '../ui/Page.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { StudyPage } from './StudyPage.tsx';
import { type Namesakes, useNamesakes } from './school-names.ts';
import styles from './studies.module.css';
import { capital, counted } from './study-words.ts';

export default function SchoolsPage() {
  return <StudyPage title="Schools">{(study) => <Schools study={study} />}</StudyPage>;
}

type Open = { readonly kind: 'add' } | { readonly kind: 'change' | 'remove'; readonly school: School };

function Schools({ study }: { study: StudyDetail }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const manages = study.acts.includes('manage-schools');
  const casesOf = (school: School) =>
    study.caseList.filter((one) => one.schoolIds.includes(school.id)).length;
  return (
    <>
      <PageHead
        title="Schools"
        meta={study.schools.length > 0 && capital(counted(study.schools.length, 'school'))}
        acts={manages && <Button onClick={() => setOpen({ kind: 'add' })}>Add a school</Button>}
      />
      {study.schools.length === 0 ? (
        <EmptyState title="No schools yet">
          Add the schools that the study goes to; a case study then tells of one or several of them.
        </EmptyState>
      ) : (
        <ul className={styles.rows}>
          {study.schools.map((school) => (
            <li key={school.id}>
              <div>
                <strong>{school.name}</strong>
                <p className={styles.small}>
                  {school.place && `${school.place} · `}
                  {casesOf(school) === 0
                    ? 'In no case study yet'
                    : `In ${counted(casesOf(school), 'case study', 'case studies')}`}
                </p>
              </div>
              {manages && (
                <div className={styles.rowActs}>
                  <Button
                    variant="subtle"
                    aria-label={`Change ${school.name}`}
                    onClick={() => setOpen({ kind: 'change', school })}
                  >
                    Change
                  </Button>
                  {casesOf(school) === 0 && (
                    <Button
                      variant="subtle"
                      color="red"
                      aria-label={`Put ${school.name} in the bin`}
                      onClick={() => setOpen({ kind: 'remove', school })}
                    >
                      Bin
                    </Button>
                  )}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {open?.kind === 'add' && <AddSchool study={study} onClose={close} />}
      {open?.kind === 'change' && <ChangeSchool study={study} school={open.school} onClose={close} />}
      {open?.kind === 'remove' && <RemoveSchool school={open.school} onClose={close} />}
    </>
  );
}

const CHANGED = ['GET /api/studies/:studyId', 'GET /api/cases/:caseId'] as const;

function AddSchool({ study, onClose }: { study: StudyDetail; onClose: () => void }) {
  const [id] = useState(newId);
  const [name, setName] = useState('');
  const [place, setPlace] = useState('');
  const add = useAct('POST /api/studies/:studyId/schools', CHANGED);
  const named = useNamesakes({ id, name, place }, study.schools);
  const submit = async () => {
    if (!named.agree()) return;
    const sameName = named.here !== null;
    if (await add.send({ studyId: study.id }, { id, name, place, sameName })) onClose();
  };
  return (
    <Dialog title="Add a school" onClose={onClose}>
      <Form
        act={named.here ? 'Add another of this name' : 'Add'}
        pending={add.pending}
        problem={add.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <SchoolFields
          name={name}
          setName={setName}
          place={place}
          setPlace={setPlace}
          namesakes={named.here}
          errorOf={add.errorOf}
        />
      </Form>
    </Dialog>
  );
}

function ChangeSchool(props: { study: StudyDetail; school: School; onClose: () => void }) {
  const { study, school, onClose } = props;
  const [name, setName] = useState(school.name);
  const [place, setPlace] = useState(school.place);
  const change = useAct('PATCH /api/schools/:schoolId', CHANGED);
  const named = useNamesakes({ id: school.id, name, place }, study.schools);
  const submit = async () => {
    if (!named.agree()) return;
    const sameName = named.here !== null;
    if (await change.send({ schoolId: school.id }, { name, place, sameName })) onClose();
  };
  return (
    <Dialog title={`Change ${school.name}`} onClose={onClose}>
      <Form act="Save" pending={change.pending} problem={change.problem} onSubmit={submit} cancel={onClose}>
        <SchoolFields
          name={name}
          setName={setName}
          place={place}
          setPlace={setPlace}
          namesakes={named.here}
          errorOf={change.errorOf}
        />
      </Form>
    </Dialog>
  );
}

function SchoolFields(props: {
  name: string;
  setName: (name: string) => void;
  place: string;
  setPlace: (place: string) => void;
  namesakes: Namesakes | null;
  errorOf: (path: string) => string | undefined;
}) {
  return (
    <>
      <TextInput
        label="Name"
        required
        autoFocus
        value={props.name}
        onChange={(event) => props.setName(event.currentTarget.value)}
        error={props.errorOf('name')}
      />
      <p role="status" className={styles.namesakes}>
        {props.namesakes?.words}
      </p>
      <TextInput
        label="Place"
        description="Town or authority, so that two of the same name are told apart."
        value={props.place}
        onChange={(event) => props.setPlace(event.currentTarget.value)}
        error={props.namesakes?.placeError ?? props.errorOf('place')}
      />
    </>
  );
}

function RemoveSchool({ school, onClose }: { school: School; onClose: () => void }) {
  const remove = useAct('DELETE /api/schools/:schoolId', [...CHANGED, 'GET /api/studies/:studyId/bin']);
  const submit = async () => {
    if (!(await remove.send({ schoolId: school.id }, {}))) return;
    onClose();
    showToast({ text: `${school.name} is in the bin.` });
  };
  return (
    <Confirm
      title={`Put ${school.name} in the bin?`}
      act="Put it in the bin"
      pending={remove.pending}
      problem={remove.problem}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p>A lead of the study can bring it back.</p>
    </Confirm>
  );
}
