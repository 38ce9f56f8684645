import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { Speaker } from '../../shared/api/quotes.ts';
import { USUAL_LINK_DAYS } from '../../shared/letters/letter-text.ts';
import { afterSigns, bareWords, beforeSigns } from '../../shared/quotes/quotation-signs.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import formStyles from '../ui/Form.module.css';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { AskedDialog } from './AskedDialog.tsx';
import { quotesIn } from './board-view.ts';
import { ConsentDialog } from './ConsentDialog.tsx';
import { NeedsConnection } from './NeedsConnection.tsx';
import type { QuoteLine } from './quote-line.ts';
import styles from './quotes.module.css';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

type Known = RouteReply<'GET /api/cases/:caseId/speakers/:speakerId/guardian'>;

interface Asking {
  readonly caseId: string;
  readonly speaker: Speaker;
  readonly lines: readonly QuoteLine[];
  readonly onClose: () => void;
}

/** Asks a parent or carer, by one letter, whether a child's words may be published. */
export function GuardianDialog(props: Asking) {
  const { caseId, speaker } = props;
  const [byHand, setByHand] = useState(false);
  const { data } = useRoute(
    'GET /api/cases/:caseId/speakers/:speakerId/guardian',
    { caseId, speakerId: speaker.id },
    { staleTime: 0 },
  );
  if (byHand) return <ConsentDialog {...props} />;
  // what is known may still come: what is typed meanwhile stays
  return <Ask {...props} known={data ?? null} toHand={() => setByHand(true)} />;
}

function Ask(props: Asking & { readonly known: Known | null; readonly toHand: () => void }) {
  const { speaker, lines, known, onClose } = props;
  const [ids] = useState(() => ({ letter: newId(), asks: lines.map(() => newId()) }));
  const [typedName, setName] = useState<string | null>(null);
  const [typedEmail, setEmail] = useState<string | null>(null);
  const [pressed, setPressed] = useState(false);
  const [made, setMade] = useState<RouteReply<'POST /api/cases/:caseId/guardian-asks'> | null>(null);
  const ask = useAct('POST /api/cases/:caseId/guardian-asks', [
    ...CHANGED_BY_QUOTING,
    'GET /api/cases/:caseId/speakers/:speakerId/guardian',
  ]);
  const name = typedName ?? known?.name ?? '';
  const email = typedEmail ?? known?.email ?? '';
  const count = quotesIn(lines);
  const faultOf = (text: string, words: string) => (pressed && text.trim() === '' ? words : undefined);
  const submit = async () => {
    setPressed(true);
    if (name.trim() === '' || email.trim() === '') return;
    const reply = await ask.send(
      { caseId: props.caseId },
      {
        ...{ id: ids.letter, speakerId: speaker.id, days: USUAL_LINK_DAYS },
        guardian: { name: name.trim(), email: email.trim() },
        asks: lines.map(({ quoteId, use }, at) => ({ id: ids.asks[at] ?? newId(), quoteId, use })),
      },
    );
    if (reply) setMade(reply);
  };
  if (made) return <AskedDialog made={made} name={name} onClose={onClose} />;
  return (
    <Dialog title={`Ask a parent or carer of ${speaker.name}`} onClose={onClose} wide>
      <Form
        act={count === 1 ? 'Send the letter' : `Send one letter about ${count} quotes`}
        pending={ask.pending}
        problem={ask.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <NeedsConnection />
        <p className={styles.soft}>
          On their page they read these words with the sentences around them, and say where they may be
          published, or no. Then they can say that {speaker.name} was asked and agrees. Whether the words are
          right, {speaker.name} says: you ask that next.
        </p>
        <div className={formStyles.twoFields}>
          <TextInput
            label="Their name"
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
            error={faultOf(name, 'What are they called?') ?? ask.errorOf('guardian.name')}
          />
          <TextInput
            label="Their own e-mail address"
            type="email"
            inputMode="email"
            value={email}
            maxLength={254}
            disabled={known?.isIn ?? false}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={faultOf(email, 'Where does the letter go?') ?? ask.errorOf('guardian.email')}
          />
        </div>
        <ul className={styles.sendList}>
          {lines.map((line) => (
            <li key={`${line.quoteId} ${line.use}`}>
              <span className={styles.around}>{beforeSigns(line.context.before)} </span>
              <q>{bareWords(line.wording)}</q>
              <span className={styles.around}> {afterSigns(line.context.after)}</span>
            </li>
          ))}
        </ul>
        <p className={styles.small}>
          {known?.lapsesAt != null &&
            `They can answer until ${momentOf(known.lapsesAt)}; the link works as long. They are not reminded: ring them if it is urgent.`}
        </p>
        <div>
          <button type="button" className={styles.quiet} onClick={props.toHand}>
            They have answered by phone or on paper
          </button>
        </div>
      </Form>
    </Dialog>
  );
}
