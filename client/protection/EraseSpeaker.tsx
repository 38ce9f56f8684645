import { useState } from 'react';
import type { HeldSpeaker } from '../../shared/api/erasing.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';

/** Asks before everything that somebody said is erased for good. */
export function EraseSpeaker({
  studyId,
  speaker,
  onClose,
}: {
  studyId: string;
  speaker: HeldSpeaker;
  onClose: () => void;
}) {
  const [id] = useState(newId);
  const erase = useAct('POST /api/studies/:studyId/speakers/:speakerId/erase', [
    'GET /api/studies/:studyId/speakers',
    'GET /api/studies/:studyId/quotes',
    'GET /api/cases/:caseId/quotes',
    'GET /api/cases/:caseId/text',
    'GET /api/studies/:studyId/audit',
  ]);
  const submit = async () => {
    const done = await erase.send({ studyId, speakerId: speaker.id }, { id });
    if (!done) return;
    onClose();
    showToast({
      text: done.done
        ? 'It is erased.'
        : 'It is being erased. Not all of it could be done at once; it is tried again until it is.',
    });
  };
  const { quotes, shared } = speaker;
  return (
    <Confirm
      title={`Erase what ${speaker.name} said?`}
      act="Erase for good"
      pending={erase.pending}
      problem={erase.problem}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <p>
        {quotes === 0
          ? 'Their name, role, address and telephone go. They are not quoted anywhere.'
          : `Their name, role, address and telephone go, and the words of ${quotes === 1 ? 'one quote' : `${quotes} quotes`}. A note stands where they stood.`}
        {shared > 0 &&
          ` ${shared === 1 ? 'One of these is an exchange: what the others say in it goes' : `${shared} of these are exchanges: what the others say in them goes`} as well.`}
      </p>
      {quotes > 0 && (
        <p>
          The past of each text that held them goes too: from before today, only who wrote when will be known.
          Whoever is writing there is interrupted for a moment. What was printed or sent is not reached.
        </p>
      )}
      {speaker.hasAccount && <p>Their account stays. They can delete it themselves, on their page.</p>}
      <p>
        <strong>Nobody can bring this back.</strong>
      </p>
    </Confirm>
  );
}
