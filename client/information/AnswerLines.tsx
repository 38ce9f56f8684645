import type { InformationRequest, RequestedSection } from '../../shared/api/information.ts';
import { type Framework, findSection } from '../../shared/framework/framework.ts';
import { answerWords } from '../../shared/information/answer.ts';
import styles from './information.module.css';
import { type AnswerNow, useLiveAnswers } from './live-answer.ts';
import { onDay } from './request-words.ts';

interface LinesProps {
  readonly request: InformationRequest;
  /** Null while it is not known: the figures are the server’s until then. */
  readonly framework: Framework | null;
}

/** What was asked for, section by section, with how far each is; follows what the school writes. */
export function AnswerLines({ request, framework, live }: LinesProps & { readonly live: boolean }) {
  if (request.sections.length === 0) {
    return <p className={styles.small}>What was asked for is not open to you to read.</p>;
  }
  return live ? <LiveLines request={request} framework={framework} /> : <Lines sections={request.sections} />;
}

function LiveLines({ request, framework }: LinesProps) {
  const now = useLiveAnswers(request.sections, ({ sectionId }) =>
    framework ? (findSection(framework, sectionId) ?? null) : null,
  );
  return <Lines sections={request.sections} now={now} />;
}

function Lines(props: {
  readonly sections: readonly RequestedSection[];
  readonly now?: readonly AnswerNow[];
}) {
  return (
    <ul className={styles.lines}>
      {props.sections.map((section, at) => (
        <Line key={section.blockId} title={section.title} now={props.now?.[at] ?? section} />
      ))}
    </ul>
  );
}

function Line({ title, now }: { readonly title: string; readonly now: AnswerNow }) {
  const { answer, changedAt } = now;
  const share = answer.fields === 0 ? 0 : Math.round((answer.filled / answer.fields) * 100);
  return (
    <li className={styles.line}>
      <span className={styles.lineTitle}>{title}</span>
      <progress className={styles.bar} max={100} value={share} aria-hidden="true" />
      <span className={styles.lineWords}>
        {answerWords(answer)}
        {changedAt !== null && <span className={styles.small}> · last changed {onDay(changedAt)}</span>}
        {answer.missing.length > 0 && (
          <span className={styles.small}> · still needed: {answer.missing.join(', ')}</span>
        )}
      </span>
    </li>
  );
}
