import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useLayoutEffect, useMemo, useState } from 'react';
import type { CaseDetail, CaseText, LostWords } from '../../shared/api/cases.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import { setNamesHere } from '../editor/names-here.ts';
import { CaseRequests } from '../information/CaseRequests.tsx';
import { useKeptWords } from '../sync/hooks.ts';
import type { KeptWords } from '../sync/replica.ts';
import { TopBar } from '../ui/TopBar.tsx';
import { Banners } from './Banners.tsx';
import styles from './CasePage.module.css';
import { CaseTitle } from './CaseTitle.tsx';
import { CaseTools } from './CaseTools.tsx';
import { useCaseKeys } from './case-keys.ts';
import { useCasePage } from './case-page-state.ts';
import { useAgreementWatch } from './case-replies.ts';
import { type CaseSection, caseSections, schoolsLine, sectionBySlug } from './case-sections.ts';
import { FollowAddress } from './FollowAddress.tsx';
import { OutlineFromPaper, SectionFromPaper } from './FromPaper.tsx';
import { firstPaper } from './first-paper.tsx';
import { useDrawnInFull } from './first-section.ts';
import { sectionInAddress } from './kept-place.ts';
import { useLostWordsNews } from './lost-words-news.ts';
import { Margin } from './Margin.tsx';
import outlineStyles from './Outline.module.css';
import { Outline } from './Outline.tsx';
import { OutlineDrawer } from './OutlineDrawer.tsx';
import { PresenceSource } from './PeopleHere.tsx';
import { goToSection, useReaderPlace } from './page-place.ts';
import { SectionView } from './SectionView.tsx';
import { useMedia } from './use-media.ts';

const ToAskDialog = lazy(() => import('./ToAskDialog.tsx'));
const FindPanel = lazy(() => import('./FindPanel.tsx'));
// Without its code there are no comments, and writing goes on.
const CommentsBeside = lazy(() =>
  import('../comments/CommentsBeside.tsx').catch(() => ({ default: () => null })),
);
// Without its code there are no chips, and writing goes on.
const QuotesBeside = lazy(() => import('../quotes/QuotesBeside.tsx').catch(() => ({ default: () => null })));

export type Lifted = 'to-ask' | 'find' | null;

/** A case that is here: the bar over it, its outline, its paper and its margin. */
export function CaseView(props: {
  readonly detail: CaseDetail;
  readonly framework: Framework;
  readonly text: CaseText | null;
  /** Null until they are known. */
  readonly lost: readonly LostWords[] | null;
  /** Block id of the section that the reader came for. */
  readonly first: string;
}) {
  const { detail, framework, text, first } = props;
  const lost = props.lost ?? NONE;
  const page = useCasePage();
  const sections = useMemo(() => caseSections(framework, detail), [framework, detail]);
  const idsKey = sections.map((section) => section.blockId).join(' ');
  const blockIds = useMemo(() => (idsKey === '' ? [] : idsKey.split(' ')), [idsKey]);
  const texts = useMemo(() => new Map(text?.blocks.map((block) => [block.blockId, block])), [text]);
  const { kept, forget } = useKeptWords(blockIds);
  const wide = useMedia('(min-width: 1241px)');
  const narrow = useMedia('(max-width: 940px)');
  const search = useSearch({ strict: false }) as { section?: string; find?: string };
  const sought = search.find;
  const [lifted, setLifted] = useState<Lifted>(null);
  const [followed, setFollowed] = useState<{
    readonly words: string | undefined;
    readonly blockId?: string;
  }>();
  if (sought !== followed?.words) {
    const section = search.section === undefined ? null : sectionBySlug(sections, search.section);
    setFollowed({ words: sought, ...(section && { blockId: section.blockId }) });
    if (sought) setLifted('find');
  }
  const [aside, setAside] = useState<HTMLElement | null>(null);
  const [commentsHere, setCommentsHere] = useState(false);
  const full = useDrawnInFull(page, first);
  const [paper] = useState(firstPaper);

  const go = useCallback(
    (section: CaseSection) => {
      goToSection(page, section);
    },
    [page],
  );
  const navigate = useNavigate();
  const close = useCallback(() => {
    setLifted(null);
    // So that the same words can be looked for again.
    const section = sectionInAddress();
    if (new URLSearchParams(window.location.search).has('find'))
      void navigate({
        to: '.',
        search: section === null ? {} : { section },
        replace: true,
        resetScroll: false,
      });
  }, [navigate]);
  useLayoutEffect(() => setNamesHere(detail.names ?? []), [detail.names]);
  const onComments = useCallback(() => setCommentsHere(true), []);
  useAgreementWatch(page);
  useReaderPlace(page, sections, text !== null, full);
  useCaseKeys(sections, detail, setLifted);
  useLostWordsNews(page, sections, props.lost);

  const beside = useByBlock(lost, kept, wide);
  const tools = (
    <CaseTools
      detail={detail}
      sections={sections}
      blockIds={blockIds}
      narrow={narrow}
      onGo={go}
      onLift={setLifted}
    />
  );
  return (
    <>
      <PresenceSource />
      <FollowAddress sections={sections} />
      <TopBar
        crumbs={[
          <Link key="study" to="/studies/$studyId" params={{ studyId: detail.studyId }}>
            {detail.study.title}
          </Link>,
          schoolsLine(detail.schools) || detail.title,
        ]}
        right={narrow ? null : tools}
      />
      {narrow && (
        <section className={styles.subBar} aria-label="This case">
          <OutlineDrawer detail={detail} sections={sections} onGo={go} />
          <span className={styles.gap} />
          {tools}
        </section>
      )}
      <Banners detail={detail} blockIds={blockIds} />
      <div className={styles.case}>
        {narrow ? null : !full && paper?.outline ? (
          <OutlineFromPaper
            className={outlineStyles.outline}
            drawn={paper.outline}
            sections={sections}
            onGo={go}
          />
        ) : (
          <nav className={outlineStyles.outline} aria-label="Sections">
            <Outline detail={detail} sections={sections} onGo={go} />
          </nav>
        )}
        <main id="main" className={styles.paper} aria-busy={text === null || undefined}>
          <CaseTitle detail={detail} />
          <CaseRequests detail={detail} sections={sections} />
          {sections.map((section) => {
            const sketch = !full && section.blockId !== first;
            const drawn = sketch && paper?.section(section.slug);
            if (drawn) return <SectionFromPaper key={section.blockId} section={section} drawn={drawn} />;
            return (
              <SectionView
                key={section.blockId}
                section={section}
                text={texts.get(section.blockId)}
                people={detail.people}
                acts={detail.acts}
                lost={beside.lost(section.blockId)}
                kept={beside.kept(section.blockId)}
                unsent={kept.some(({ blockId }) => blockId === section.blockId)}
                onForget={forget}
                sketch={sketch}
              />
            );
          })}
        </main>
        {wide && (
          <div className={styles.aside} ref={setAside}>
            {!commentsHere && (
              <Margin sections={sections} lost={lost} kept={kept} people={detail.people} onForget={forget} />
            )}
          </div>
        )}
      </div>
      {full && (
        <Suspense fallback={null}>
          <CommentsBeside
            {...{ detail, sections, aside, lost, kept }}
            onForget={forget}
            onHere={onComments}
          />
        </Suspense>
      )}
      {full && (
        <Suspense fallback={null}>
          <QuotesBeside detail={detail} sections={sections} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        {lifted === 'to-ask' && <ToAskDialog detail={detail} sections={sections} onGo={go} onClose={close} />}
        {lifted === 'find' && (
          <FindPanel key={followed?.words} sections={sections} sought={followed} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

const NONE: readonly never[] = [];

/** What stands in a section itself where there is no margin; the same arrays until they change. */
function useByBlock(lost: readonly LostWords[], kept: readonly KeptWords[], wide: boolean) {
  return useMemo(() => {
    const lostBy = byBlock(wide ? NONE : lost);
    const keptBy = byBlock(wide ? NONE : kept);
    return {
      lost: (blockId: string): readonly LostWords[] => lostBy.get(blockId) ?? NONE,
      kept: (blockId: string): readonly KeptWords[] => keptBy.get(blockId) ?? NONE,
    };
  }, [lost, kept, wide]);
}

function byBlock<Words extends { readonly blockId: string }>(all: readonly Words[]): Map<string, Words[]> {
  const groups = new Map<string, Words[]>();
  for (const words of all) groups.set(words.blockId, [...(groups.get(words.blockId) ?? []), words]);
  return groups;
}
