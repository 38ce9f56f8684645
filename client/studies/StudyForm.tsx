import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FrameworkSummary } from '../../shared/api/studies.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';

/** Makes a study, and goes there. */
export function StudyForm({ cancel }: { cancel?: () => void }) {
  const frameworks = useRoute('GET /api/frameworks', {});
  if (frameworks.error) {
    return <ErrorState error={frameworks.error} retry={() => void frameworks.refetch()} />;
  }
  if (!frameworks.data) return <ListSkeleton rows={2} />;
  return <StudyFields frameworks={frameworks.data.frameworks} {...(cancel ? { cancel } : {})} />;
}

function keyOf(framework: Pick<FrameworkSummary, 'id' | 'version'>): string {
  return `${framework.id} ${framework.version}`;
}

function StudyFields({
  frameworks,
  cancel,
}: {
  frameworks: readonly FrameworkSummary[];
  cancel?: () => void;
}) {
  const [id] = useState(newId);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [chosen, setChosen] = useState(frameworks[0] ? keyOf(frameworks[0]) : '');
  const create = useAct('POST /api/studies', ['GET /api/studies']);
  const navigate = useNavigate();
  const framework = frameworks.find((one) => keyOf(one) === chosen);
  const titles = new Map<string, number>();
  for (const one of frameworks) titles.set(one.title, (titles.get(one.title) ?? 0) + 1);

  const submit = async () => {
    if (!framework) return;
    const study = await create.send(
      {},
      {
        id,
        title,
        description,
        dueOn: dueOn || null,
        frameworkId: framework.id,
        frameworkVersion: framework.version,
      },
    );
    if (study) void navigate({ to: '/studies/$studyId', params: { studyId: study.id } });
  };
  return (
    <Form
      act="Begin the study"
      pending={create.pending}
      problem={create.problem}
      onSubmit={submit}
      {...(cancel ? { cancel } : {})}
    >
      <TextInput
        label="What is it called?"
        placeholder="Coaching in practice, 2026"
        required
        autoFocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={create.errorOf('title')}
      />
      <Textarea
        label="What is it about?"
        description="A sentence or two, for those you invite. You can leave it for later."
        rows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={create.errorOf('description')}
      />
      <NativeSelect
        label="Framework"
        description={framework && `${framework.sections} sections. ${framework.description}`}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={frameworks.map((one) => ({
          value: keyOf(one),
          label: (titles.get(one.title) ?? 0) > 1 ? `${one.title}, version ${one.version}` : one.title,
        }))}
        error={create.errorOf('frameworkId') ?? create.errorOf('frameworkVersion')}
      />
      <TextInput
        type="date"
        label="When are the case studies due?"
        description="You can leave it open."
        value={dueOn}
        onChange={(event) => setDueOn(event.currentTarget.value)}
        error={create.errorOf('dueOn')}
      />
    </Form>
  );
}
