import { Fragment, type ReactNode } from 'react';
import type { ContactBlock, ContactCase } from '../../shared/api/contact.ts';
import type { OwnRequest } from '../../shared/api/information.ts';
import { openRequest, RequestNote } from '../information/RequestNote.tsx';
import styles from './contact.module.css';

/** What a school is asked for, then what it is given to read; as its page and whoever looks at it that way draw it. */
export function ContactArticle(props: {
  readonly asked: ContactCase;
  /** The first on its page: its title is the page's. */
  readonly first: boolean;
  /** What has become of what was typed. */
  readonly saved?: ReactNode;
  readonly asks: (block: ContactBlock) => ReactNode;
  readonly reads: (block: ContactBlock) => ReactNode;
  /** How far a section is that was asked for. */
  readonly progress?: (block: ContactBlock) => ReactNode;
  /** Where the person says that they have filled in what they can. */
  readonly finish?: (request: OwnRequest) => ReactNode;
}) {
  const { asked, first } = props;
  const Heading = first ? 'h1' : 'h2';
  const open = openRequest(asked);
  // Of those that are over, the last one alone is still worth a word.
  const told = open ?? asked.requests[0];
  const isAsked = (block: ContactBlock) => open?.blockIds.includes(block.blockId) ?? false;
  const fillsIn = asked.blocks.filter((block) => block.access === 'write');
  // What was asked for with a day comes first.
  const toFillIn = open ? [...fillsIn.filter(isAsked), ...fillsIn.filter((b) => !isAsked(b))] : fillsIn;
  const isLastAsked = (at: number) => {
    const [here, next] = [toFillIn[at], toFillIn[at + 1]];
    return here !== undefined && isAsked(here) && !(next && isAsked(next));
  };
  const toRead = asked.blocks.filter((block) => block.access !== 'write');
  const closed = asked.blocks.some((block) => block.reason === 'stage');
  return (
    <article className={styles.asked}>
      <Heading className={styles.title}>About {asked.schoolName}</Heading>
      <p className={styles.lead}>
        <Lead asked={asked} fills={toFillIn.length > 0} closed={closed} thanked={told?.closed ?? false} />
      </p>
      {told && (
        <RequestNote
          request={told}
          blocks={asked.blocks}
          closedNow={closed}
          {...(props.progress && { progress: props.progress })}
        />
      )}
      {toFillIn.length > 0 && props.saved}
      {toFillIn.map((block, at) => (
        <Fragment key={block.blockId}>
          {open && at > 0 && !isAsked(block) && isAsked(toFillIn[at - 1] as ContactBlock) && (
            <>
              {props.finish?.(open)}
              <h2 className={styles.part}>Not asked for, and open to you as well</h2>
            </>
          )}
          <div>{props.asks(block)}</div>
          <Onward
            block={block}
            next={toFillIn[at + 1]}
            among={toFillIn.filter((one) => isAsked(one) === isAsked(block))}
            finish={open && props.finish && isLastAsked(at) ? open : null}
          />
        </Fragment>
      ))}
      {open && toFillIn.length > 0 && toFillIn.every(isAsked) && props.finish?.(open)}
      {toFillIn.length > 0 && (
        <p className={styles.end}>
          {told ? '' : 'That is all that is asked. '}You can close this page when it says <em>Saved</em>; what
          you wrote goes to {asked.askedBy || 'the team'}.
        </p>
      )}
      {toRead.length > 0 && (
        <>
          {toFillIn.length > 0 && <h2 className={styles.part}>For you to read</h2>}
          {toRead.map((block) => (
            <div key={block.blockId}>{props.reads(block)}</div>
          ))}
        </>
      )}
    </article>
  );
}

/** Where it goes on after a section: the form is long, and on a phone there is nothing else to go by. */
function Onward(props: {
  readonly block: ContactBlock;
  readonly next: ContactBlock | undefined;
  /** What is counted with it: what was asked for, or what is open beside. */
  readonly among: readonly ContactBlock[];
  /** What was asked for ends here: that one is finished is said below. */
  readonly finish: OwnRequest | null;
}) {
  const { block, next, among, finish } = props;
  if (!next && !finish) return null;
  return (
    <p className={styles.onward}>
      {among.length > 1 && (
        <span>
          {among.indexOf(block) + 1} of {among.length}
        </span>
      )}
      {finish ? (
        <a href={`#finish-${finish.id}`}>
          Next: {finish.finished ? 'what you said' : 'say how far you came'}
        </a>
      ) : (
        next && <a href={`#asked-${next.blockId}`}>Next: {next.section.title}</a>
      )}
    </p>
  );
}

function Lead(props: {
  readonly asked: ContactCase;
  readonly fills: boolean;
  readonly closed: boolean;
  /** The team has what it asked for, and the page says so. */
  readonly thanked: boolean;
}) {
  const { asked, fills, closed, thanked } = props;
  const who = asked.askedBy || 'The team';
  const study = <strong>{asked.studyTitle}</strong>;
  if (thanked && !closed) {
    return (
      <>
        {who} works on {study} with your help.
        {fills && ' Some parts are still open to you: what you write there is saved while you write.'}
      </>
    );
  }
  if (fills) {
    return (
      <>
        {who} asks you for a few facts, for {study}. Write what you know and leave out what you do not. It is
        saved while you write, and you can come back to it.
      </>
    );
  }
  if (closed) {
    return (
      <>
        {who} asked you for a few facts, for {study}. The questions are closed now: the case study is being
        finished. Thank you for your help. This is what stands there.
      </>
    );
  }
  return (
    <>
      {who} shows you parts of a case study about your school, for {study}. They are still being written, and
      this page has them as they are now.
    </>
  );
}
