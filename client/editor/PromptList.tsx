import { useCallback, useId, useState, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { FIELDS, type PromptMark, promptKey } from '../../shared/document/block-parts.ts';
import { type Prompt, promptLead, type Section } from '../../shared/framework/framework.ts';
import type { Replica } from '../sync/replica.ts';
import { setFieldValue } from './fields/field-values.ts';
import { isFolded, keepFolded } from './folding.ts';
import styles from './PromptList.module.css';
import { PromptCount, PromptSign } from './PromptMarks.tsx';

export interface PromptListProps {
  section: Section;
  replica: Replica;
  editable: boolean;
  /** Under what the folding is kept on this device: person, case and section together. */
  foldKey: string;
}

type Mark = PromptMark | null;
const NEXT: Readonly<Record<string, Mark>> = { none: 'answered', answered: 'ask', ask: null };
const WORDS: Readonly<Record<PromptMark, string>> = { answered: 'answered', ask: 'still to ask' };

/** What a section asks for, each markable *answered* or *still to ask* for everybody. */
export function PromptList({ section, replica, editable, foldKey }: PromptListProps) {
  const [folded, setFolded] = useState(() => isFolded(foldKey));
  const [said, setSaid] = useState('');
  const marks = useMarks(replica.doc, section.prompts);
  const listId = useId();
  if (section.prompts.length === 0) return null;

  const fold = () => {
    setFolded(!folded);
    keepFolded(foldKey, !folded);
  };
  const mark = (prompt: Prompt, to: Mark) => {
    setFieldValue(replica.doc, promptKey(prompt.id), to ?? undefined);
    setSaid(`${prompt.label}: ${to ? WORDS[to] : 'no mark'}`);
  };
  return (
    <div className={styles.prompts}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={!folded}
        aria-controls={listId}
        onClick={fold}
      >
        <svg
          viewBox="0 0 16 16"
          aria-hidden="true"
          className={folded ? styles.chevron : `${styles.chevron} ${styles.open}`}
        >
          <path d="m6 4 4 4-4 4" />
        </svg>
        <b>
          {section.prompts.length} {section.prompts.length === 1 ? 'prompt' : 'prompts'}
        </b>
        <span className={styles.summary}>
          {folded ? section.prompts.map(({ label }) => label).join(', ') : ''}
        </span>
        <PromptCount marks={marks} />
      </button>
      <ul id={listId} className={styles.list} hidden={folded}>
        {section.prompts.map((prompt, index) => {
          const now = marks[index] ?? null;
          return (
            <li key={prompt.id} className={styles.prompt} data-mark={now ?? 'none'}>
              {editable ? (
                <button
                  type="button"
                  className={styles.mark}
                  aria-label={`${prompt.label}: ${now ? WORDS[now] : 'no mark'}. Change the mark`}
                  title={nextWords(now)}
                  onClick={() => mark(prompt, NEXT[now ?? 'none'] ?? null)}
                >
                  <PromptSign mark={now} />
                </button>
              ) : (
                <span className={styles.mark}>
                  <PromptSign mark={now} />
                </span>
              )}
              <span className={styles.words}>
                <b>{promptLead(prompt.label)}</b> {prompt.question}
                {'\u2002'}
                {now ? <span className={styles.state}>{WORDS[now]}</span> : null}
              </span>
            </li>
          );
        })}
      </ul>
      <span className="heard-only" role="status">
        {said}
      </span>
    </div>
  );
}

function nextWords(now: Mark): string {
  const next = NEXT[now ?? 'none'];
  return next ? `Mark as ${WORDS[next]}` : 'Take the mark away';
}

/** Marks in the prompts' order, followed live. */
function useMarks(doc: Y.Doc, prompts: readonly Prompt[]): readonly Mark[] {
  const watch = useCallback(
    (changed: () => void) => {
      const wanted = new Set(prompts.map(({ id }) => promptKey(id)));
      const fields = doc.getMap(FIELDS);
      const onChange = (event: Y.YMapEvent<unknown>) => {
        for (const key of event.keysChanged) if (key !== null && wanted.has(key)) return changed();
      };
      fields.observe(onChange);
      return () => fields.unobserve(onChange);
    },
    [doc, prompts],
  );
  const joined = useSyncExternalStore(watch, () => {
    const fields = doc.getMap(FIELDS);
    return prompts.map(({ id }) => fields.get(promptKey(id))).join(' ');
  });
  return joined.split(' ').map((mark) => (mark === 'answered' || mark === 'ask' ? mark : null));
}

export default PromptList;
