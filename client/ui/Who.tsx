import type { Person } from '../../shared/api/people.ts';
import styles from './Who.module.css';

export type WhoPerson = Pick<Person, 'id' | 'name' | 'colour' | 'initials'>;

/** A person's badge: initials on their own colour, with the name for those who hear or point. */
export function Who({ person, size = 'm' }: { person: WhoPerson; size?: 's' | 'm' | 'l' }) {
  return (
    <span
      className={`${styles.who} ${styles[size]}`}
      style={{ background: person.colour }}
      role="img"
      aria-label={person.name}
      title={person.name}
    >
      {person.initials}
    </span>
  );
}

/** Several badges, overlapping; those beyond `most` become a number. */
export function WhoList({
  people,
  size = 'm',
  most = 4,
}: {
  people: readonly WhoPerson[];
  size?: 's' | 'm';
  most?: number;
}) {
  if (people.length === 0) return null;
  const rest = people.slice(most);
  return (
    <span className={styles.list}>
      {people.slice(0, most).map((person) => (
        <Who key={person.id} person={person} size={size} />
      ))}
      {rest.length > 0 && (
        <span className={styles.rest} title={rest.map((person) => person.name).join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
