import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HeldSpeaker } from '../../shared/api/erasing.ts';
import { useTopic } from '../sync/hooks.ts';
import { longDayOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { queries, routeKey, useRoute } from '../ui/query.ts';
import { EraseSpeaker } from './EraseSpeaker.tsx';
import { PersonFile } from './PersonFile.tsx';
import styles from './sheet.module.css';

/** For the lead: everybody whose words the study quotes, what it holds on each, and its end for good. */
export function HeldSpeakers({ studyId, mayErase }: { studyId: string; mayErase: boolean }) {
  const [erasing, setErasing] = useState<HeldSpeaker | null>(null);
  const held = useRoute('GET /api/studies/:studyId/speakers', { studyId }, { staleTime: 0 });
  useTopic(`study/${studyId}`, () => {
    void queries.invalidateQueries({ queryKey: routeKey('GET /api/studies/:studyId/speakers', { studyId }) });
  });
  return (
    <section className={styles.part} aria-labelledby="quoted">
      <h2 id="quoted">People whose words are quoted</h2>
      <p className={styles.explain}>
        Most of them have no account. Give them this when they ask what you hold on them. When they ask you to
        erase it, their words go for good: from the text and its past, the records, letters, and the devices
        of the team.
      </p>
      {held.error ? (
        <ErrorState error={held.error} retry={() => void held.refetch()} />
      ) : !held.data ? (
        <ListSkeleton rows={3} />
      ) : held.data.speakers.length === 0 ? (
        <p className={styles.small}>Nobody is quoted yet.</p>
      ) : (
        <ul className={styles.rows}>
          {held.data.speakers.map((speaker) => (
            <li key={speaker.id}>
              <div>
                <strong>{speaker.name || 'A former speaker'}</strong>
                <p id={`quoted-${speaker.id}`} className={styles.small}>
                  {aboutOf(speaker)}
                </p>
              </div>
              {speaker.erasedAt === null && (
                <div className={styles.acts}>
                  {mayErase && (
                    <Button
                      variant="subtle"
                      color="red"
                      aria-describedby={`quoted-${speaker.id}`}
                      aria-label={`Erase what ${speaker.name} said, and who they are`}
                      onClick={() => setErasing(speaker)}
                    >
                      Erase
                    </Button>
                  )}
                  <PersonFile
                    describedBy={`quoted-${speaker.id}`}
                    of={`${speaker.name} as somebody quoted`}
                    path={`/api/studies/${encodeURIComponent(studyId)}/speakers/${encodeURIComponent(speaker.id)}/export`}
                  />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {erasing && <EraseSpeaker studyId={studyId} speaker={erasing} onClose={() => setErasing(null)} />}
    </section>
  );
}

function aboutOf({ role, school, quotes, letters, hasAccount, erasedAt, erasing }: HeldSpeaker): string {
  if (erasing) return `${school} · being erased`;
  if (erasedAt !== null) return `${school} · erased on ${longDayOf(erasedAt)}`;
  const held = [
    quotes === 0 ? 'no quotes' : quotes === 1 ? '1 quote' : `${quotes} quotes`,
    ...(letters === 0 ? [] : [letters === 1 ? '1 letter' : `${letters} letters`]),
    ...(hasAccount ? ['has an account, held apart from this'] : []),
  ];
  return [...(role === '' ? [] : [role]), school, held.join(', ')].join(' · ');
}
