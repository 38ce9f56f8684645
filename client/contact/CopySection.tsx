import type { CaseText } from '../../shared/api/contract.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { FieldShapes } from '../case-study/FieldShapes.tsx';
import { ReadingView } from '../editor/ReadingView.tsx';
import styles from './contact.module.css';

/**
 * A section as a reading copy that the server made: fields and text, and nothing
 * to write in.
 * @param section without what its reader does not see
 */
export default function CopySection(props: {
  readonly section: Section;
  readonly copy: CaseText['blocks'][number] | undefined;
}) {
  const { section, copy } = props;
  const empty = !copy || (copy.html === '' && Object.keys(copy.values).length === 0);
  if (empty) return <p className={styles.nothing}>Nothing is written here yet.</p>;
  return (
    <>
      {section.fields.length > 0 && (
        <FieldShapes section={section} values={copy.values} editable={false} foldKey={null} />
      )}
      {section.prose && copy.html !== '' && <ReadingView html={copy.html} label={section.title} />}
    </>
  );
}
