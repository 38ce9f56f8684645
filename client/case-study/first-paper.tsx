import type { RouteReply } from '../../shared/api/contract.ts';
import { roomName } from '../../shared/protocol/rooms.ts';
import { askEarly } from '../sync/early-room.ts';
import { drawStatic } from '../ui/static-dom.ts';
import styles from './CasePage.module.css';
import { CasePaper, type PaperRecords } from './CasePaper.tsx';
import { caseSections, sectionBySlug } from './case-sections.ts';
import { keptPlace, loadedAnew, MOVES, sectionInAddress } from './kept-place.ts';

/** What the page itself shows once it is more than on its way. */
const HERE = 'main:not([aria-busy="true"])';

/**
 * Shows a case to be read while the code that draws and edits it is still on its
 * way. It lies over the page, which takes its place as soon as it shows anything.
 * @param replies to what `public/head-start.js` asks for, in its order: who is signed in, the
 *   case, its text, its framework. Where one of them is refused, nothing is drawn: the page says why.
 */
export async function showFirstPaper(replies: readonly Promise<Response>[]): Promise<void> {
  const records = await readRecords(replies);
  const page = document.getElementById('page');
  if (!records || !page || page.querySelector(HERE)) return;
  const sections = caseSections(records.framework, records.detail);
  const asked = sectionInAddress();
  const named = sectionBySlug(sections, asked ?? '');
  const first = named ?? sections[0];
  if (first) void askEarly(records.person.id, roomName({ kind: 'block', id: first.blockId }));
  const paper = document.createElement('div');
  paper.className = styles.firstPaper ?? '';
  paper.dataset.firstPaper = '';
  drawStatic(
    <CasePaper
      {...records}
      outline={!matchMedia('(max-width: 940px)').matches}
      first={first?.blockId ?? ''}
      cameFor={asked === first?.slug}
    />,
    paper,
  );
  page.before(paper);
  standing = paper;
  const letGo = named ? holdAt(paper, named.slug, records.detail.id) : () => {};
  const gone = new MutationObserver(() => {
    if (!page.querySelector(HERE)) return;
    gone.disconnect();
    letGo();
    handOver(paper, page);
    paper.remove();
    standing = null;
  });
  gone.observe(page, { childList: true, subtree: true, attributeFilter: ['aria-busy'] });
}

/** The keyboard goes on where it stood: to what says the same in the page. */
function handOver(paper: HTMLElement, page: HTMLElement): void {
  const { activeElement: left } = document;
  if (!left || !paper.contains(left)) return;
  const href = left.getAttribute('href');
  const same = [...page.querySelectorAll<HTMLElement>(left.localName)].find((element) =>
    href === null
      ? element.textContent?.trim() === left.textContent?.trim()
      : element.getAttribute('href') === href,
  );
  same?.focus({ preventScroll: true });
}

let standing: HTMLElement | null = null;

/**
 * What stands on the first paper may become part of the page: drawing it once
 * more would keep the first editor waiting.
 * @returns null where no first paper stands
 */
export function firstPaper(): FirstPaper | null {
  const paper = standing;
  return (
    paper && {
      outline: paper.querySelector('nav[aria-label="Sections"]'),
      section: (slug) => paper.querySelector(`[data-section="${CSS.escape(slug)}"]`),
    }
  );
}

export interface FirstPaper {
  readonly outline: Element | null;
  section(slug: string): Element | null;
}

async function readRecords(replies: readonly Promise<Response>[]): Promise<PaperRecords | null> {
  const answered = await Promise.all(replies);
  if (answered.some((reply) => !reply.ok)) return null;
  const [session, detail, text, framework] = (await Promise.all(answered.map((reply) => reply.json()))) as [
    RouteReply<'GET /api/session'>,
    PaperRecords['detail'],
    PaperRecords['text'],
    PaperRecords['framework'],
  ];
  return session.person && { person: session.person, detail, text, framework };
}

/**
 * As the page does it: to the section that the address names, and back to where one was in it.
 * Held there, since the router goes to the top of a page that it shows for the first time.
 * @returns lets go of it
 */
function holdAt(paper: HTMLElement, slug: string, caseId: string): () => void {
  const section = paper.querySelector<HTMLElement>(`[data-section="${CSS.escape(slug)}"]`);
  if (!section) return () => {};
  const kept = loadedAnew() ? keptPlace(caseId) : null;
  const offset = kept?.slug === slug ? kept.offset : 0;
  const align = () => {
    const margin = Number.parseFloat(getComputedStyle(section).scrollMarginTop) || 0;
    const away = section.getBoundingClientRect().top - margin + offset;
    if (Math.abs(away) >= 1) window.scrollBy({ top: away, behavior: 'instant' });
  };
  // Not now: asking where it stands would lay all of it out, perhaps before its styles and fonts are here.
  const frame = requestAnimationFrame(align);
  const letGo = () => {
    cancelAnimationFrame(frame);
    removeEventListener('scroll', align);
    for (const move of MOVES) removeEventListener(move, letGo, true);
  };
  addEventListener('scroll', align);
  for (const move of MOVES) addEventListener(move, letGo, { capture: true, passive: true });
  return letGo;
}
