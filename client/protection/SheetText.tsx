import type { ReactNode } from 'react';
import {
  SHEET_PART_IDS,
  SHEET_PART_WORDS,
  type SheetPartId,
  type SheetParts,
  sheetBlocks,
} from '../../shared/protection/information-sheet.ts';
import styles from './sheet.module.css';

/**
 * An information sheet as its reader has it. What somebody typed stands there as
 * plain text, whatever it is.
 */
export function SheetText({
  parts,
  level,
  changed = [],
}: {
  parts: SheetParts;
  /** Of its headings, one below what it stands under. */
  level: 2 | 3;
  /** Parts that are marked as different from what the reader knows. */
  changed?: readonly SheetPartId[];
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={styles.sheet}>
      {SHEET_PART_IDS.filter((part) => parts[part].trim() !== '').map((part) => (
        <section key={part} data-changed={changed.includes(part) || undefined}>
          <Heading>
            {SHEET_PART_WORDS[part].heading}
            {changed.includes(part) && <span className={styles.mark}> changed</span>}
          </Heading>
          <Words text={parts[part]} />
        </section>
      ))}
    </div>
  );
}

/* Paragraphs, lines and list items have no name but their place, and never move. */
function Words({ text }: { text: string }): ReactNode {
  return sheetBlocks(text).map((block, at) =>
    block.kind === 'list' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <ul key={at}>
        {block.items.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={place}>{item}</li>
        ))}
      </ul>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <p key={at}>{block.lines.join('\n')}</p>
    ),
  );
}
