import { memo, useEffect, useRef, useState } from 'react';
import type { CaseDetail, CaseText, LostWords } from '../../shared/api/cases.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { useBlockCopy } from '../sync/hooks.ts';
import type { KeptWords } from '../sync/replica.ts';
import { useCasePage, useWatched } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import { SET_FOR_YOU } from './invitation.ts';
import { sectionInAddress } from './kept-place.ts';
import { closedWords, refusalWords } from './lost-words-story.ts';
import { SectionBody } from './SectionBody.tsx';
import { SectionHead } from './SectionHead.tsx';
import styles from './SectionView.module.css';
import { useCopyMissing } from './section-live.ts';
import { WordsCards } from './WordsCards.tsx';
import { WritingEnded } from './WritingEnded.tsx';
import { useWritingEnded } from './writing-ended.ts';

export type SectionText = CaseText['blocks'][number];

export interface SectionViewProps {
  readonly section: CaseSection;
  readonly text: SectionText | undefined;
  readonly people: CaseDetail['people'];
  readonly acts: CaseDetail['acts'];
  /** Words that belong here and have no place in the margin: the view is too narrow for one. */
  readonly lost: readonly LostWords[];
  readonly kept: readonly KeptWords[];
  /** Some that were typed here were not sent, wherever they are shown. */
  readonly unsent: boolean;
  readonly onForget: (keptId: string) => void;
  /** Only its title and text as yet: the section that the reader came for stands first. */
  readonly sketch: boolean;
}

/** One section on the paper: its head, and unless it does not apply, its prompts, fields and text. */
export const SectionView = memo(
  function SectionView(props: SectionViewProps) {
    const { section, lost, kept } = props;
    const page = useCasePage();
    const mounting = useWatched(page.mounting.of(section.blockId));
    const view = useBlockCopy(section.blockId, mounting !== 'reading');
    const { replica } = view;
    const element = useRef<HTMLElement>(null);
    const [ended, endedOver] = useWritingEnded(section.blockId, element);
    const [cameFor] = useState(() => sectionInAddress() === section.slug);
    useEffect(() => {
      if (replica) page.mounting.arrived(section.blockId);
    }, [page, replica, section.blockId]);
    const access = view.live ? view.access : section.state.access;
    const missing = useCopyMissing(mounting === 'writing' && !replica && view.refusal === null);
    const editable = includesAccess(access, 'write') && view.refusal === null && !missing;
    const suggestsOnly = access === 'suggest' && view.refusal === null && !missing;
    return (
      <section
        ref={element}
        id={`section-${section.blockId}`}
        className={styles.section}
        data-first={cameFor || undefined}
        aria-labelledby={`title-${section.blockId}`}
        onFocusCapture={() => page.current.set(section.blockId)}
      >
        <SectionHead
          section={section}
          people={props.people}
          acts={includesAccess(section.state.access, 'write') ? props.acts : NO_ACTS}
          sketch={props.sketch}
        />
        {ended && (
          <WritingEnded
            blockId={section.blockId}
            why={closedWords(section.state.reason)}
            open={(editable || suggestsOnly) && replica !== null}
            unsent={props.unsent}
            onOver={endedOver}
          />
        )}
        {section.state.reason === 'set' && !suggestsOnly && <p className={styles.notice}>{SET_FOR_YOU}</p>}
        {view.refusal && section.state.reason === null && (
          <p className={styles.notice} role="status">
            {refusalWords(view.refusal)}
          </p>
        )}
        {missing && section.state.notApplicable === null && includesAccess(access, 'write') && (
          <p className={styles.notice} role="status">
            This section is not on this device yet. It can be written in once you are connected.
          </p>
        )}
        {section.state.notApplicable === null && (
          <SectionBody
            section={section}
            html={props.text?.html ?? ''}
            values={props.text?.values ?? NO_VALUES}
            replica={replica}
            mounting={mounting}
            editable={editable}
            suggestsOnly={suggestsOnly}
            sketch={props.sketch}
          />
        )}
        {(lost.length > 0 || kept.length > 0) && (
          <div className={styles.cards}>
            <WordsCards
              section={section}
              lost={lost}
              kept={kept}
              people={props.people}
              editable={editable}
              onForget={props.onForget}
            />
          </div>
        )}
      </section>
    );
  },
  (before, after) => {
    const { section: a, ...restA } = before;
    const { section: b, ...restB } = after;
    return (
      a.state === b.state &&
      a.section === b.section &&
      a.school === b.school &&
      a.named === b.named &&
      (Object.keys(restA) as (keyof typeof restA)[]).every((key) => restA[key] === restB[key])
    );
  },
);

/** Without the right to write in a section, nothing is said about it as a whole. */
const NO_ACTS: CaseDetail['acts'] = [];
const NO_VALUES: SectionText['values'] = {};
