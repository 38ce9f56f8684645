import { lazy, Suspense } from 'react';
import { useAllKeptWords } from '../sync/hooks.ts';

const KeptApart = lazy(() =>
  import('../case-study/KeptApart.tsx').then(({ KeptApart }) => ({ default: KeptApart })),
);

/** Words of this person that wait on this device and nowhere else (SAVE-6); draws nothing where none do. */
export function KeptWordsHere() {
  const { kept } = useAllKeptWords();
  if (kept.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <KeptApart />
    </Suspense>
  );
}
