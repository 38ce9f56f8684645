import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { MOST_VERSION_NAME } from '../../shared/api/history.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { queries, useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';

/** Gives what the whole case is now a name, under which every section can be had again. */
export function VersionDialog({
  caseId,
  onClose,
}: {
  readonly caseId: string;
  readonly onClose: () => void;
}) {
  const [id] = useState(newId);
  const [name, setName] = useState('');
  const act = useAct('POST /api/cases/:caseId/versions');
  const submit = async () => {
    if (!(await act.send({ caseId }, { id, name }))) return;
    void queries.invalidateQueries({ queryKey: ['GET /api/blocks/:blockId/history'] });
    showToast({ text: 'Kept. It stands in the history of every section.' });
    onClose();
  };
  return (
    <Dialog title="Keep this version" onClose={onClose}>
      <Form
        act="Keep it"
        pending={act.pending}
        problem={act.problem}
        onSubmit={() => void submit()}
        cancel={onClose}
      >
        <TextInput
          label="What is it called?"
          description="Such as “Before the second visit”. What every section of the case is now can be looked at and brought back under it."
          required
          maxLength={MOST_VERSION_NAME}
          value={name}
          error={act.errorOf('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Form>
    </Dialog>
  );
}
