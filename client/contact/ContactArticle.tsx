import type { ReactNode } from 'react';
import type { ContactBlock, ContactCase } from '../../shared/api/contract.ts';
import { type Framework, findSection, type Section } from '../../shared/framework/framework.ts';
import { contactSection } from '../../shared/permissions/reading-copy.ts';
import styles from './contact.module.css';

/** What a school is asked for, then what it is given to read; as its page and whoever looks at it that way draw it. */
export function ContactArticle(props: {
  readonly asked: ContactCase;
  /** The first on its page: its title is the page's. */
  readonly first: boolean;
  /** Null while it is on its way. */
  readonly framework: Framework | null;
  /** What has become of what was typed. */
  readonly saved?: ReactNode;
  /** In place of the sections, while they are not here. */
  readonly waiting?: ReactNode;
  readonly asks: (section: Section, state: ContactBlock) => ReactNode;
  readonly reads: (section: Section, state: ContactBlock) => ReactNode;
}) {
  const { asked, framework, first } = props;
  const Heading = first ? 'h1' : 'h2';
  const toFillIn = asked.blocks.filter((block) => block.access === 'write');
  const toRead = asked.blocks.filter((block) => block.access !== 'write');
  const closed = asked.blocks.some((block) => block.reason === 'stage');
  return (
    <article className={styles.asked}>
      <Heading className={styles.title}>About {asked.schoolName}</Heading>
      <p className={styles.lead}>
        <Lead asked={asked} fills={toFillIn.length > 0} closed={closed} />
      </p>
      {toFillIn.length > 0 && props.saved}
      {framework ? null : props.waiting}
      {framework &&
        toFillIn.map((block) => {
          const section = findSection(framework, block.sectionId);
          return section && <div key={block.blockId}>{props.asks(section, block)}</div>;
        })}
      {toFillIn.length > 0 && (
        <p className={styles.end}>
          That is all that is asked. You can close this page when it says <em>Saved</em>; what you wrote goes
          to {asked.askedBy || 'the team'}.
        </p>
      )}
      {framework && toRead.length > 0 && (
        <>
          {toFillIn.length > 0 && <h2 className={styles.part}>For you to read</h2>}
          {toRead.map((block) => {
            const section = findSection(framework, block.sectionId);
            return section && <div key={block.blockId}>{props.reads(contactSection(section), block)}</div>;
          })}
        </>
      )}
    </article>
  );
}

function Lead({ asked, fills, closed }: { asked: ContactCase; fills: boolean; closed: boolean }) {
  const who = asked.askedBy || 'The team';
  const study = <strong>{asked.studyTitle}</strong>;
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
