import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ContactCase } from '../../shared/api/contact.ts';
import { openRequest } from '../information/RequestNote.tsx';
import styles from './contact.module.css';

/** Sections by the id of their block, with their titles. */
type Titles = ReadonlyMap<string, string>;

/** What was open to be filled in on this page, and of it what went. */
export interface ClosingNews {
  readonly open: Titles;
  readonly gone: Titles;
}

export const NO_NEWS: ClosingNews = { open: new Map(), gone: new Map() };

/**
 * @param cases as the page has them now
 * @returns what went from the page until now; no more where it came back, or where the page itself says why
 */
export function closingNews(before: ClosingNews, cases: readonly ContactCase[]): ClosingNews {
  const open = new Map(
    cases.flatMap(({ blocks }) =>
      blocks
        .filter(({ access }) => access === 'write')
        .map(({ blockId, section }) => [blockId, section.title] as const),
    ),
  );
  const told = new Set(cases.flatMap(toldThere));
  const gone = [...before.gone, ...before.open].filter(([id]) => !open.has(id) && !told.has(id));
  return { open, gone: new Map(gone) };
}

/** @returns ids of blocks of which the page says that they are closed: with their request, or with the case */
function toldThere(asked: ContactCase): readonly string[] {
  const [last] = asked.requests;
  const thanked = !openRequest(asked) && last?.closed ? last.blockIds : [];
  return [
    ...thanked,
    ...asked.blocks.filter(({ reason }) => reason === 'stage').map(({ blockId }) => blockId),
  ];
}

/** Says of sections that were open to be filled in on this page, and went from it, that they did, and what becomes of the words. */
export function ClosedSections({ cases }: { cases: readonly ContactCase[] }) {
  const [news, setNews] = useState(NO_NEWS);
  useEffect(() => setNews((before) => closingNews(before, cases)), [cases]);
  const titles = [...new Set(news.gone.values())];
  if (titles.length === 0) return null;
  return (
    <div className={styles.card} role="status">
      <p>
        {titles.map((title) => `“${title}”`).join(' and ')} {titles.length === 1 ? 'is' : 'are'} not open for
        you to fill in any more. What this page called saved is kept in the case study.
      </p>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => setNews(({ open }) => ({ open, gone: new Map() }))}
      >
        All right
      </Button>
    </div>
  );
}
