import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import { useFramework } from '../frameworks/use-framework.ts';
import { useSharing } from '../sharing/use-sharing.ts';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { AskForm, type Made } from './AskForm.tsx';
import styles from './information.module.css';
import { letterWords } from './request-words.ts';

/** Asks a school for information before the visit, in one step. */
export default function AskDialog(props: {
  readonly detail: CaseDetail;
  readonly requests: readonly InformationRequest[];
  /** The school to begin with; null for the next that nobody was asked about. */
  readonly schoolId: string | null;
  readonly onClose: () => void;
}) {
  const { detail, onClose } = props;
  const { reply, grid } = useSharing(detail.id);
  const framework = useFramework(detail.study.frameworkId, detail.study.frameworkVersion);
  const [made, setMade] = useState<Made | null>(null);
  const error = reply.error ?? framework.error;
  if (made) return <MadeRequest made={made} onClose={onClose} />;
  return (
    <Dialog title="Information before the visit" onClose={onClose} wide>
      {grid && framework.data ? (
        <AskForm {...props} grid={grid} framework={framework.data} onMade={setMade} onCancel={onClose} />
      ) : error ? (
        <ErrorState error={error} retry={() => void Promise.all([reply.refetch(), framework.refetch()])} />
      ) : (
        <ListSkeleton rows={6} />
      )}
    </Dialog>
  );
}

/** Says what goes out, and shows the link where it is passed on by hand. */
export function MadeRequest({ made, onClose }: { readonly made: Made; readonly onClose: () => void }) {
  const { request, link } = made;
  const { name } = request.person;
  return (
    <Dialog title={`${name} is asked`} onClose={onClose}>
      {link === '' ? (
        <p className={styles.made}>
          {letterWords(request) ?? 'The letter was written before.'} You see the answer as it comes.
        </p>
      ) : (
        <>
          <p className={styles.made}>
            No mail goes out from here, so pass the link on to {name} yourself. You see the answer as it
            comes.
          </p>
          <CopyOnce
            label="The link"
            value={link}
            note="It works once and is shown only now. Opening it does nothing until they press the button there."
          />
        </>
      )}
      <Acts>
        <Button variant="filled" data-stay onClick={onClose}>
          Done
        </Button>
      </Acts>
    </Dialog>
  );
}
