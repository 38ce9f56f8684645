import type { CaseDetail } from '../../shared/api/cases.ts';
import { answerWords, wholeAnswer } from '../../shared/information/answer.ts';
import { Chip } from '../ui/Chip.tsx';
import styles from './information.module.css';
import { mayAsk } from './may-ask.ts';
import { standingChip } from './request-words.ts';

/** What stands over the paper of a case of what its schools are asked for, before the page is there. */
export function RequestsShape({ detail }: { readonly detail: CaseDetail }) {
  const asked = detail.asked ?? [];
  const early = detail.stage === 'scoping' || detail.stage === 'visit';
  const page = `/cases/${encodeURIComponent(detail.id)}/information`;
  if (asked.length === 0) {
    if (!early || !mayAsk(detail)) return null;
    return (
      <p className={styles.offer}>
        <a href={`${page}?ask=`}>{OFFER}</a>
      </p>
    );
  }
  return (
    <aside className={styles.strip} aria-label="Information before the visit">
      {asked.map((request) => {
        const { tone, words } = standingChip(request);
        const answers = request.sections.map(({ answer }) => answer);
        return (
          <a key={request.id} href={page} className={styles.row}>
            <span>
              <strong>{detail.schools.find(({ id }) => id === request.schoolId)?.name ?? 'A school'}</strong>:{' '}
              {request.person.name} is asked
            </span>
            {answers.length > 0 && (
              <span className={styles.lineWords}>{answerWords(wholeAnswer(answers))}</span>
            )}
            <Chip tone={tone}>{words}</Chip>
          </a>
        );
      })}
    </aside>
  );
}

/** To whoever may ask, while nobody was asked yet. */
export const OFFER = 'Ask the school for its facts and contacts before the visit';
