import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FrameworkSummary } from '../../shared/api/studies.ts';
import { Acts, Dialog } from '../ui/Dialog.tsx';
import { wordsFor } from '../ui/query.ts';
import { ProblemError, request } from '../ui/request.ts';
import styles from './framework.module.css';

/** Bytes; the server takes no larger body. */
const LARGEST = 1_000_000;

type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'added'; readonly summary: FrameworkSummary }
  | {
      readonly kind: 'refused';
      readonly words: string;
      readonly errors: readonly { readonly path: string; readonly message: string }[];
    };

function refused(words: string): Outcome {
  return { kind: 'refused', words, errors: [] };
}

/** Adds a framework from a file; what is wrong in it is named by its place. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const client = useQueryClient();
  const read = async (file: File | undefined) => {
    if (!file) return;
    setOutcome({ kind: 'reading' });
    setOutcome(await add(file));
    void client.invalidateQueries({ queryKey: ['GET /api/frameworks'] });
  };
  return (
    <Dialog title="Import a framework" onClose={onClose} wide>
      <p className={styles.explain}>
        Export this one, change its text in any editor, give it another name or the next version, and bring it
        back here. Studies begun from then on can use it; this study keeps the one it has.
      </p>
      <label className={styles.file}>
        <span>The framework’s file</span>
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            void read(event.currentTarget.files?.[0]);
            // Choosing the same file again, mended meanwhile, is a new attempt.
            event.currentTarget.value = '';
          }}
        />
      </label>
      <div role="status">
        {outcome.kind === 'reading' && <p>Reading …</p>}
        {outcome.kind === 'added' && (
          <p className={styles.added}>
            “{outcome.summary.title}”, version {outcome.summary.version}, is here now, with{' '}
            {outcome.summary.sections} sections.
          </p>
        )}
      </div>
      {outcome.kind === 'refused' && (
        <div role="alert" className={styles.refused}>
          <p>{outcome.words}</p>
          {outcome.errors.length > 0 && (
            <ul>
              {outcome.errors.map((error) => (
                <li key={`${error.path} ${error.message}`}>
                  <code>{error.path || 'the whole'}</code> {error.message}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <Acts>
        <Button onClick={onClose}>{outcome.kind === 'added' ? 'Done' : 'Cancel'}</Button>
      </Acts>
    </Dialog>
  );
}

async function add(file: File): Promise<Outcome> {
  if (file.size > LARGEST) return refused('This file is too large for a framework: at most a megabyte.');
  let body: unknown;
  try {
    body = JSON.parse(await file.text());
  } catch (error) {
    return refused(`This is no JSON file. ${error instanceof Error ? error.message : ''}`);
  }
  try {
    return { kind: 'added', summary: await request('POST /api/frameworks', { body }) };
  } catch (error) {
    if (error instanceof ProblemError) {
      return { kind: 'refused', words: error.problem.detail, errors: error.problem.errors ?? [] };
    }
    return refused(wordsFor(error as Error));
  }
}
