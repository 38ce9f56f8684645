import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { WrittenSheet } from '../../shared/api/protection.ts';
import type { StudyDetail } from '../../shared/api/studies.ts';
import {
  gapIn,
  SHEET_PART_IDS,
  SHEET_PART_WORDS,
  type SheetParts,
  sheetFaults,
} from '../../shared/protection/information-sheet.ts';
import { Confirm } from '../ui/Dialog.tsx';
import { newId } from '../ui/new-id.ts';
import { useAct } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { SheetText } from './SheetText.tsx';
import styles from './sheet.module.css';
import type { SheetDraft } from './sheet-draft.ts';

/** Writes the next version. What is typed is kept on this device until it is saved or given up. */
export function SheetForm({
  study,
  current,
  draft,
  keep,
  done,
}: {
  study: StudyDetail;
  current: WrittenSheet | null;
  draft: SheetDraft;
  keep: (draft: SheetDraft) => void;
  /** Saved, or given up: the draft is of no more use. */
  done: () => void;
}) {
  const [id] = useState(newId);
  const [preview, setPreview] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [tried, setTried] = useState(false);
  const write = useAct('POST /api/studies/:studyId/sheets', [
    'GET /api/studies/:studyId/sheets',
    'GET /api/studies/:studyId/held',
  ]);
  const { parts } = draft;
  const version = current?.version ?? 0;
  const faults = sheetFaults(parts);
  const set = (part: keyof SheetParts, text: string) => keep({ ...draft, parts: { ...parts, [part]: text } });
  const errorOf = (part: keyof SheetParts): string | undefined => {
    const fault = tried ? faults.find((one) => one.part === part)?.message : undefined;
    return fault === undefined ? write.errorOf(`parts.${part}`) : sentence(fault);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (write.pending) return;
    setTried(true);
    const first = faults[0];
    if (first) {
      setPreview(false);
      // The field is there again only once this has been drawn.
      requestAnimationFrame(() => document.getElementById(`sheet-${first.part}`)?.focus());
      return;
    }
    const saved = await write.send({ studyId: study.id }, { id, after: draft.after, parts });
    if (!saved) return;
    showToast({ text: `Version ${saved.version} is saved. People at the schools see it from now on.` });
    done();
  };
  const stale = version !== draft.after;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {stale && (
        <p className={styles.changes} role="status">
          Version {version} was saved since you began, by {current?.writtenBy || 'somebody'}. It stands below.
          Your words are still here.{' '}
          <button
            type="button"
            className={styles.inTextButton}
            onClick={() => keep({ ...draft, after: version })}
          >
            Mine shall come after it
          </button>
        </p>
      )}
      {preview ? (
        <div className={styles.paper}>
          <SheetText parts={parts} level={2} />
        </div>
      ) : (
        SHEET_PART_IDS.map((part) => (
          <div key={part}>
            <Textarea
              id={`sheet-${part}`}
              label={SHEET_PART_WORDS[part].heading}
              description={SHEET_PART_WORDS[part].help}
              required
              withAsterisk={false}
              rows={4}
              value={parts[part]}
              onChange={(event) => set(part, event.currentTarget.value)}
              error={errorOf(part)}
            />
            {!errorOf(part) && gapIn(parts[part]) !== null && (
              <p className={styles.gap}>Still a gap in square brackets.</p>
            )}
          </div>
        ))
      )}
      <div className={styles.foot}>
        <div role="alert">{write.problem && <p className={styles.problem}>{write.problem}</p>}</div>
        <p className={styles.count}>
          {faults.length === 0
            ? `Saving makes version ${version + 1}. People at the schools are told once that it is new.`
            : `${faults.length === 1 ? 'One part still needs' : `${faults.length} parts still need`} your words.`}
        </p>
        <div className={styles.acts}>
          <Button type="submit" variant="filled" aria-disabled={write.pending || stale || undefined}>
            Save as version {version + 1}
          </Button>
          <Button onClick={() => setPreview(!preview)}>{preview ? 'Go on writing' : 'Preview'}</Button>
          <Button variant="subtle" onClick={() => setLeaving(true)}>
            Give up
          </Button>
        </div>
      </div>
      {leaving && (
        <Confirm
          title="Give up what you wrote here?"
          act="Give it up"
          onConfirm={done}
          onClose={() => setLeaving(false)}
        >
          <p>What people at the schools are told stays as it is. The words in this form are gone then.</p>
        </Confirm>
      )}
    </form>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/[^.?!]$/, '$&.');
}
