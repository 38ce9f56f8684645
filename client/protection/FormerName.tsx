import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { HeldPerson } from '../../shared/api/protection.ts';
import { HOLDS_OWN_NAME, holdsOwnName } from '../../shared/protection/former-name.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import styles from './sheet.module.css';

/** What the study calls somebody who has left it, wherever their name would stand. */
export function FormerName({
  studyId,
  person,
  onClose,
}: {
  studyId: string;
  person: HeldPerson;
  onClose: () => void;
}) {
  const [name, setName] = useState(person.called ?? 'A former member of the team');
  const set = useAct('PUT /api/studies/:studyId/former/:personId', [
    'GET /api/studies/:studyId/held',
    'GET /api/studies/:studyId',
    'GET /api/studies/:studyId/invitations',
    'GET /api/studies/:studyId/audit',
    'GET /api/cases/:caseId',
    'GET /api/cases/:caseId/sharing',
  ]);
  const [refused, setRefused] = useState(false);
  const submit = async (to: string | null) => {
    const tells = to !== null && holdsOwnName(to, person.name);
    setRefused(tells);
    if (tells) return;
    if (!(await set.send({ studyId, personId: person.id }, { name: to }))) return;
    onClose();
    showToast({ text: `${person.name} is called “${to ?? person.name}” in this study now.` });
  };
  return (
    <Dialog title={`What the study calls ${person.name}`} onClose={onClose}>
      <Form
        act="Call them so"
        pending={set.pending}
        problem={set.problem}
        onSubmit={() => void submit(name)}
        cancel={onClose}
      >
        <p className={styles.dialogWords}>
          What they wrote and did stays, under this name. Their own name and address go from this study’s
          invitations and from its outbox, and do not come back there.
        </p>
        <TextInput
          label="Name"
          description="Such as “A former contact”; it must not tell who they are."
          required
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
            setRefused(false);
          }}
          error={refused ? HOLDS_OWN_NAME : set.errorOf('name')}
        />
        {person.called !== null && (
          <p>
            <button type="button" className={styles.inTextButton} onClick={() => void submit(null)}>
              Call them {person.name} again
            </button>
          </p>
        )}
      </Form>
    </Dialog>
  );
}
