import { type KeyboardEvent, memo, useMemo, useRef } from 'react';
import type { CaseDetail } from '../../shared/api/cases.ts';
import { WhoList } from '../ui/Who.tsx';
import { AudienceChip } from './AudienceChip.tsx';
import { useAllFacts, useCasePage, useFacts, usePeopleIn, useWatched } from './case-page-state.ts';
import { type CaseSection, type OutlineRow, outlineRows } from './case-sections.ts';
import styles from './Outline.module.css';
import { OutlineRowWords } from './OutlineRowWords.tsx';
import { caseProgress, progressWords, ringOf, standingOf } from './progress.ts';
import { Ring } from './Ring.tsx';
import { StageMenu } from './StageMenu.tsx';

/** The list of sections beside the paper; arrow keys walk it, Enter goes there. */
export function Outline(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  readonly onGo: (section: CaseSection) => void;
}) {
  const { sections } = props;
  const page = useCasePage();
  const rows = useMemo(() => outlineRows(sections), [sections]);
  const current = useWatched(page.current);
  const list = useRef<HTMLUListElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    links[Math.max(0, Math.min(links.length - 1, to))]?.focus();
  };

  const stop = current ?? sections[0]?.blockId ?? null;
  return (
    <>
      <div className={styles.head}>
        <StageMenu detail={props.detail} sections={sections} className={styles.stage} />
        <span aria-hidden="true">·</span>
        <OutlineProgress sections={sections} />
      </div>
      <ul ref={list} className={styles.list} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <OutlineLink key={row.key} row={row} current={current} stop={stop} onGo={props.onGo} />
        ))}
      </ul>
    </>
  );
}

function OutlineProgress({ sections }: { sections: readonly CaseSection[] }) {
  const factsOf = useAllFacts();
  return (
    <h2>
      <span className="heard-only">Sections: </span>
      {progressWords(caseProgress(sections, factsOf))}
    </h2>
  );
}

const OutlineLink = memo(function OutlineLink(props: {
  readonly row: OutlineRow;
  readonly current: string | null;
  readonly stop: string | null;
  readonly onGo: (section: CaseSection) => void;
}) {
  const { row } = props;
  if (row.kind === 'group') {
    return (
      <li>
        <a
          href={`?section=${encodeURIComponent(row.first.slug)}`}
          className={styles.row}
          tabIndex={-1}
          onClick={(event) => {
            event.preventDefault();
            props.onGo(row.first);
          }}
        >
          <GroupRing all={row.all} />
          <span>
            {row.number && <span className={styles.number}>{row.number} </span>}
            {row.title}
          </span>
          <span className={styles.side}>
            <AudienceChip section={row.first} />
          </span>
        </a>
      </li>
    );
  }
  return <SectionLink {...props} section={row.section} depth={row.depth} />;
});

function SectionLink(props: {
  readonly section: CaseSection;
  readonly depth: 0 | 1;
  readonly current: string | null;
  readonly stop: string | null;
  readonly onGo: (section: CaseSection) => void;
}) {
  const { section } = props;
  const facts = useFacts(section);
  const people = usePeopleIn(section.blockId);
  const page = useCasePage();
  const { kind } = standingOf(section.state, facts);
  const others = people.filter(({ person }) => person.id !== page.me.id);
  return (
    <li>
      <a
        href={`?section=${encodeURIComponent(section.slug)}`}
        className={`${styles.row} ${props.depth === 1 ? styles.sub : ''} ${kind === 'not-applicable' ? styles.folded : ''}`}
        aria-current={props.current === section.blockId ? 'true' : undefined}
        tabIndex={props.stop === section.blockId ? 0 : -1}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          props.onGo(section);
        }}
      >
        <OutlineRowWords section={section} facts={facts} />
        <span className={styles.side}>
          {others.length > 0 && <WhoList people={others.map(({ person }) => person)} size="s" most={3} />}
          {!section.named && <AudienceChip section={section} />}
        </span>
      </a>
    </li>
  );
}

function GroupRing({ all }: { all: readonly CaseSection[] }) {
  const factsOf = useAllFacts();
  const kinds = all.map((section) => standingOf(section.state, factsOf(section)).kind);
  const shares = all.map((section) => ringOf(section, factsOf(section)));
  const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  const done = kinds.every((kind) => kind === 'agreed' || kind === 'not-applicable');
  return <Ring share={mean} kind={done ? 'agreed' : 'drafting'} />;
}
