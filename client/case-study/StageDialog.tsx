import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { CaseDetail } from '../../shared/api/contract.ts';
import { STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';

const WHY_LENGTH = 500;

/** Asks why, before a case is closed for writing: whoever finds it closed is told. */
export default function StageDialog(props: {
  readonly detail: CaseDetail;
  readonly to: Stage;
  readonly onClose: () => void;
}) {
  const { detail, to, onClose } = props;
  const [why, setWhy] = useState('');
  const act = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId']);
  const name = STAGE_NAMES[to].toLowerCase();
  const submit = async () => {
    if (!(await act.send({ caseId: detail.id }, { stage: to, stageWhy: why }))) return;
    onClose();
    showToast({ text: `The case is now: ${name}.` });
  };
  // Not within the list of sections that it is opened from, whose type it would take.
  return createPortal(
    <Dialog title={`Make this case ${name}?`} onClose={onClose}>
      <Form
        act={`Make it ${name}`}
        pending={act.pending}
        problem={act.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <p>
          Nobody can change anything in it then, schools included, until the lead or an editor opens it again.
          What is typed at this moment stands.
        </p>
        <Textarea
          label="Why"
          description="Stands over the case with your name. It may be left empty."
          autosize={false}
          rows={3}
          maxLength={WHY_LENGTH}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </Form>
    </Dialog>,
    document.body,
  );
}
