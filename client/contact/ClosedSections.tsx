import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ContactCase } from '../../shared/api/contract.ts';
import styles from './contact.module.css';

/** Says of sections that were open to be filled in on this page, and went from it, that they did, and what becomes of the words. */
export function ClosedSections({ cases }: { cases: readonly ContactCase[] }) {
  const open = useRef<ReadonlyMap<string, string>>(new Map());
  const [closed, setClosed] = useState<readonly string[]>([]);
  useEffect(() => {
    const now = new Map(
      cases.flatMap(({ blocks }) =>
        blocks
          .filter(({ access }) => access === 'write')
          .map(({ blockId, section }) => [blockId, section.title] as const),
      ),
    );
    const gone = [...open.current].filter(([blockId]) => !now.has(blockId)).map(([, title]) => title);
    open.current = now;
    if (gone.length > 0) setClosed((before) => [...new Set([...before, ...gone])]);
  }, [cases]);
  if (closed.length === 0) return null;
  return (
    <div className={styles.card} role="status">
      <p>
        {closed.map((title) => `“${title}”`).join(' and ')} {closed.length === 1 ? 'is' : 'are'} not open for
        you to fill in any more. What this page called saved is kept in the case study.
      </p>
      <Button size="compact-sm" variant="subtle" onClick={() => setClosed([])}>
        All right
      </Button>
    </div>
  );
}
