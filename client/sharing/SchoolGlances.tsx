import { Link } from '@tanstack/react-router';
import type { SharingPerson, SharingSection } from '../../shared/api/sharing.ts';
import styles from './sharing.module.css';
import type { SharingGrid } from './sharing-grid.ts';
import { schoolGlance, sectionName } from './sharing-words.ts';

/** What each school sees, in words: the thing to be sure of before anything is sent there. */
export function SchoolGlances({ grid }: { grid: SharingGrid }) {
  const { schools } = grid.sharing;
  const invited = grid.groups.flatMap(({ school, people }) => (school ? [{ school, people }] : []));
  const waiting = schools.filter((school) => !invited.some((group) => group.school.id === school.id));
  return (
    <section aria-labelledby="schools-see" className={styles.glances}>
      <h2 id="schools-see">{schools.length > 1 ? 'What the schools see' : 'What the school sees'}</h2>
      {invited.length > 0 && (
        <ul className={styles.cards}>
          {invited.map(({ school, people }) => (
            <li key={school.id} className={styles.card}>
              <h3>{school.name}</h3>
              <Glance grid={grid} people={people} />
              <p className={styles.who}>
                {people.map((person) => (
                  <Link
                    key={person.id}
                    to="/cases/$caseId/view-as/$personId"
                    params={{ caseId: grid.sharing.caseId, personId: person.id }}
                  >
                    See it as {person.name}
                  </Link>
                ))}
              </p>
            </li>
          ))}
        </ul>
      )}
      {waiting.length > 0 && (
        <p className={styles.waiting}>
          {waiting.length === schools.length
            ? 'Nobody at a school takes part in this case yet, so no school sees anything of it. '
            : `Nobody takes part yet for ${waiting.map(({ name }) => name).join(', ')}. `}
          <Link to="/studies/$studyId/people" params={{ studyId: grid.sharing.studyId }}>
            The lead invites them under People
          </Link>
          , or with what they are{' '}
          <Link to="/cases/$caseId/information" params={{ caseId: grid.sharing.caseId }}>
            asked before the visit
          </Link>
          .
        </p>
      )}
    </section>
  );
}

function Glance({ grid, people }: { grid: SharingGrid; people: readonly SharingPerson[] }) {
  const { write, comment, read } = schoolGlance(grid, people);
  if (write.length + comment.length + read.length === 0) return <p>Sees nothing.</p>;
  return (
    <dl>
      <Named term="Fills in" sections={write} />
      <Named term="Comments" sections={comment} />
      <Named term="Reads" sections={read} />
    </dl>
  );
}

/** Names listed before the rest become a number. */
const LISTED = 8;

function Named({ term, sections }: { term: string; sections: readonly SharingSection[] }) {
  if (sections.length === 0) return null;
  const names = sections.slice(0, LISTED).map((section) => sectionName(section, []));
  const rest = sections.length - names.length;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {names.join(' · ')}
        {rest > 0 && ` and ${rest} more`}
      </dd>
    </div>
  );
}
