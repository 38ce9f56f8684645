import { useState } from 'react';
import type { Speaker } from '../../shared/api/quotes.ts';
import { dueWords } from '../letters/letter-words.ts';
import { momentOf } from '../ui/dates.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import { ChangedBy } from './ChangedBy.tsx';
import { ConsentDialog } from './ConsentDialog.tsx';
import { Difference } from './Difference.tsx';
import { FairDialog } from './FairDialog.tsx';
import { GuardianDialog } from './GuardianDialog.tsx';
import {
  canBeAsked,
  HINDRANCE_WORDS,
  hindranceOf,
  type LineAct,
  type LinePowers,
  lineActs,
  lineWords,
  type QuoteLine,
  wordsBefore,
} from './quote-line.ts';
import styles from './quotes.module.css';
import { SendDialog } from './SendDialog.tsx';
import { SpeakerDialog } from './SpeakerDialog.tsx';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';
import { WithdrawDialog } from './WithdrawDialog.tsx';

const ACT_WORDS: Readonly<Record<LineAct, (name: string, again: boolean, confirmed: boolean) => string>> = {
  check: () => 'I checked it against the source',
  readdress: () => 'Put the address right',
  send: (name, again) => (again ? `Ask ${name} again` : `Send to ${name}`),
  recall: () => 'Take the question back',
  'record-answer': () => 'Write down their answer',
  'take-up': () => 'Take it up',
  'go-back': () => 'Go back to what they said',
  restore: (_name, _again, confirmed) =>
    confirmed ? 'Put the confirmed words back' : 'Put the old words back',
  'find-fair': () => 'It is still fair',
  'set-aside': () => 'Do not use it',
  'take-up-again': () => 'Use it after all',
  'ask-guardian': () => 'Write to a parent or carer',
  consent: () => 'Write down where it may be published',
  withdraw: (name) => `${name} takes it back`,
};

/** Where one has not agreed yet. */
const PARENT_AGREES = 'Write down what a parent or carer said';

type Lifted =
  | 'speaker'
  | 'send'
  | 'record-answer'
  | 'find-fair'
  | 'ask-guardian'
  | 'consent'
  | 'withdraw'
  | null;

/** How a use of a quote stands for one of its speakers, and what can be done about it. */
export function LineActs(props: {
  readonly caseId: string;
  readonly line: QuoteLine;
  readonly speaker: Speaker | undefined;
  readonly powers: LinePowers;
  /** Puts words into the text that stands open here; false where it cannot. */
  readonly putWords?: ((words: string) => boolean) | undefined;
}) {
  const { line, speaker } = props;
  const name = speaker?.name ?? 'the speaker';
  const [lifted, setLifted] = useState<Lifted>(null);
  const { run, pending, problem } = useLineActs(line, props.putWords, setLifted);
  const hindrance = speaker ? hindranceOf(line, speaker) : null;
  const hindered = hindrance !== null && canBeAsked(line);
  const acts = lineActs(line, props.powers, hindrance);
  const goesAt = line.standing === 'sent' ? (line.ask?.goesAt ?? null) : null;
  return (
    <div className={styles.line}>
      <p>
        <strong>{name}</strong>
        {speaker?.role && <span className={styles.soft}> {speaker.role}</span>}
        {speaker && props.powers.mayQuote && (
          <button type="button" className={styles.quiet} onClick={() => setLifted('speaker')}>
            Change<span className="heard-only"> what is known of {name}</span>
          </button>
        )}
      </p>
      <p className={styles.soft}>
        {goesAt !== null
          ? `The letter goes ${dueWords(goesAt)}.`
          : !(hindered && line.standing === 'checked') && lineWords(line)}{' '}
        {hindered && HINDRANCE_WORDS[hindrance]} <GuardianDays line={line} /> <AskDays line={line} />
      </p>
      <Since line={line} />
      {problem && (
        <p className={styles.fieldError} role="alert">
          {problem}
        </p>
      )}
      {acts.length > 0 && (
        <div className={styles.acts}>
          {acts.map((act) => (
            <button key={act} type="button" disabled={pending} onClick={() => run(act)}>
              {act === 'recall' && goesAt !== null
                ? 'Call it back'
                : act === 'consent' && hindrance !== null && hindrance !== 'no-address'
                  ? PARENT_AGREES
                  : ACT_WORDS[act](name, line.standing !== 'checked', line.agreed !== null)}
            </button>
          ))}
        </div>
      )}
      {lifted === 'speaker' && speaker && (
        <SpeakerDialog caseId={props.caseId} speaker={speaker} onClose={() => setLifted(null)} />
      )}
      {lifted === 'send' && speaker && (
        <SendDialog caseId={props.caseId} speaker={speaker} lines={[line]} onClose={() => setLifted(null)} />
      )}
      {lifted === 'record-answer' && (
        <AnswerDialog caseId={props.caseId} line={line} name={name} onClose={() => setLifted(null)} />
      )}
      {lifted === 'find-fair' && <FairDialog line={line} onClose={() => setLifted(null)} />}
      {lifted === 'ask-guardian' && speaker && (
        <GuardianDialog
          caseId={props.caseId}
          lines={[line]}
          speaker={speaker}
          onClose={() => setLifted(null)}
        />
      )}
      {lifted === 'consent' && speaker && (
        <ConsentDialog
          caseId={props.caseId}
          lines={[line]}
          speaker={speaker}
          onClose={() => setLifted(null)}
        />
      )}
      {lifted === 'withdraw' && speaker && (
        <WithdrawDialog caseId={props.caseId} line={line} speaker={speaker} onClose={() => setLifted(null)} />
      )}
    </div>
  );
}

function GuardianDays({ line: { guardianAsk } }: { readonly line: QuoteLine }) {
  if (!guardianAsk) return null;
  const { goesAt, openedAt, lapsesAt } = guardianAsk;
  return (
    <>
      {goesAt !== null && `The letter goes ${dueWords(goesAt)}. `}
      {openedAt !== null && `They have read it ${momentOf(openedAt)}. `}They can answer until{' '}
      {momentOf(lapsesAt)}.
    </>
  );
}

function AskDays({ line }: { readonly line: QuoteLine }) {
  const { ask } = line;
  if (!ask?.isOpen) return null;
  return (
    <>
      {ask.goesAt === null && <>Asked {momentOf(ask.sentAt)}. </>}They can answer until{' '}
      {momentOf(ask.lapsesAt)}.
    </>
  );
}

/** *Since you agreed*: which words are others now, or what they wrote instead. */
function Since({ line }: { readonly line: QuoteLine }) {
  if (line.ask?.correction != null) {
    return (
      <>
        <p className={styles.label}>What they wrote</p>
        <Difference before={line.ask.wording ?? line.wording} after={line.ask.correction} />
      </>
    );
  }
  const before = wordsBefore(line);
  if (before === null) return null;
  return (
    <>
      <p className={styles.label}>{line.agreed === null ? 'Since they were asked' : 'Since they agreed'}</p>
      <Difference before={before} after={line.wording} />
      <ChangedBy quoteId={line.quoteId} use={line.use} />
    </>
  );
}

/** What each act does: asks of the server, or lifts the dialog that it needs. */
function useLineActs(
  line: QuoteLine,
  putWords: ((words: string) => boolean) | undefined,
  lift: (lifted: Lifted) => void,
) {
  const { quoteId, use, wording } = line;
  const check = useAct('POST /api/quotes/:quoteId/check', CHANGED_BY_QUOTING);
  const recall = useAct('POST /api/quotes/:quoteId/asks/:askId/recall', CHANGED_BY_QUOTING);
  const correct = useAct('POST /api/quotes/:quoteId/asks/:askId/correction', CHANGED_BY_QUOTING);
  const restore = useAct('POST /api/quotes/:quoteId/restore', CHANGED_BY_QUOTING);
  const used = useAct('PUT /api/quotes/:quoteId/used', CHANGED_BY_QUOTING);
  const all = [check, recall, correct, restore, used];
  const run = async (act: LineAct) => {
    for (const one of all) one.clear();
    const askId = line.ask?.id ?? '';
    const correction = line.ask?.correction == null ? {} : { wording: line.ask.correction };
    switch (act) {
      case 'check':
        await check.send({ quoteId }, { wording });
        return;
      case 'recall':
        await recall.send({ quoteId, askId }, {});
        return;
      case 'take-up': {
        const done = await correct.send({ quoteId, askId }, { decided: 'accepted', ...correction });
        if (done && !done.textChanged) byHand(line.ask?.correction ?? '', putWords, true);
        return;
      }
      case 'go-back':
        await correct.send({ quoteId, askId }, { decided: 'returned', ...correction });
        return;
      case 'restore': {
        // in the open text it is an edit like any other, to be undone
        const words = wordsBefore(line) ?? '';
        if (words !== '' && putWords?.(words)) return;
        const done = await restore.send({ quoteId }, { use });
        if (done && !done.textChanged) byHand(words, undefined, line.agreed !== null);
        return;
      }
      case 'readdress':
        lift('speaker');
        return;
      case 'set-aside':
      case 'take-up-again':
        await used.send({ quoteId }, { used: act === 'take-up-again' });
        return;
      case 'send':
        // whoever sends words that were changed since has them before their eyes
        if (line.standing !== 'checked') await check.send({ quoteId }, { wording });
        lift('send');
        return;
      default:
        lift(act);
    }
  };
  return {
    run: (act: LineAct) => void run(act),
    pending: all.some(({ pending }) => pending),
    problem: all.find(({ problem }) => problem !== null)?.problem ?? null,
  };
}

function byHand(words: string, putWords: ((words: string) => boolean) | undefined, confirmed: boolean): void {
  if (words === '' || putWords?.(words)) return;
  showToast({
    text: `The text could not be changed from here. Put the words in by hand${confirmed ? ', and it is confirmed' : ''}.`,
    tone: 'bad',
  });
}
