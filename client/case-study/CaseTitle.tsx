import { Button } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { isLocked } from '../../shared/permissions/access.ts';
import { useAct } from '../ui/query.ts';
import styles from './CaseTitle.module.css';

const TITLE_LENGTH = 300;
const SUBTITLE_LENGTH = 500;

/** The case's title and the line under it, written over in place by those who may. */
export const CaseTitle = memo(function CaseTitle({ detail }: { detail: CaseDetail }) {
  const [writing, setWriting] = useState<'title' | 'subtitle' | null>(null);
  const pen = useRef<HTMLButtonElement>(null);
  const wasWriting = useRef(false);
  const may = detail.acts.includes('change-case') && detail.deletedAt === null && !isLocked(detail.stage);
  useEffect(() => {
    if (wasWriting.current && writing === null) pen.current?.focus({ preventScroll: true });
    wasWriting.current = writing !== null;
  }, [writing]);

  if (writing && may) return <TitleForm detail={detail} begin={writing} onClose={() => setWriting(null)} />;
  const click = (part: 'title' | 'subtitle') =>
    may ? { className: styles.editable, onClick: () => setWriting(part) } : {};
  return (
    <div className={styles.group}>
      <div className={styles.title}>
        <h1 {...click('title')}>{detail.title}</h1>
        {may && (
          <button
            ref={pen}
            type="button"
            className={styles.pen}
            aria-label="Change the title and the line under it"
            onClick={() => setWriting('title')}
          >
            <svg
              viewBox="0 0 16 16"
              width="15"
              height="15"
              aria-hidden="true"
              fill="none"
              stroke="currentColor"
            >
              <path d="M2.5 13.5l.7-3L10.7 3 13 5.3 5.5 12.8z" strokeWidth="1.3" strokeLinejoin="round" />
            </svg>
          </button>
        )}
      </div>
      {detail.subtitle && (
        <p className={styles.lead}>
          <span {...click('subtitle')}>{detail.subtitle}</span>
        </p>
      )}
    </div>
  );
});

function TitleForm(props: { detail: CaseDetail; begin: 'title' | 'subtitle'; onClose: () => void }) {
  const { detail, onClose } = props;
  const [title, setTitle] = useState(detail.title);
  const [subtitle, setSubtitle] = useState(detail.subtitle);
  const act = useAct('PATCH /api/cases/:caseId', ['GET /api/cases/:caseId', 'GET /api/studies/:studyId']);
  const titleBox = useRef<HTMLTextAreaElement>(null);
  const leadBox = useRef<HTMLTextAreaElement>(null);
  const begin = useRef(props.begin);
  useEffect(() => {
    const box = begin.current === 'title' ? titleBox.current : leadBox.current;
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const missing = title.trim() === '';
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (missing) return;
    const words = { title: oneLine(title), subtitle: oneLine(subtitle) };
    if (words.title === detail.title && words.subtitle === detail.subtitle) return onClose();
    if (await act.send({ caseId: detail.id }, words)) onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    if (event.key === 'Enter') void save(event as unknown as FormEvent);
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <h1 className="heard-only">{detail.title}</h1>
      <textarea
        ref={titleBox}
        className={styles.titleBox}
        aria-label="Title"
        aria-invalid={missing}
        rows={1}
        maxLength={TITLE_LENGTH}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <textarea
        ref={leadBox}
        className={styles.leadBox}
        aria-label="Line under the title"
        placeholder="One sentence under the title"
        rows={1}
        maxLength={SUBTITLE_LENGTH}
        value={subtitle}
        onChange={(event) => setSubtitle(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {(missing || act.problem) && (
        <p className={styles.problem} role="alert">
          {missing ? 'A case needs a title.' : act.problem}
        </p>
      )}
      <div className={styles.acts}>
        <Button type="submit" variant="filled" loading={act.pending}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

function oneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}
