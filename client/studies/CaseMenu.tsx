import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { CaseSummary } from '../../shared/api/cases.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import { isLocked } from '../../shared/permissions/access.ts';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { type AddTyped, SchoolChoice } from './SchoolChoice.tsx';

const CHANGED = ['GET /api/studies/:studyId', 'GET /api/studies', 'GET /api/cases/:caseId'] as const;

/** What can be done with a case as a whole, from the home of its study; draws nothing where that is nothing. */
export function CaseMenu({ one, study }: { one: CaseSummary; study: StudyDetail }) {
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const close = () => setOpen(null);
  const items = [
    ...(study.acts.includes('change-case') && !isLocked(one.stage)
      ? [{ label: 'Title and schools', run: () => setOpen('change') }]
      : []),
    ...(study.acts.includes('delete-case')
      ? [{ label: 'Put in the bin', danger: true, run: () => setOpen('remove') }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <Menu label={`More about ${one.title}`} button={<span aria-hidden="true">···</span>} items={items} />
      {open === 'change' && <ChangeCase one={one} study={study} onClose={close} />}
      {open === 'remove' && <RemoveCase one={one} onClose={close} />}
    </>
  );
}

function ChangeCase({ one, study, onClose }: { one: CaseSummary; study: StudyDetail; onClose: () => void }) {
  const [title, setTitle] = useState(one.title);
  const [schoolIds, setSchoolIds] = useState<readonly string[]>(one.schoolIds);
  const change = useAct('PATCH /api/cases/:caseId', CHANGED);
  const typed = useRef<AddTyped | null>(null);
  const submit = async () => {
    const added = (await typed.current?.()) ?? null;
    if (added === false) return;
    const schools = added === null ? schoolIds : [...schoolIds.filter((other) => other !== added), added];
    if (await change.send({ caseId: one.id }, { title, schoolIds: [...schools] })) onClose();
  };
  return (
    <Dialog title="Title and schools" onClose={onClose}>
      <Form act="Save" pending={change.pending} problem={change.problem} onSubmit={submit} cancel={onClose}>
        <TextInput
          label="Title"
          required
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={change.errorOf('title')}
        />
        <SchoolChoice
          study={study}
          chosen={schoolIds}
          choose={setSchoolIds}
          error={change.errorOf('schoolIds')}
          typed={typed}
        />
      </Form>
    </Dialog>
  );
}

function RemoveCase({ one, onClose }: { one: CaseSummary; onClose: () => void }) {
  const remove = useAct('DELETE /api/cases/:caseId', [...CHANGED, 'GET /api/studies/:studyId/bin']);
  const submit = async () => {
    if (!(await remove.send({ caseId: one.id }, {}))) return;
    onClose();
    showToast({ text: `“${one.title}” is in the bin.` });
  };
  return (
    <Confirm
      title={`Put “${one.title}” in the bin?`}
      act="Put it in the bin"
      pending={remove.pending}
      problem={remove.problem}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p>Nobody can write in it then. Nothing is lost: from the bin it comes back as it was.</p>
    </Confirm>
  );
}
