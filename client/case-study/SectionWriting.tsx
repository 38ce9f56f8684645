import type { Editor } from '@tiptap/core';
import { memo, type ReactNode, useCallback, useMemo } from 'react';
import { BlockEditor } from '../editor/BlockEditor.tsx';
import { FieldForm } from '../editor/FieldForm.tsx';
import { PromptList } from '../editor/PromptList.tsx';
import type { Replica } from '../sync/replica.ts';
import { useSession } from '../ui/session.tsx';
import type { CasePageState } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { INVITATION, NOTHING_YET } from './invitation.ts';
import styles from './SectionView.module.css';

/** A section with its live copy: prompts to mark, fields and text to write in. */
const SectionWriting = memo(function SectionWriting(props: {
  /** Handed over, so that this file needs no other of the case's page. */
  readonly page: CasePageState;
  readonly section: CaseSection;
  readonly replica: Replica;
  readonly editable: boolean;
  /** Whether the text has its editor; else `reading` stands in its place. */
  readonly writing: boolean;
  readonly reading: ReactNode;
}) {
  const { page, section, replica, editable } = props;
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
  const onEditor = useCallback((editor: Editor | null) => page.editor(blockId).set(editor), [page, blockId]);
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
              editable={editable}
              label={`${section.full}, text`}
              placeholder={editable ? INVITATION : NOTHING_YET}
              onFocusChange={onFocusChange}
              onEditor={onEditor}
            />
          ) : (
            props.reading
          )}
        </div>
      )}
    </>
  );
});
export default SectionWriting;
