import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HeldPerson } from '../../shared/api/protection.ts';
import { ROLE_NAMES } from '../../shared/permissions/roles.ts';
import { clockTimeOf, momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useRoute } from '../ui/query.ts';
import { FormerName } from './FormerName.tsx';
import { PersonFile } from './PersonFile.tsx';
import styles from './sheet.module.css';

/** For the lead: on whom the study holds something, what they were shown, and all of it as a file. */
export function HeldPeople({ studyId }: { studyId: string }) {
  const [naming, setNaming] = useState<HeldPerson | null>(null);
  const held = useRoute('GET /api/studies/:studyId/held', { studyId }, { staleTime: 0 });
  return (
    <section className={styles.part} aria-labelledby="held">
      <h2 id="held">What is held on each person</h2>
      <p className={styles.explain}>
        When somebody asks what you hold on them, give them this: all that the study has on one person, those
        who have left included. Each time it is written into the record.
      </p>
      {held.error ? (
        <ErrorState error={held.error} retry={() => void held.refetch()} />
      ) : held.data ? (
        <ul className={styles.rows}>
          {held.data.people.map((person) => (
            <li key={person.id}>
              <div>
                <strong>{person.name}</strong>
                <p id={`held-${person.id}`} className={styles.small}>
                  {aboutOf(person)}
                </p>
              </div>
              <div className={styles.acts}>
                {person.role === null && (
                  <Button
                    variant="subtle"
                    aria-describedby={`held-${person.id}`}
                    aria-label={`Change what the study calls ${person.name}`}
                    onClick={() => setNaming(person)}
                  >
                    Change the name
                  </Button>
                )}
                <PersonFile
                  describedBy={`held-${person.id}`}
                  of={person.name}
                  path={`/api/studies/${encodeURIComponent(studyId)}/people/${encodeURIComponent(person.id)}/export`}
                />
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <ListSkeleton rows={4} />
      )}
      {naming && <FormerName studyId={studyId} person={naming} onClose={() => setNaming(null)} />}
    </section>
  );
}

function aboutOf(person: HeldPerson): string {
  const { role, shown } = person;
  const part = role === null ? leftWords(person) : ROLE_NAMES[role];
  if (shown) {
    const how = shown.how === 'invitation' ? 'with their invitation' : 'on their page';
    return `${part} · shown version ${shown.version} ${how}, ${momentOf(shown.at)}`;
  }
  return role === 'contact' ? `${part} · shown no information sheet yet` : part;
}

/** Such as `Once school contact, Larkfield Primary · out of the study since 3 May, 14:05`: several may be called alike. */
function leftWords({ name, called, was }: HeldPerson): string {
  const place = was && [was.role && ROLE_NAMES[was.role].toLowerCase(), ...was.schools].filter(Boolean);
  const since =
    was?.leftAt == null ? 'no longer in the study' : `out of the study since ${minuteOf(was.leftAt)}`;
  const words = place && place.length > 0 ? `Once ${place.join(', ')} · ${since}` : since;
  const given = called === null || called === name ? '' : `, called “${called}” there`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${given}`;
}

function minuteOf(at: number): string {
  const moment = momentOf(at);
  return moment.startsWith('today') ? moment : `${moment}, ${clockTimeOf(at)}`;
}
