import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Passkey } from '../../shared/api/passkeys.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';

export default function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const [name, setName] = useState(passkey.name);
  const rename = useAct('PATCH /api/passkeys/:passkeyId', ['GET /api/passkeys']);
  const submit = async () => {
    if (await rename.send({ passkeyId: passkey.id }, { name })) onClose();
  };
  return (
    <Dialog title={`Rename “${passkey.name}”`} onClose={onClose}>
      <Form act="Save" pending={rename.pending} problem={rename.problem} onSubmit={submit} cancel={onClose}>
        <TextInput
          label="What to call it"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={rename.errorOf('name')}
        />
      </Form>
    </Dialog>
  );
}
