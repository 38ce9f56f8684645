import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ApiToken } from '../../shared/api/account.ts';
import { CopyOnce } from '../ui/CopyOnce.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { momentOf } from '../ui/dates.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { ListSkeleton } from '../ui/PageSkeleton.tsx';
import { useAct, useRoute } from '../ui/query.ts';
import styles from './accounts.module.css';
import { TokenDialog } from './TokenDialog.tsx';

/** Keys by which programs act as this person: made here, shown once, taken back here. */
export function ApiTokens() {
  const tokens = useRoute('GET /api/tokens', {});
  const revoke = useAct('DELETE /api/tokens/:tokenId', ['GET /api/tokens']);
  const studies = useRoute('GET /api/studies', {});
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [going, setGoing] = useState<{ id: string; name: string } | null>(null);

  const takeBack = async () => {
    if (going && (await revoke.send({ tokenId: going.id }, {}))) setGoing(null);
  };
  if (tokens.error) return <ErrorState error={tokens.error} retry={() => void tokens.refetch()} />;
  return (
    <>
      <p className={styles.explain}>
        A program with one of these tokens acts in your name, as far as you let it. You need none to work here
        yourself.{' '}
        <Link className={styles.inText} to="/interface">
          What programs can ask
        </Link>
      </p>
      {!tokens.data && <ListSkeleton rows={1} />}
      {tokens.data && tokens.data.tokens.length > 0 && (
        <ul className={styles.tokens}>
          {tokens.data.tokens.map((token) => (
            <li key={token.id}>
              <span>
                {token.name}
                <small>
                  {reachOf(token, studies.data?.studies ?? [])}. Made {momentOf(token.createdAt)}
                  {token.lastUsedAt ? `, last used ${momentOf(token.lastUsedAt)}` : ', not used yet'}
                  {token.expiresAt ? `, runs out ${momentOf(token.expiresAt)}` : ', does not run out'}
                </small>
              </span>
              <Button color="red" aria-label={`Take back ${token.name}`} onClick={() => setGoing(token)}>
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
      {made && (
        <div className={styles.made}>
          <CopyOnce
            label={`Token for ${made.name}`}
            value={made.token}
            note="Keep it in a safe place: it is shown only now."
          />
        </div>
      )}
      <Button onClick={() => setMaking(true)}>Make a token</Button>
      {making && (
        <TokenDialog
          studies={studies.data?.studies ?? []}
          onMade={(token) => {
            setMade(token);
            setMaking(false);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {going && (
        <Confirm
          title={`Take back “${going.name}”?`}
          act="Take it back"
          pending={revoke.pending}
          problem={revoke.problem}
          onConfirm={takeBack}
          onClose={() => setGoing(null)}
        >
          <p>Programs that use it stop working at once.</p>
        </Confirm>
      )}
    </>
  );
}

function reachOf(
  token: ApiToken,
  studies: readonly { readonly id: string; readonly title: string }[],
): string {
  const does = token.reach === 'reads' ? 'Reads' : 'Reads and writes';
  if (token.studyId === null) return `${does} everywhere that you may`;
  const title = studies.find((study) => study.id === token.studyId)?.title;
  return title === undefined ? `${does} in one study` : `${does} in ${title}`;
}
