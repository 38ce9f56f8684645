import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import type { SharingGrid } from '../sharing/sharing-grid.ts';
import { sectionName, showsWords, unconfirmedWords } from '../sharing/sharing-words.ts';
import styles from './information.module.css';

/** Says what the school will see, before it sees more (ACCESS-6). */
export function WhatTheySee(props: {
  readonly grid: SharingGrid;
  readonly name: string;
  /** Null for somebody new. */
  readonly person: SharingPerson | null;
  readonly chosen: readonly SharingSection[];
  /** Sections that every contact of the school fills in, asked for or not. */
  readonly usual: readonly SharingSection[];
}) {
  const { grid, name, person, chosen, usual } = props;
  const newly = person
    ? chosen.filter((section) => grid.newlyShared(grid.steps([person], [section], 'write')).length > 0)
    : [...chosen, ...usual.filter((section) => !chosen.includes(section))];
  return (
    <div className={styles.sees}>
      <h3>What {name} will see</h3>
      {newly.length === 0 ? (
        <p>Nothing that they do not see already: they fill these sections in.</p>
      ) : (
        <>
          <ul>
            {newly.map((section) => (
              <li key={section.blockId} className={styles.seen}>
                {sectionName(section, [])}
                <span className={styles.small}> {showsWords(section)}</span>
                {section.unconfirmed && <p className={styles.care}>{unconfirmedWords(section)}</p>}
                {!chosen.includes(section) && (
                  <p className={styles.small}>Not asked for; whoever speaks for the school fills it in.</p>
                )}
              </li>
            ))}
          </ul>
          <p className={styles.small}>
            They write in the section itself, together with the team: all that stands in it now, with every
            name in it, and which questions are marked answered or still to ask. Words that were deleted do
            not come with it. Quotes stand in it whether they are confirmed or not.
          </p>
        </>
      )}
    </div>
  );
}
