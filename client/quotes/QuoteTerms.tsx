import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import { daysTyped, LEAST_LAPSE, MOST_LAPSE, MOST_REMINDERS } from '../../shared/quotes/quote-terms.ts';
import { listed } from '../../shared/quotes/receipt.ts';
import styles from '../letters/letters.module.css';
import { Dialog } from '../ui/Dialog.tsx';
import { dayOf, isPast } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Form } from '../ui/Form.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';

type Terms = RouteReply<'GET /api/studies/:studyId/quote-terms'>;

/** How long questions about quotes of a study wait, for its lead to see and to set. */
export function QuoteTerms({ studyId }: { studyId: string }) {
  const { data: terms, error, refetch } = useRoute('GET /api/studies/:studyId/quote-terms', { studyId });
  const [setting, setSetting] = useState(false);
  return (
    <section className={styles.part} aria-labelledby="quote-terms">
      <h2 id="quote-terms">Questions about quotes</h2>
      {error && !terms ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        terms && (
          <>
            <p className={styles.note}>{termsWords(terms)}</p>
            <div className={styles.acts}>
              <Button onClick={() => setSetting(true)}>Change the days</Button>
            </div>
            {setting && <TermsDialog studyId={studyId} terms={terms} onClose={() => setSetting(false)} />}
          </>
        )
      )}
    </section>
  );
}

function termsWords({ reminders, lapse, printOn }: Terms): string {
  const days = reminders.map(String);
  const reminded =
    days.length === 0
      ? 'Nobody is reminded.'
      : `Whoever has not answered is reminded on school ${days.length === 1 ? 'day' : 'days'} ${listed(days)}.`;
  const print =
    printOn === null
      ? 'You have not said until when taking words back still reaches print.'
      : `Taking words back ${isPast(printOn) ? 'reached' : 'reaches'} print until ${dayOf(printOn)}; their page and the letter say so.`;
  return `${reminded} The question lapses with school day ${lapse}, and silence is no yes. ${print}`;
}

function TermsDialog({ studyId, terms, onClose }: { studyId: string; terms: Terms; onClose: () => void }) {
  const [days, setDays] = useState(terms.reminders.join(', '));
  const [lapse, setLapse] = useState(String(terms.lapse));
  const [printOn, setPrintOn] = useState(terms.printOn ?? '');
  const [fault, setFault] = useState<string | null>(null);
  const set = useAct('PUT /api/studies/:studyId/quote-terms', ['GET /api/studies/:studyId/quote-terms']);
  const submit = async () => {
    const reminders = daysTyped(days);
    setFault(reminders === null ? 'Write numbers of days, such as 3, 7, 12.' : null);
    if (reminders === null) return;
    const wanted = { reminders, lapse: Number(lapse), printOn: printOn === '' ? null : printOn };
    if (!(await set.send({ studyId }, wanted))) return;
    onClose();
    showToast({ text: 'These days hold from now on. Questions that were sent lapse as they were told.' });
  };
  const ofDays = Array.from({ length: MOST_REMINDERS }, (_, at) => set.errorOf(`reminders.${at}`));
  return (
    <Dialog title="How long questions about quotes wait" onClose={onClose}>
      <Form act="Save" pending={set.pending} problem={set.problem} onSubmit={submit} cancel={onClose}>
        <TextInput
          label="Remind on these school days"
          description={`Counted from the day after the question; holidays do not count. ${MOST_REMINDERS} at most; leave it empty to remind nobody.`}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          error={fault ?? set.errorOf('reminders') ?? ofDays.find((one) => one !== undefined)}
        />
        <TextInput
          type="number"
          label="The question lapses with school day"
          description="After that, nobody can answer it; the team can ask again."
          required
          min={LEAST_LAPSE}
          max={MOST_LAPSE}
          value={lapse}
          onChange={(event) => setLapse(event.currentTarget.value)}
          error={set.errorOf('lapse')}
        />
        <TextInput
          type="date"
          label="Taking words back reaches print until"
          description="The day before it goes to the printer. Speakers read it in the letter and on their page."
          value={printOn}
          onChange={(event) => setPrintOn(event.currentTarget.value)}
          error={set.errorOf('printOn')}
        />
      </Form>
    </Dialog>
  );
}
