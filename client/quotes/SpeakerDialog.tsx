import { useState } from 'react';
import type { Speaker } from '../../shared/api/quotes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { newSpeakerOf, type SpeakerDraft, speakerFault } from './capture-draft.ts';
import { NewSpeaker } from './NewSpeaker.tsx';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** What is known of somebody whose words are quoted, put right. */
export function SpeakerDialog(props: {
  readonly caseId: string;
  readonly speaker: Speaker;
  readonly onClose: () => void;
}) {
  const { caseId, speaker, onClose } = props;
  const [draft, setDraft] = useState<SpeakerDraft>(() => ({
    ...speaker,
    address: speaker.address === 'none' ? 'personal' : speaker.address,
  }));
  const [pressed, setPressed] = useState(false);
  const change = useAct('PATCH /api/cases/:caseId/speakers/:speakerId', CHANGED_BY_QUOTING);
  const fault = speakerFault(draft);
  const submit = async () => {
    setPressed(true);
    if (fault) return;
    const { name, role, email, telephone, address, age, naming } = newSpeakerOf(draft);
    const done = await change.send(
      { caseId, speakerId: speaker.id },
      { name, role, email, telephone, address, age, ...(!speaker.chosen && { naming }) },
    );
    if (done) onClose();
  };
  return (
    <Dialog title={speaker.name} onClose={onClose} wide>
      <Form act="Save" pending={change.pending} problem={change.problem} onSubmit={submit} cancel={onClose}>
        <NewSpeaker
          draft={draft}
          change={setDraft}
          schools={[]}
          fault={pressed ? fault : null}
          chosen={speaker.chosen}
          drop={null}
        />
      </Form>
    </Dialog>
  );
}
