import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { Speaker } from '../../shared/api/quotes.ts';
import { USUAL_LINK_DAYS } from '../../shared/letters/letter-text.ts';
import { afterSigns, bareWords, beforeSigns } from '../../shared/quotes/quotation-signs.ts';
import { dueWords, waitWords } from '../letters/letter-words.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { AskedDialog } from './AskedDialog.tsx';
import { quotesIn } from './board-view.ts';
import type { QuoteLine } from './quote-line.ts';
import styles from './quotes.module.css';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

type Made = RouteReply<'POST /api/cases/:caseId/asks'>;

/** Asks one person, by one letter, whether their words stand right. */
export function SendDialog(props: {
  readonly caseId: string;
  readonly speaker: Speaker;
  readonly lines: readonly QuoteLine[];
  readonly onClose: () => void;
}) {
  const { speaker, lines, onClose } = props;
  const [ids] = useState(() => ({ letter: newId(), asks: lines.map(() => newId()) }));
  const [made, setMade] = useState<Made | null>(null);
  const ask = useAct('POST /api/cases/:caseId/asks', [...CHANGED_BY_QUOTING]);
  const count = quotesIn(lines);
  const reachable = speaker.email !== '' && speaker.address === 'personal';
  const submit = async () => {
    const reply = await ask.send(
      { caseId: props.caseId },
      {
        id: ids.letter,
        speakerId: speaker.id,
        asks: lines.map(({ quoteId, use }, at) => ({ id: ids.asks[at] ?? newId(), quoteId, use })),
        letter: null,
        days: USUAL_LINK_DAYS,
      },
    );
    if (reply) setMade(reply);
  };
  if (made) return <AskedDialog made={made} name={speaker.name} onClose={onClose} />;
  const title =
    count === 1 ? `Ask ${speaker.name} about a quote` : `Ask ${speaker.name} about ${count} quotes`;
  return (
    <Dialog title={title} onClose={onClose} wide>
      {reachable ? (
        <Form
          act={`Send to ${speaker.name}`}
          pending={ask.pending}
          problem={ask.problem}
          onSubmit={submit}
          cancel={onClose}
        >
          <p className={styles.soft}>
            One letter goes to {speaker.email}. On their page they read each quote with the sentences around
            it, and confirm, correct or decline it. Nothing is confirmed by silence: they are reminded, and
            then the question ends.
          </p>
          <ul className={styles.sendList}>
            {lines.map((line) => (
              <li key={`${line.quoteId} ${line.use}`}>
                <span className={styles.around}>{beforeSigns(line.context.before)} </span>
                <q>{bareWords(line.wording)}</q>
                <span className={styles.around}> {afterSigns(line.context.after)}</span>
              </li>
            ))}
          </ul>
          <Plan caseId={props.caseId} speakerId={speaker.id} />
        </Form>
      ) : (
        <>
          <p>
            There is no address of {speaker.name}’s own to send it to. Ask them by phone or on paper, and
            write down what they said: <em>Write down their answer</em>.
          </p>
          <Acts>
            <Button data-stay onClick={onClose}>
              Close
            </Button>
          </Acts>
        </>
      )}
    </Dialog>
  );
}

/** When the letter goes, and how long its link works. */
function Plan(params: { readonly caseId: string; readonly speakerId: string }) {
  const { data } = useRoute('GET /api/cases/:caseId/speakers/:speakerId/when', params, { staleTime: 0 });
  if (!data) return null;
  const { dueAt, waitsFor, lapsesAt } = data;
  return (
    <p className={styles.small}>
      {dueAt !== null &&
        `The letter goes ${[dueWords(dueAt), waitWords(waitsFor)].filter(Boolean).join(', ')}. `}
      {lapsesAt !== null && `They can answer until ${momentOf(lapsesAt)}; the link works as long.`}
    </p>
  );
}
