import type { CaseSection } from './case-sections.ts';
import styles from './Outline.module.css';
import { ringOf, type SectionFacts, STANDING_WORDS, standingOf } from './progress.ts';
import { Ring } from './Ring.tsx';

/** What the outline says of a section: how far it is, its number and title; of one of several schools its name. */
export function OutlineRowWords({ section, facts }: { section: CaseSection; facts: SectionFacts }) {
  const { kind } = standingOf(section.state, facts);
  return (
    <>
      <Ring share={ringOf(section, facts)} kind={kind} />
      <span>
        {section.named && section.school ? (
          section.school.name
        ) : (
          <>
            {section.number && <span className={styles.number}>{section.number} </span>}
            {section.title}
          </>
        )}
        <span className="heard-only">, {STANDING_WORDS[kind].toLowerCase()}</span>
      </span>
    </>
  );
}
