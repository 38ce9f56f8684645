import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Speaker } from '../../shared/api/quotes.ts';
import { CHANNELS, type Channel, needsGuardian } from '../../shared/quotes/consent.ts';
import { NAMINGS, type Naming } from '../../shared/quotes/naming.ts';
import { Dialog } from '../ui/Dialog.tsx';
import formStyles from '../ui/Form.module.css';
import { Form } from '../ui/Form.tsx';
import { useAct } from '../ui/query.ts';
import { EvidenceFields } from './EvidenceFields.tsx';
import { NeedsConnection } from './NeedsConnection.tsx';
import type { QuoteLine } from './quote-line.ts';
import { CHANNEL_WORDS, NAMING_WORDS } from './quote-words.ts';
import styles from './quotes.module.css';
import { useEvidence } from './use-evidence.ts';
import { CHANGED_BY_QUOTING } from './use-quotes.ts';

/** Where somebody agrees to see their words, said by phone or on paper; apart from whether the words are right. */
export function ConsentDialog(props: {
  readonly caseId: string;
  /** Of each of these quotes it is written down. */
  readonly lines: readonly QuoteLine[];
  readonly speaker: Speaker;
  readonly onClose: () => void;
}) {
  const { speaker, onClose } = props;
  const [quotes] = useState(() => [...new Set(props.lines.map(({ quoteId }) => quoteId))]);
  const young = needsGuardian(speaker.age);
  const [from, setFrom] = useState<'speaker' | 'guardian'>(young ? 'guardian' : 'speaker');
  const [channels, setChannels] = useState<readonly Channel[]>([]);
  const [naming, setNaming] = useState<Naming>(speaker.naming);
  const [until, setUntil] = useState('');
  const evidence = useEvidence(props.caseId);
  const consent = useAct('POST /api/quotes/:quoteId/consent', CHANGED_BY_QUOTING);
  const submit = async () => {
    for (const quoteId of quotes) {
      const done = await consent.send(
        { quoteId },
        {
          ...{ speakerId: speaker.id, from, naming, evidence: evidence.written },
          channels: [...channels],
          until: endOfDay(until),
        },
      );
      if (!done) return;
    }
    onClose();
  };
  return (
    <Dialog title={`Where may ${speaker.name}’s words be published?`} onClose={onClose} wide>
      <Form
        act="Write it down"
        pending={consent.pending || evidence.waits}
        problem={consent.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <NeedsConnection />
        {quotes.length > 1 && <p className={styles.small}>It is written down for {quotes.length} quotes.</p>}
        {young && (
          <NativeSelect
            label="Who agreed?"
            description="Both have to: they themselves, and a parent or carer."
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value as 'speaker' | 'guardian')}
            data={[
              { value: 'guardian', label: 'A parent or carer' },
              { value: 'speaker', label: speaker.name },
            ]}
          />
        )}
        <fieldset className={formStyles.choices}>
          <legend>They agree to</legend>
          {CHANNELS.map((channel) => (
            <label key={channel}>
              <input
                type="checkbox"
                checked={channels.includes(channel)}
                onChange={(event) =>
                  setChannels(
                    event.currentTarget.checked
                      ? [...channels, channel]
                      : channels.filter((one) => one !== channel),
                  )
                }
              />
              <span>{CHANNEL_WORDS[channel]}</span>
            </label>
          ))}
        </fieldset>
        <div className={formStyles.twoFields}>
          <NativeSelect
            label="Named beside them"
            value={naming}
            onChange={(event) => setNaming(event.currentTarget.value as Naming)}
            data={[...NAMINGS].reverse().map((one) => ({ value: one, label: NAMING_WORDS[one] }))}
          />
          <TextInput
            type="date"
            label="Until"
            description="Empty: until they take it back."
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </div>
        {speaker.onlyOne && naming === 'role-only' && speaker.role !== '' && (
          <p className={styles.small}>
            Nobody else at the school is known as {speaker.role}: to name the role tells who it is. Say so to
            them.
          </p>
        )}
        <EvidenceFields
          evidence={evidence}
          error={consent.errorOf('evidence.note')}
          scanError={consent.errorOf('evidence.scan')}
        />
      </Form>
    </Dialog>
  );
}

/** @returns its last moment, where the reader is; null for no day */
function endOfDay(day: string): number | null {
  if (day === '') return null;
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + 1).getTime() - 1;
}
