import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { promptLead } from '../../shared/framework/framework.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { useAllFacts } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import styles from './ToAskDialog.module.css';
import { checklistText, countToAsk, stillToAsk } from './to-ask.ts';

/** Every prompt of the case that is marked *still to ask*, to go to or to take along. */
export default function ToAskDialog(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly onGo: (section: CaseSection) => void;
  readonly onClose: () => void;
}) {
  const { detail, onGo, onClose } = props;
  const factsOf = useAllFacts();
  const list = stillToAsk(props.sections, factsOf);
  const [copied, setCopied] = useState<'yes' | 'failed' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(checklistText(detail.title, list));
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  const count = countToAsk(list);
  return (
    <Dialog title={count === 0 ? 'Still to ask' : `Still to ask: ${count}`} onClose={onClose} wide>
      {list.length === 0 ? (
        <p className={styles.nothing}>
          Nothing is marked. Mark a prompt as <em>still to ask</em> in its section, and it will be listed here
          to take along.
        </p>
      ) : (
        <div className={styles.list}>
          {list.map(({ section, questions }) => (
            <section key={section.blockId} aria-labelledby={`ask-${section.blockId}`}>
              <h3 id={`ask-${section.blockId}`}>
                <button
                  type="button"
                  onClick={() => {
                    onClose();
                    requestAnimationFrame(() => onGo(section));
                  }}
                >
                  {section.full}
                </button>
              </h3>
              <ul>
                {questions.map((question) => (
                  <li key={question.id}>
                    <b>{promptLead(question.label)}</b> {question.question}
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      <p role="status" className={styles.nothing}>
        {copied === 'yes' && 'Copied as a checklist.'}
        {copied === 'failed' && 'It could not be copied. Print it, or select the words by hand.'}
      </p>
      <Acts>
        {list.length > 0 && <Button onClick={() => void copy()}>Copy</Button>}
        {list.length > 0 && <Button onClick={() => window.print()}>Print</Button>}
        <Button variant="subtle" onClick={onClose}>
          Close
        </Button>
      </Acts>
    </Dialog>
  );
}
