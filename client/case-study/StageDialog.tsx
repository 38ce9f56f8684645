import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { STAGE_NAMES, type Stage } from '../../shared/permissions/access.ts';
import { Chip } from '../ui/Chip.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Form } from '../ui/Form.tsx';
import { routeKey, useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import type { CaseSection } from './case-sections.ts';
import { type ClosingList, closingList, seenOf, sumWords } from './closing-list.ts';
import { STANDING_WORDS, wordsPhrase } from './progress.ts';
import styles from './StageDialog.module.css';

const WHY_LENGTH = 500;
/** Milliseconds between two looks at how the case stands, while the dialog stands open. */
const LOOKS_EVERY = 2_000;

/**
 * Asks why, before a case is closed for writing: whoever finds it closed is told. It shows what is
 * closed and follows it, and the server closes nothing else than what was shown.
 */
export default function StageDialog(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly to: Stage;
  readonly onClose: () => void;
}) {
  const { detail, sections, to, onClose } = props;
  const [why, setWhy] = useState('');
  const since = useFirstLook(detail);
  const list = closingList(sections, since);
  const changed = list.rows.filter((row) => row.changed);
  const moved = since !== null && since.stage !== detail.stage;
  const act = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId']);
  const name = STAGE_NAMES[to].toLowerCase();
  const submit = async () => {
    const body = { stage: to, stageWhy: why, seen: seenOf(detail, list) };
    if (!(await act.send({ caseId: detail.id }, body))) return;
    onClose();
    showToast({ text: `The case is now: ${name}.` });
  };
  const again = changed.length > 0 || moved;
  // Not within the list of sections that it is opened from, whose type it would take.
  return createPortal(
    <Dialog title={`Make this case ${name}?`} onClose={onClose}>
      <Form
        act={again ? `Make it ${name} all the same` : `Make it ${name}`}
        pending={act.pending}
        problem={act.problem}
        onSubmit={submit}
        cancel={onClose}
      >
        <p>
          Nobody can change anything in it then, schools included, until the lead or an editor opens it again.
          What is typed at this moment stands.
        </p>
        <Closed list={list} detail={detail} />
        {to === 'approved' && <QuotesNotSettled caseId={detail.id} />}
        <div role="status" className={styles.news}>
          {again && <p>{newsOf(changed, moved ? detail.stage : null)}</p>}
        </div>
        <Textarea
          label="Why"
          description="Stands over the case with your name. It may be left empty."
          autosize={false}
          rows={3}
          maxLength={WHY_LENGTH}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </Form>
    </Dialog>,
    document.body,
  );
}

function Closed({ list, detail }: { readonly list: ClosingList; readonly detail: CaseDetail }) {
  const { rows } = list;
  return (
    <>
      <p className={styles.sum}>{sumWords(list, detail)}</p>
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
        <ul className={styles.list} tabIndex={0} aria-label="Sections to look at">
          {rows.map(({ section, kind, words, changed }) => (
            <li key={section.blockId}>
              <span>{section.full}</span>
              <span className={styles.facts}>
                {changed && <Chip tone="wait">changed just now</Chip>}
                {[STANDING_WORDS[kind], kind === 'not-applicable' ? '' : wordsPhrase(words)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Approved or not: quotes that nobody confirmed keep a case from being printed (QUOTE-3). */
function QuotesNotSettled({ caseId }: { readonly caseId: string }) {
  const { data } = useRoute('GET /api/cases/:caseId/quotes', { caseId }, { staleTime: 0 });
  const count = data?.quotes.filter(({ blocks }) => blocks.length > 0).length ?? 0;
  if (count === 0) return null;
  return (
    <p>
      {count === 1 ? 'One quote keeps' : `${count} quotes keep`} it from being printed, approved or not. The
      quote board says why.
    </p>
  );
}

function newsOf(changed: ClosingList['rows'], stage: Stage | null): string {
  const words = [];
  if (stage) words.push(`The case was moved to “${STAGE_NAMES[stage]}” meanwhile.`);
  const names = changed.map(({ section }) => section.full);
  if (names.length > 0) words.push(`Changed while this stood open: ${names.join('; ')}.`);
  return words.join(' ');
}

/** Asks again and again how the case stands; @returns the first answer, null until it is here */
function useFirstLook(detail: CaseDetail): CaseDetail | null {
  const client = useQueryClient();
  const { id } = detail;
  const [since, setSince] = useState<CaseDetail | null>(null);
  useEffect(() => {
    const queryKey = routeKey('GET /api/cases/:caseId', { caseId: id });
    let open = true;
    void client.refetchQueries({ queryKey }).then(() => {
      const first = client.getQueryData<CaseDetail>(queryKey);
      if (open && first) setSince(first);
    });
    const timer = setInterval(() => {
      if (client.isFetching({ queryKey }) === 0) void client.refetchQueries({ queryKey });
    }, LOOKS_EVERY);
    return () => {
      open = false;
      clearInterval(timer);
    };
  }, [client, id]);
  return since;
}
