import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApiToken } from '../../shared/api/account.ts';
import type { StudySummary } from '../../shared/api/studies.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';

/** Makes a token, as narrow as its maker does not say otherwise. */
export function TokenDialog({
  studies,
  onMade,
  onClose,
}: {
  studies: readonly StudySummary[];
  onMade: (made: { readonly name: string; readonly token: string }) => void;
  onClose: () => void;
}) {
  const create = useAct('POST /api/tokens', ['GET /api/tokens']);
  const [id] = useState(newId);
  const [name, setName] = useState('');
  const [reach, setReach] = useState<ApiToken['reach']>('reads');
  const [studyId, setStudyId] = useState('');
  const [days, setDays] = useState('90');
  const submit = async () => {
    const wanted = { id, name, reach, studyId: studyId || null, days: days === '' ? null : Number(days) };
    const reply = await create.send({}, wanted);
    if (reply) onMade({ name, token: reply.token });
  };
  return (
    <Dialog title="A token for a program" onClose={onClose}>
      <Form
        act="Make the token"
        pending={create.pending}
        problem={create.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <TextInput
          label="What is it for?"
          placeholder="The script that …"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={create.errorOf('name')}
        />
        <NativeSelect
          label="What may it do?"
          value={reach}
          onChange={(event) => setReach(event.currentTarget.value as ApiToken['reach'])}
          data={[
            { value: 'reads', label: 'Read only' },
            { value: 'writes', label: 'Read and write' },
          ]}
        />
        <NativeSelect
          label="Where?"
          value={studyId}
          onChange={(event) => setStudyId(event.currentTarget.value)}
          error={create.errorOf('studyId')}
          data={[
            { value: '', label: 'Everywhere that I may' },
            ...studies.map((study) => ({ value: study.id, label: `Only in ${study.title}` })),
          ]}
        />
        <NativeSelect
          label="For how long?"
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={[
            { value: '7', label: 'A week' },
            { value: '90', label: 'Three months' },
            { value: '365', label: 'A year' },
            { value: '', label: 'Until I take it back' },
          ]}
        />
      </Form>
    </Dialog>
  );
}
