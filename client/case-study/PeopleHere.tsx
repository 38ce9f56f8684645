import { useEffect, useRef, useState } from 'react';
import { usePeopleHere } from '../sync/hooks.ts';
import { Who } from '../ui/Who.tsx';
import styles from './CaseTools.module.css';
import { useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';

/** Badges shown before the rest become a number. */
const MOST = 5;
/** Milliseconds in which comings and goings are told together. */
const TOGETHER = 3_000;

/** Joins the case, and hands who else is here to the parts that show it. Draws nothing. */
export function PresenceSource() {
  const page = useCasePage();
  const { people, moveTo } = usePeopleHere(page.caseId);
  useEffect(() => page.peopleHere.set(people), [page, people]);
  useEffect(() => page.tellMovesTo(moveTo), [page, moveTo]);
  return null;
}

/** The others who are in the case; a click goes to where they are. */
export function PeopleHere(props: {
  readonly sections: readonly CaseSection[];
  readonly onGo: (section: CaseSection) => void;
}) {
  const page = useCasePage();
  const people = useWatched(page.peopleHere);
  const others = people.filter(({ person }) => person.id !== page.me.id);
  const rest = others.slice(MOST);
  return (
    <>
      {others.length > 0 && (
        <ul className={styles.people} aria-label="Here now">
          {others.slice(0, MOST).map(({ person, blockId }) => {
            const section = props.sections.find((one) => one.blockId === blockId);
            const where = section ? `${person.name}, in ${section.full}` : `${person.name}, looking around`;
            return (
              <li key={person.id} className={styles.person}>
                <button
                  type="button"
                  className={styles.badge}
                  aria-label={section ? `${where}. Go there` : where}
                  title={where}
                  aria-disabled={!section}
                  onClick={() => section && props.onGo(section)}
                >
                  <span aria-hidden="true">
                    <Who person={person} />
                  </span>
                </button>
              </li>
            );
          })}
          {rest.length > 0 && (
            <li className={styles.rest} title={rest.map(({ person }) => person.name).join(', ')}>
              +{rest.length}
            </li>
          )}
        </ul>
      )}
      <ComingsAndGoings names={others.map(({ person }) => person.name)} />
    </>
  );
}

/** Tells screen readers who came and went, several at once and never one's own moves. */
function ComingsAndGoings({ names }: { names: readonly string[] }) {
  const [heard, setHeard] = useState('');
  const told = useRef<readonly string[] | null>(null);
  const key = names.join('\n');
  useEffect(() => {
    const timer = setTimeout(() => {
      const now = key === '' ? [] : key.split('\n');
      const before = told.current;
      told.current = now;
      if (before === null) return;
      const came = now.filter((name) => !before.includes(name));
      const went = before.filter((name) => !now.includes(name));
      const parts = [
        came.length > 0 ? `${came.join(', ')} came in.` : '',
        went.length > 0 ? `${went.join(', ')} left.` : '',
      ].filter((part) => part !== '');
      if (parts.length > 0) setHeard(parts.join(' '));
    }, TOGETHER);
    return () => clearTimeout(timer);
  }, [key]);
  return (
    <span className="heard-only" aria-live="polite">
      {heard}
    </span>
  );
}
