import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { wordingFaults, wordingFaultWords } from '../../shared/document/wording-form.ts';
import { NOTHING_NOTED, type QuoteSource } from '../../shared/quotes/source.ts';
import { linesOf, MOST_TURNS, turnsFault } from '../../shared/quotes/turns.ts';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { newId } from '../ui/new-id.ts';
import { emptySpeaker, isBegun, newSpeakerOf, type SpeakerDraft, speakerFault } from './capture-draft.ts';
import type { WaitingCapture } from './capture-outbox.ts';
import type { QuotedAlready } from './case-quotes.ts';
import type { KnownQuotes } from './known-quotes.ts';
import styles from './quotes.module.css';
import { OriginalFields, SourceFields } from './SourceFields.tsx';
import { SpeakerChoice } from './SpeakerChoice.tsx';
import { TurnChoice } from './TurnChoice.tsx';
import { useLeave } from './use-leave.ts';

export interface Captured {
  readonly capture: WaitingCapture;
  /** Set apart from the text, as a quotation of its own. */
  readonly apart: boolean;
}

/**
 * Whose words these are, and where they come from.
 * @param props.words as they are selected; empty: they are typed here and put in
 * @param props.alone they can be set apart as a quotation of their own
 * @param props.overlaps other quotes that some of the words stand in: it is asked whether that is meant
 * @param props.marked of words that were marked before, when their record did not arrive
 */
export function CaptureDialog(props: {
  readonly known: KnownQuotes;
  readonly blockId: string;
  readonly schoolId: string | null;
  /** A school fills this section in, and reads what stands in it. */
  readonly schoolWrites: boolean;
  readonly words: string;
  readonly alone: boolean;
  readonly overlaps: readonly QuotedAlready[];
  readonly marked: { readonly quote: string; readonly use: string } | null;
  /** @returns why it could not be done; null when it was */
  readonly onCapture: (captured: Captured) => string | null;
  readonly onClose: () => void;
}) {
  const { known, words, overlaps } = props;
  const blank = () => emptySpeaker(newId(), props.schoolId ?? known.schools[0]?.id ?? '');
  const [ids] = useState(() => props.marked ?? { quote: newId(), use: newId() });
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [made, setMade] = useState<SpeakerDraft | null>(() => (known.speakers.size === 0 ? blank() : null));
  const [source, setSource] = useState<QuoteSource>(NOTHING_NOTED);
  const [checked, setChecked] = useState(false);
  const [apart, setApart] = useState(false);
  const [said, setSaid] = useState<Readonly<Record<number, number>>>({});
  const [meant, setMeant] = useState(false);
  const [pressed, setPressed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const wording = words === '' ? typed.trim() : words;
  const faults = wordingFaults(wording);
  const fault = made ? speakerFault(made) : null;
  const nobody = chosen.length === 0 && !made;
  const texts = [typed, source.saidOn ?? '', source.source, source.original];
  const leave = useLeave(
    texts.some((text) => text.trim() !== '') || (made !== null && isBegun(made)),
    props.onClose,
  );
  const people = made ? [newSpeakerOf(made)] : [];
  const speakerIds = [...chosen, ...people.map(({ id }) => id)];
  const lines = linesOf(words);
  const isExchange = speakerIds.length > 1 && lines.length > 1 && lines.length <= MOST_TURNS;
  // one after the other, until it is said otherwise
  const turns = isExchange ? lines.map((_, at) => said[at] ?? at % speakerIds.length) : [];
  const turnFault = isExchange ? turnsFault(turns, speakerIds.length) : null;
  const submit = () => {
    setPressed(true);
    setProblem(null);
    if (faults.length > 0 || fault || nobody || turnFault || (overlaps.length > 0 && !meant)) return;
    setProblem(
      props.onCapture({
        apart,
        capture: {
          at: Date.now(),
          refused: null,
          speakers: people,
          quote: {
            id: ids.quote,
            use: ids.use,
            blockId: props.blockId,
            speakerIds: [...speakerIds],
            turns,
            ...{ wording, checked },
            ...source,
            source: source.source.trim(),
          },
        },
      }),
    );
  };
  return (
    <Dialog title="Somebody’s words" onClose={leave.ask} wide>
      <Form act="Keep as a quote" pending={false} problem={problem} onSubmit={submit} cancel={leave.ask}>
        {words === '' ? (
          <Textarea
            label="The words"
            description="As they will stand in the text; quotation marks are yours to type there."
            autosize
            minRows={2}
            maxRows={10}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={pressed && faults[0] ? wordingFaultWords(faults[0]) : undefined}
          />
        ) : (
          <div>
            <blockquote className={styles.wording}>{words}</blockquote>
            {faults.map((one) => (
              <p key={one.fault} className={styles.fieldError} role="alert" tabIndex={-1} data-fault="">
                {wordingFaultWords(one)}
              </p>
            ))}
          </div>
        )}
        {props.alone && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={apart}
              onChange={(event) => setApart(event.currentTarget.checked)}
            />
            <span>Let it stand as a paragraph of its own, set off from the text</span>
          </label>
        )}
        {props.schoolWrites && (
          <p className={styles.care}>
            A school fills in this section, together with the team: its contacts read these words at once,
            before anybody confirms them.
          </p>
        )}
        {overlaps.length > 0 && (
          <div className={styles.already}>
            <p>
              {overlaps.length === 1
                ? 'Some of these words are a quote already:'
                : `Some of these words stand in ${overlaps.length} quotes already:`}
            </p>
            <ul>
              {overlaps.map((one) => (
                <li key={one.words}>
                  <q>{one.words}</q>
                  {one.whose !== '' && ` (${one.whose})`}
                </li>
              ))}
            </ul>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={meant}
                onChange={(event) => setMeant(event.currentTarget.checked)}
              />
              <span>Yes, they belong to both: each is asked about on its own</span>
            </label>
            {pressed && !meant && (
              <p className={styles.fieldError} role="alert" tabIndex={-1} data-fault="">
                Say that this is meant, or close this and select other words.
              </p>
            )}
          </div>
        )}
        <SpeakerChoice
          {...{ known, chosen, made, blank }}
          choose={setChosen}
          make={setMade}
          fault={pressed ? fault : null}
          error={pressed && nobody ? 'Choose who said it, or add somebody new.' : null}
        />
        {isExchange && (
          <TurnChoice
            lines={lines}
            turns={turns}
            names={speakerIds.map((id) => known.speakers.get(id)?.name ?? made?.name ?? '')}
            choose={(at, turn) => setSaid({ ...said, [at]: turn })}
            error={pressed && turnFault ? 'Each of them needs a line of their own.' : null}
          />
        )}
        <SourceFields source={source} change={setSource} />
        <details className={styles.more}>
          <summary>Shortened, tidied or translated?</summary>
          <OriginalFields source={source} change={setSource} wording={wording} />
        </details>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={checked}
            onChange={(event) => setChecked(event.currentTarget.checked)}
          />
          <span>
            I have checked it against the notes or the recording
            <small>Only checked words are sent to whoever said them. You can do this later.</small>
          </span>
        </label>
      </Form>
      {leave.asked && (
        <Confirm
          title="Leave without keeping it?"
          act="Leave it"
          onClose={leave.stay}
          onConfirm={props.onClose}
        >
          <p>What you wrote here would be lost. The words in the text stay as they are.</p>
        </Confirm>
      )}
    </Dialog>
  );
}
