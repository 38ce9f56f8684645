import { type ReactNode, useState } from 'react';
import type { LostWords } from '../../shared/api/cases.ts';
import type { Person } from '../../shared/api/people.ts';
import type { KeptWords } from '../sync/replica.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { useCasePage } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { dayAndTime } from './day.ts';
import { keptWordsCause, lostWordsCause, whoseWords } from './lost-words-story.ts';
import styles from './Margin.module.css';
import { putWordsBack } from './put-words-back.ts';

/** Everything that waits beside one section: words that lost their place, words kept on this device. */
export function WordsCards(props: {
  readonly section: CaseSection;
  readonly lost: readonly LostWords[];
  readonly kept: readonly KeptWords[];
  readonly people: readonly Person[];
  readonly editable: boolean;
  readonly onForget: (keptId: string) => void;
}) {
  return (
    <>
      {props.lost.map((lost) => (
        <LostWordsCard key={lost.id} {...props} words={lost} />
      ))}
      {props.kept.map((kept) => (
        <KeptWordsCard key={kept.id} {...props} words={kept} />
      ))}
    </>
  );
}

interface CardProps<Words> {
  readonly section: CaseSection;
  readonly words: Words;
  readonly people: readonly Person[];
  readonly editable: boolean;
}

/** Words that a merge hid (SAVE-5), to be put back or let go. */
export function LostWordsCard({ section, words, people, editable }: CardProps<LostWords>) {
  const page = useCasePage();
  const settle = useAct('POST /api/lost-words/:lostId/settle', ['GET /api/cases/:caseId/lost-words']);
  const [placed, setPlaced] = useState(false);
  const [busy, setBusy] = useState(false);
  const putBack = async () => {
    setBusy(true);
    // Settling may fail and be tried again; the words go in once.
    const stands = placed || (await putWordsBack(page, section, words.words));
    setPlaced(stands);
    if (!stands) {
      showToast({
        text: `${section.short} can’t be written in just now. Copy the words instead.`,
        tone: 'bad',
      });
    } else {
      await settle.send({ lostId: words.id }, { how: 'put-back' });
    }
    setBusy(false);
  };
  return (
    <Card
      title="Words that lost their place"
      where={section.short}
      when={words.at}
      cause={`${whoseWords(words, people, page.me.id)}. ${lostWordsCause(words, people, page.me.id)}`}
      words={
        <>
          {words.before && <span className={styles.around}>…{words.before}</span>}
          <mark>{words.words}</mark>
          {words.after && <span className={styles.around}>{words.after}…</span>}
        </>
      }
      problem={settle.problem}
    >
      {editable && (
        <button type="button" disabled={busy} onClick={() => void putBack()}>
          {placed ? 'Done, take away' : 'Put back'}
        </button>
      )}
      <CopyButton words={words.words} />
      {editable && !placed && (
        <button
          type="button"
          disabled={busy || settle.pending}
          onClick={() => void settle.send({ lostId: words.id }, { how: 'let-go' })}
        >
          Let go
        </button>
      )}
    </Card>
  );
}

/** Words that the server would not take (SAVE-6); they stand on this device alone. */
export function KeptWordsCard(props: CardProps<KeptWords> & { readonly onForget: (keptId: string) => void }) {
  const { section, words, editable, onForget } = props;
  const page = useCasePage();
  const [busy, setBusy] = useState(false);
  const putBack = async () => {
    setBusy(true);
    if (await putWordsBack(page, section, words.words)) onForget(words.id);
    else
      showToast({
        text: `${section.short} can’t be written in just now. Copy the words instead.`,
        tone: 'bad',
      });
    setBusy(false);
  };
  return (
    <UnsentCard words={words} where={section.short} busy={busy} onForget={onForget}>
      {editable && (
        <button type="button" disabled={busy} onClick={() => void putBack()}>
          Put back
        </button>
      )}
    </UnsentCard>
  );
}

/** Words that stand on this device alone, to be copied or thrown away. */
export function UnsentCard(props: {
  readonly words: KeptWords;
  /** The section they were typed in; empty where that is not known any more. */
  readonly where: string;
  readonly busy?: boolean;
  readonly onForget: (keptId: string) => void;
  readonly children?: ReactNode;
}) {
  const { words, onForget } = props;
  const [sure, setSure] = useState(false);
  return (
    <Card
      title="Kept on this device"
      where={props.where}
      when={words.at}
      cause={`${keptWordsCause(words.reason)} Nobody else has them.`}
      words={<mark>{words.words}</mark>}
      problem={null}
    >
      {props.children}
      <CopyButton words={words.words} />
      <button type="button" disabled={props.busy} onClick={() => (sure ? onForget(words.id) : setSure(true))}>
        {sure ? 'Really throw them away?' : 'Throw away'}
      </button>
    </Card>
  );
}

function Card(props: {
  readonly title: string;
  readonly where: string;
  readonly when: number;
  readonly cause: string;
  readonly words: ReactNode;
  readonly problem: string | null;
  readonly children: ReactNode;
}) {
  return (
    <article
      className={styles.card}
      aria-label={props.where ? `${props.title}, ${props.where}` : props.title}
    >
      <header className={styles.head}>
        <h3>{props.title}</h3>
        <span className={styles.when}>{dayAndTime(props.when)}</span>
        <span className={styles.where}>{props.where}</span>
      </header>
      <p className={styles.cause}>{props.cause}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long words scroll, and must do so by keyboard */}
      <p className={styles.words} tabIndex={0}>
        {props.words}
      </p>
      {props.problem && (
        <p className={styles.problem} role="alert">
          {props.problem}
        </p>
      )}
      <div className={styles.acts}>{props.children}</div>
    </article>
  );
}

function CopyButton({ words }: { words: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words);
      setDone(true);
    } catch {
      showToast({ text: 'The words could not be copied. Select them and copy them by hand.', tone: 'bad' });
    }
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {done ? 'Copied' : 'Copy'}
    </button>
  );
}
