import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { wordsFor } from './query.ts';
import { ProblemError, UnreachableError } from './request.ts';
import styles from './States.module.css';

function titleFor(error: Error): string {
  if (error instanceof UnreachableError) return 'Casebook can’t be reached';
  if (!(error instanceof ProblemError)) return 'That did not work';
  switch (error.problem.code) {
    case 'not-found':
    case 'gone':
      return 'Nothing is here';
    case 'no-access':
      return 'This is not open to you';
    case 'passkey-needed':
      return 'A passkey is needed';
    default:
      return 'That did not work';
  }
}

/**
 * An error in place of what should stand here: what happened, and what to do.
 * `page`: instead of what the page is about; `whole`: instead of the page itself.
 */
export function ErrorState({
  error,
  retry,
  page = false,
  whole = false,
  act,
}: {
  error: Error;
  retry?: () => void;
  page?: boolean;
  whole?: boolean;
  act?: ReactNode;
}) {
  const Heading = whole || page ? 'h1' : 'h3';
  useWhenBack(error instanceof UnreachableError ? retry : undefined);
  const state = (
    <div className={styles.error} role="alert">
      <Heading>{titleFor(error)}</Heading>
      <p>{wordsFor(error)}</p>
      <div className={styles.acts}>
        {retry && <Button onClick={retry}>Try again</Button>}
        {act}
        {whole && (
          <Button component="a" href="/" variant="subtle">
            Go to your studies
          </Button>
        )}
      </div>
    </div>
  );
  return whole ? <main className={styles.whole}>{state}</main> : state;
}

/** Tries again by itself once the device says that it is connected again. */
function useWhenBack(retry: (() => void) | undefined): void {
  const latest = useRef(retry);
  useEffect(() => {
    latest.current = retry;
  });
  useEffect(() => {
    const back = () => latest.current?.();
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  }, []);
}
