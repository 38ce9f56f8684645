import { Button, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { PasskeyDuty } from './PasskeyDuty.tsx';
import styles from './studies.module.css';

/** Title, description and due date of a study; and, for leads, the way to the bin. */
export function StudySettings({ study, onClose }: { study: StudyDetail; onClose: () => void }) {
  const [title, setTitle] = useState(study.title);
  const [description, setDescription] = useState(study.description);
  const [dueOn, setDueOn] = useState(study.dueOn ?? '');
  const [removing, setRemoving] = useState(false);
  const change = useAct('PATCH /api/studies/:studyId', ['GET /api/studies/:studyId', 'GET /api/studies']);
  const remove = useAct('DELETE /api/studies/:studyId', ['GET /api/studies', 'GET /api/bin']);
  const navigate = useNavigate();

  const submit = async () => {
    if (await change.send({ studyId: study.id }, { title, description, dueOn: dueOn || null })) onClose();
  };
  const toBin = async () => {
    if (!(await remove.send({ studyId: study.id }, {}))) return;
    void navigate({ to: '/' });
    showToast({ text: `“${study.title}” is in the bin.` });
  };
  if (removing) {
    return (
      <Confirm
        title={`Put “${study.title}” in the bin?`}
        act="Put it in the bin"
        pending={remove.pending}
        problem={remove.problem}
        onConfirm={() => void toBin()}
        onClose={() => setRemoving(false)}
      >
        <p>
          Nobody can write in its case studies then. Nothing is lost: you find it under your studies, and can
          bring it back as it was.
        </p>
      </Confirm>
    );
  }
  return (
    <Dialog title="Change the study" onClose={onClose}>
      <Form act="Save" pending={change.pending} problem={change.problem} onSubmit={submit} cancel={onClose}>
        <TextInput
          label="What is it called?"
          required
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={change.errorOf('title')}
        />
        <Textarea
          label="What is it about?"
          rows={3}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={change.errorOf('description')}
        />
        <TextInput
          type="date"
          label="When are the case studies due?"
          value={dueOn}
          onChange={(event) => setDueOn(event.currentTarget.value)}
          error={change.errorOf('dueOn')}
        />
      </Form>
      <PasskeyDuty study={study} />
      {study.acts.includes('delete-study') && (
        <div className={styles.dangerous}>
          <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
            Put the study in the bin
          </Button>
        </div>
      )}
    </Dialog>
  );
}
