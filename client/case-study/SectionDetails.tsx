import { Button } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import type { BlockStatusAct } from './block-status.ts';
import type { CaseSection } from './case-sections.ts';
import styles from './SectionDetails.module.css';

/** Who writes a section and by when, or why it does not apply. */
export default function SectionDetails(props: {
  readonly section: CaseSection;
  readonly people: readonly Person[];
  readonly about: 'who-and-when' | 'not-applicable';
  readonly act: BlockStatusAct;
  readonly onClose: () => void;
}) {
  return props.about === 'who-and-when' ? <WhoAndWhen {...props} /> : <NotApplicable {...props} />;
}

interface Parts {
  readonly section: CaseSection;
  readonly people: readonly Person[];
  readonly act: BlockStatusAct;
  readonly onClose: () => void;
}

function WhoAndWhen({ section, people, act, onClose }: Parts) {
  const [assigneeId, setAssigneeId] = useState(section.state.assigneeId ?? '');
  const [dueOn, setDueOn] = useState(section.state.dueOn ?? '');
  const whoId = useId();
  const whenId = useId();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await act.set({ assigneeId: assigneeId || null, dueOn: dueOn || null })) onClose();
  };
  return (
    <Dialog title={`Who writes ${section.full}`} onClose={onClose}>
      <form onSubmit={save} className={styles.form}>
        <label htmlFor={whoId}>Written by</label>
        <select id={whoId} value={assigneeId} onChange={(event) => setAssigneeId(event.target.value)}>
          <option value="">Nobody in particular</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
        <label htmlFor={whenId}>Due on</label>
        <input id={whenId} type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
        <p className={styles.help}>Everybody may still write in it.</p>
        <Problem act={act} />
        <Acts>
          <Button type="submit" variant="filled" loading={act.pending}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </Acts>
      </form>
    </Dialog>
  );
}

function NotApplicable({ section, act, onClose }: Parts) {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const reasonId = useId();
  const missing = asked && reason.trim() === '';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reason.trim() === '') return;
    if (await act.set({ notApplicable: reason.trim() })) onClose();
  };
  return (
    <Dialog title={`${section.full} does not apply`} onClose={onClose}>
      <form onSubmit={save} className={styles.form}>
        <label htmlFor={reasonId}>Because</label>
        <textarea
          id={reasonId}
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={missing}
          aria-describedby={`${reasonId}-help`}
        />
        <p id={`${reasonId}-help`} className={missing ? styles.problem : styles.help}>
          {missing
            ? 'Say why, in a few words: others will wonder.'
            : 'The section folds to one line with your reason. What stands in it is kept, and it can be undone.'}
        </p>
        <Problem act={act} />
        <Acts>
          <Button type="submit" variant="filled" loading={act.pending}>
            Does not apply
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </Acts>
      </form>
    </Dialog>
  );
}

function Problem({ act }: { act: BlockStatusAct }) {
  return act.problem ? (
    <p className={styles.problem} role="alert">
      {act.problem}
    </p>
  ) : null;
}
