import { Link, useLocation } from '@tanstack/react-router';
import { useLayoutEffect, useRef } from 'react';
import type { StudyDetail } from '../../shared/api/studies.ts';
import styles from './StudyNav.module.css';

/** Links to the pages of a study that this person may see. */
export function StudyNav({ study }: { study: StudyDetail }) {
  const params = { studyId: study.id };
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the links go on beyond the edge: the page that one is on is to be seen among them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page decides which link is marked
  useLayoutEffect(() => {
    const all = nav.current;
    if (!all) return;
    const show = () => {
      const here = all.querySelector<HTMLElement>('[aria-current="page"]');
      if (here) all.scrollLeft = here.offsetLeft - (all.clientWidth - here.offsetWidth) / 2;
    };
    show();
    // Once the letters are there, or the phone is turned, it is somewhere else.
    const sizes = new ResizeObserver(show);
    for (const link of all.querySelectorAll('a')) sizes.observe(link);
    sizes.observe(all);
    return () => sizes.disconnect();
  }, [pathname]);
  const may = (act: StudyDetail['acts'][number]) => study.acts.includes(act);
  return (
    <nav ref={nav} aria-label={`Pages of ${study.title}`} className={styles.nav}>
      <div>
        <Link to="/studies/$studyId" params={params} activeOptions={{ exact: true }}>
          Cases
        </Link>
        <Link to="/studies/$studyId/quotes" params={params}>
          Quotes
        </Link>
        {may('see-people') && (
          <Link to="/studies/$studyId/people" params={params}>
            People
          </Link>
        )}
        <Link to="/studies/$studyId/schools" params={params}>
          Schools
        </Link>
        <Link to="/studies/$studyId/framework" params={params}>
          Framework
        </Link>
        <Link to="/studies/$studyId/privacy" params={params}>
          Privacy
        </Link>
        {may('see-outbox') && (
          <Link to="/studies/$studyId/outbox" params={params}>
            Outbox
          </Link>
        )}
        {may('see-audit') && (
          <Link to="/studies/$studyId/record" params={params}>
            Record
          </Link>
        )}
        {may('restore-from-bin') && (
          <Link to="/studies/$studyId/bin" params={params}>
            Bin
          </Link>
        )}
      </div>
    </nav>
  );
}
