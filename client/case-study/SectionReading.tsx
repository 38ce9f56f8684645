import type { ReactNode } from 'react';
import type { FieldValues } from '../../shared/document/reading.ts';
import { promptLead } from '../../shared/framework/framework.ts';
import { isFolded } from '../editor/folding.ts';
import promptStyles from '../editor/PromptList.module.css';
import { PromptCount, PromptSign } from '../editor/PromptMarks.tsx';
import type { CaseSection } from './case-sections.ts';
import { FieldShapes } from './FieldShapes.tsx';
import type { SectionFacts } from './progress.ts';
import styles from './SectionView.module.css';

/**
 * A section as it was last saved, to be read until it is live. Drawn in the shapes
 * that its prompts and fields will have, so that nothing moves when they come.
 */
export function SectionReading(props: {
  readonly section: CaseSection;
  readonly values: FieldValues;
  readonly marks: SectionFacts['prompts'];
  readonly editable: boolean;
  /** Under what the device keeps what of it is folded. */
  readonly foldKey: string;
  readonly text: ReactNode;
}) {
  const { section } = props.section;
  return (
    <>
      {section.prompts.length > 0 && (
        <PromptShapes section={props.section} marks={props.marks} folded={isFolded(props.foldKey)} />
      )}
      {section.fields.length > 0 && (
        <FieldShapes
          section={section}
          values={props.values}
          editable={props.editable}
          foldKey={props.foldKey}
        />
      )}
      {section.prose && <div className={styles.text}>{props.text}</div>}
    </>
  );
}

function PromptShapes(props: {
  readonly section: CaseSection;
  readonly marks: SectionFacts['prompts'];
  readonly folded: boolean;
}) {
  const { prompts } = props.section.section;
  const { marks, folded } = props;
  return (
    <div className={promptStyles.prompts}>
      <div className={promptStyles.head}>
        <span className={promptStyles.chevron} />
        <b>
          {prompts.length} {prompts.length === 1 ? 'prompt' : 'prompts'}
        </b>
        <span className={promptStyles.summary}>
          {folded ? prompts.map(({ label }) => label).join(', ') : ''}
        </span>
        <PromptCount marks={prompts.map(({ id }) => marks[id] ?? null)} />
      </div>
      {!folded && (
        <ul className={promptStyles.list}>
          {prompts.map((prompt) => (
            <li key={prompt.id} className={promptStyles.prompt} data-mark={marks[prompt.id] ?? 'none'}>
              <span className={promptStyles.mark}>
                <PromptSign mark={marks[prompt.id] ?? null} />
              </span>
              <span className={promptStyles.words}>
                <b>{promptLead(prompt.label)}</b> {prompt.question}
                {'\u2002'}
                {marks[prompt.id] && (
                  <span className={promptStyles.state}>
                    {marks[prompt.id] === 'ask' ? 'still to ask' : 'answered'}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
