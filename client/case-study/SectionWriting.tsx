import type { Editor } from '@tiptap/core';
import { lazy, memo, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { BlockEditor } from '../editor/BlockEditor.tsx';
import { FieldForm } from '../editor/FieldForm.tsx';
import { PromptList } from '../editor/PromptList.tsx';
import { writingMode } from '../editor/suggest-mode.ts';
import type { Replica } from '../sync/replica.ts';
import { useSession } from '../ui/session.tsx';
import { type CasePageState, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { INVITATION, NOTHING_YET } from './invitation.ts';
import styles from './SectionView.module.css';

const SuggestionBar = lazy(() => import('../suggestions/SuggestionBar.tsx').catch(missing));

/** Without its code nothing is suggested, and who may only suggest reads. */
function missing() {
  return { default: MissingBar };
}

function MissingBar() {
  return <p role="status">Suggestions could not be fetched. Open the page again to have them.</p>;
}

/** A section with its live copy: prompts to mark, fields and text to write in. */
const SectionWriting = memo(function SectionWriting(props: {
  /** Handed over, so that this file needs no other of the case's page. */
  readonly page: CasePageState;
  readonly section: CaseSection;
  readonly replica: Replica;
  readonly editable: boolean;
  /** What this person writes in the text is a suggestion; all else they read. */
  readonly suggestsOnly: boolean;
  /** Whether the text has its editor; else `reading` stands in its place. */
  readonly writing: boolean;
  readonly reading: ReactNode;
}) {
  const { page, section, replica, editable, suggestsOnly } = props;
  const { person } = useSession();
  const { blockId } = section;
  const writer = useMemo(
    () => ({ id: person.id, name: person.name, colour: person.colour, initials: person.initials }),
    [person.id, person.name, person.colour, person.initials],
  );
  const onFocusChange = useCallback(
    (focused: boolean) => {
      if (focused) {
        page.mounting.focus(blockId);
        page.moveTo(blockId, null);
      }
    },
    [page, blockId],
  );
  const onFieldFocus = useCallback(
    (field: string | null) => {
      if (field !== null) page.moveTo(blockId, field);
    },
    [page, blockId],
  );
  const [editor, setEditor] = useState<Editor | null>(null);
  const [suggestible, setSuggestible] = useState<Editor | null>(null);
  const isSuggesting = useWatched(writingMode(page.caseId)) === 'suggest' || suggestsOnly;
  const onEditor = useCallback(
    (now: Editor | null) => {
      page.editor(blockId).set(now);
      setEditor(now);
    },
    [page, blockId],
  );
  const mayWrite = editable || suggestsOnly;
  // nobody types into the text itself who means to suggest
  const takesKeys = mayWrite && (!isSuggesting || (editor !== null && suggestible === editor));
  return (
    <>
      {section.section.prompts.length > 0 && (
        <PromptList
          section={section.section}
          replica={replica}
          editable={editable}
          foldKey={page.foldKey(blockId)}
        />
      )}
      {section.section.fields.length > 0 && (
        <FieldForm
          section={section.section}
          replica={replica}
          editable={editable}
          foldKey={page.foldKey(blockId)}
          onFieldFocus={onFieldFocus}
        />
      )}
      {section.section.prose && (
        <div className={styles.text}>
          {props.writing ? (
            <BlockEditor
              replica={replica}
              person={writer}
              editable={takesKeys}
              label={`${section.full}, text`}
              placeholder={mayWrite ? INVITATION : NOTHING_YET}
              onFocusChange={onFocusChange}
              onEditor={onEditor}
            />
          ) : (
            props.reading
          )}
          {props.writing && editor && mayWrite ? (
            <Suspense fallback={null}>
              <SuggestionBar
                editor={editor}
                replica={replica}
                caseId={page.caseId}
                me={page.me}
                writes={editable}
                label={section.full}
                onReady={setSuggestible}
              />
            </Suspense>
          ) : null}
        </div>
      )}
    </>
  );
});
export default SectionWriting;
