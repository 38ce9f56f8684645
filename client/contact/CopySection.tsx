import type { CaseText } from '../../shared/api/cases.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { FieldShapes } from '../case-study/FieldShapes.tsx';
import { ReadingView } from '../editor/ReadingView.tsx';
import styles from './contact.module.css';

/**
 * A section as a reading copy that the server made: fields and text, and nothing
 * to write in.
 * @param section without what its reader does not see
 * @param copy undefined where the server could not read the section, which is not for nothing being there
 */
export default function CopySection(props: {
  readonly section: Section;
  readonly copy: CaseText['blocks'][number] | undefined;
}) {
  const { section, copy } = props;
  if (!copy) {
    return (
      <p className={styles.nothing}>
        This section can’t be read just now. What was written in it is kept; whoever invited you can tell you
        more.
      </p>
    );
  }
  const hasText = section.prose && copy.html !== '';
  const hasFields = section.fields.length > 0 && Object.keys(copy.values).length > 0;
  if (!hasText && !hasFields) return <p className={styles.nothing}>Nothing is written here yet.</p>;
  return (
    <>
      {section.fields.length > 0 && (
        <FieldShapes section={section} values={copy.values} editable={false} foldKey={null} />
      )}
      {hasText && <ReadingView html={copy.html} label={section.title} />}
    </>
  );
}
