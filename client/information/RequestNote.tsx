import type { ReactNode } from 'react';
import type { ContactBlock, ContactCase } from '../../shared/api/contact.ts';
import type { OwnRequest } from '../../shared/api/information.ts';
import { listed } from '../../shared/information/letter-draft.ts';
import { isPast } from '../ui/dates.ts';
import styles from './own-request.module.css';
import { daysUntil, longDay, onDay } from './request-words.ts';

/** @returns the request that somebody is to answer, if there is one */
export function openRequest(asked: ContactCase): OwnRequest | null {
  return asked.requests.find(({ closed }) => !closed) ?? null;
}

/** At the top of a school contact's page: what is asked, by whom, until when, and how far it is. */
export function RequestNote(props: {
  readonly request: OwnRequest;
  /** What is on the page. */
  readonly blocks: readonly ContactBlock[];
  /** The case is closed for now: nothing can be filled in. */
  readonly closedNow: boolean;
  readonly progress?: (block: ContactBlock) => ReactNode;
}) {
  const { request, blocks, closedNow, progress } = props;
  const asked = request.blockIds.flatMap((id) => blocks.find(({ blockId }) => blockId === id) ?? []);
  const titleId = `asked-of-you-${request.id}`;
  if (request.closed) {
    return (
      <section className={styles.note} data-over aria-labelledby={titleId}>
        <h2 id={titleId}>Thank you: {request.askedBy || 'the team'} has what is needed</h2>
        <p>
          What you were asked {onDay(request.askedAt)} is closed now. What you wrote is kept, and you can read
          below what stands there.
        </p>
      </section>
    );
  }
  return (
    <section className={styles.note} aria-labelledby={titleId}>
      <h2 id={titleId}>
        {request.finished ? 'You have filled in what you can. Thank you!' : `Until ${longDay(request.dueOn)}`}
      </h2>
      <p>{whenWords(request, { closedNow, shut: !asked.some(({ access }) => access === 'write') })}</p>
      {request.note !== '' && (
        <blockquote>
          {request.note}
          {request.askedBy !== '' && <cite>{request.askedBy}</cite>}
        </blockquote>
      )}
      <ul>
        {asked.map((block) => (
          <li key={block.blockId}>
            {block.access === 'write' ? (
              <a href={`#asked-${block.blockId}`}>{block.section.title}</a>
            ) : (
              <span>{block.section.title}</span>
            )}
            {progress && block.access === 'write' && <span className={styles.far}>{progress(block)}</span>}
            <Alongside names={request.alsoAsked.find(({ blockId }) => blockId === block.blockId)?.names} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** That a colleague is asked for the same, so that two do not do the work of one. */
function Alongside({ names = [] }: { readonly names?: readonly string[] | undefined }) {
  if (names.length === 0) return null;
  return (
    <span className={styles.far}>
      {listed(names)} {names.length === 1 ? 'is' : 'are'} asked for this as well. You write in the same text,
      and see what the other fills in.
    </span>
  );
}

function leftWords(days: number): string {
  if (days <= 0) return 'That is today.';
  return days === 1 ? 'That is tomorrow.' : `That is in ${days} days.`;
}

function whenWords(
  request: OwnRequest,
  { closedNow, shut }: { readonly closedNow: boolean; readonly shut: boolean },
): string {
  const visit = request.visitOn === null ? '' : ` The visit is on ${longDay(request.visitOn)}.`;
  if (closedNow) return `The questions are closed at the moment.${visit}`;
  // Taken from them under Sharing: a day would only press for what cannot be done.
  if (shut) {
    return `What you were asked for is not open to you at the moment. ${request.askedBy || 'The team'} can tell you more.${visit}`;
  }
  if (request.finished) {
    return `You said so ${onDay(request.finished.at)}. You can still change and add until the team closes it.${visit}`;
  }
  if (isPast(request.dueOn)) {
    return `That day has passed, and it is still open: whatever you can add helps.${visit}`;
  }
  return `${leftWords(daysUntil(request.dueOn))}${visit}`;
}
