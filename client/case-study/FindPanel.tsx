import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FindQuery } from '../editor/find-text.ts';
import { ChangeTheirWords, type TheirWords } from '../quotes/ChangeTheirWords.tsx';
import { guardedUses } from '../quotes/guarded-uses.ts';
import type { KnownQuotes } from '../quotes/known-quotes.ts';
import { useKnownQuotes } from '../quotes/use-quotes.ts';
import { showToast } from '../ui/toast.ts';
import { type Found, findingsWords, replacedWords, replaceInCase } from './case-find.ts';
import { useCasePage } from './case-page-state.ts';
import type { CaseSection } from './case-sections.ts';
import styles from './FindPanel.module.css';
import { letPlaceGo } from './page-place.ts';
import { useCaseFind } from './use-case-find.ts';

/** Milliseconds after the last letter before the case is searched. */
const TYPED = 150;

/** Find and replace over the whole case; beside the page, which goes on as it is. */
export default function FindPanel(props: {
  readonly sections: readonly CaseSection[];
  /** What the reader came for, by a link: the first of it in that section is gone to. */
  readonly sought: { readonly words: string | undefined; readonly blockId?: string } | undefined;
  readonly onClose: () => void;
}) {
  const { sections, onClose } = props;
  const [text, setText] = useState(() => props.sought?.words ?? selectedWords());
  const [replacement, setReplacement] = useState('');
  const [closely, setClosely] = useState({ matchCase: false, wholeWord: false });
  const sought = useSettled(text, TYPED);
  const query = useMemo(
    (): FindQuery => ({ text: sought, ...closely, matchAccents: closely.matchCase }),
    [sought, closely],
  );
  const { findings, at, goTo, again } = useCaseFind(sections, query);
  const { found } = findings;
  useCameFor(
    at === null && sought === props.sought?.words ? (props.sought.blockId ?? null) : null,
    found,
    goTo,
  );
  const known = useKnownQuotes(useCasePage().caseId);
  const [asking, setAsking] = useState<TheirWords | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const returnTo = useRef<Element | null>(null);
  useEffect(() => {
    returnTo.current = document.activeElement;
    input.current?.focus();
    input.current?.select();
  }, []);

  const close = useCallback(() => {
    onClose();
    if (returnTo.current instanceof HTMLElement) returnTo.current.focus({ preventScroll: true });
  }, [onClose]);
  const step = (by: 1 | -1) => {
    if (found.length === 0) return;
    const next = at === null ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
    goTo(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };
  const onFindKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const replace = (which: readonly Found[], isHeld?: (one: Found) => boolean) => {
    const outcome = replaceInCase(which, replacement, isHeld);
    again();
    return outcome;
  };
  const replaceOne = (asked = false) => {
    const one = at === null ? undefined : found[at];
    if (!one || at === null) return step(1);
    const whose = one.editable && !asked ? whoseWords(known, [one]).get(one) : undefined;
    if (whose !== undefined) return setAsking(whose);
    const outcome = replace([one]);
    if (outcome.replaced === 0) showToast({ text: replacedWords(outcome), tone: 'bad' });
    requestAnimationFrame(() => goTo(Math.min(at, found.length - 2)));
  };
  const replaceAll = () => {
    const whose = whoseWords(known, found);
    const outcome = replace(found, (one) => whose.has(one));
    const said = replacedWords(outcome);
    if (outcome.replaced === 0) return showToast({ text: said, tone: 'bad' });
    showToast({
      text: said,
      action: {
        label: 'Undo',
        run: () => {
          const back = outcome.undo();
          if (back < outcome.sections) {
            showToast({ text: 'Some sections were changed since, and stay as they are.', tone: 'bad' });
          }
        },
      },
    });
  };
  const anyTheirs = found.some(({ editable }) => editable);
  const oneTheirs = at === null ? anyTheirs : (found[at]?.editable ?? false);
  return (
    <search className={styles.panel} aria-label="Find and replace in the case" onKeyDown={onKeyDown}>
      <div className={styles.line}>
        <input
          ref={input}
          type="text"
          aria-label="Find"
          placeholder="Find in the whole case"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onFindKey}
        />
        <button
          type="button"
          aria-label="Previous match"
          disabled={found.length === 0}
          onClick={() => step(-1)}
        >
          <Arrow up />
        </button>
        <button type="button" aria-label="Next match" disabled={found.length === 0} onClick={() => step(1)}>
          <Arrow />
        </button>
        <button type="button" aria-label="Close" onClick={close}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </button>
      </div>
      <div className={styles.line}>
        <input
          type="text"
          aria-label="Replace with"
          placeholder="Replace with"
          autoComplete="off"
          value={replacement}
          onChange={(event) => setReplacement(event.target.value)}
        />
        <button type="button" className={styles.words} disabled={!oneTheirs} onClick={() => replaceOne()}>
          Replace
        </button>
        <button type="button" className={styles.words} disabled={!anyTheirs} onClick={replaceAll}>
          All
        </button>
      </div>
      <div className={styles.foot}>
        <label>
          <input
            type="checkbox"
            checked={closely.matchCase}
            onChange={(event) => setClosely({ ...closely, matchCase: event.target.checked })}
          />
          Letters exactly
        </label>
        <label>
          <input
            type="checkbox"
            checked={closely.wholeWord}
            onChange={(event) => setClosely({ ...closely, wholeWord: event.target.checked })}
          />
          Whole words
        </label>
        <span className={styles.count} role="status">
          {sought === '' ? '' : findingsWords(findings, at)}
        </span>
      </div>
      {at !== null && found[at] && <Place found={found[at]} />}
      {asking !== null && (
        <ChangeTheirWords
          words={asking}
          onClose={() => setAsking(null)}
          onConfirm={() => {
            setAsking(null);
            replaceOne(true);
          }}
        />
      )}
    </search>
  );
}

/** Of matches in words that were sent or confirmed, whose they are. */
function whoseWords(known: KnownQuotes, found: readonly Found[]): ReadonlyMap<Found, TheirWords> {
  const guarded = new Map<string, ReadonlyMap<string, TheirWords>>();
  const whose = new Map<Found, TheirWords>();
  for (const one of found) {
    if (one.match.uses.length === 0) continue;
    const { blockId, doc } = one.replica;
    const here = guarded.get(blockId) ?? guardedUses(known, blockId, doc);
    guarded.set(blockId, here);
    const theirs = one.match.uses.flatMap((use) => here.get(use) ?? [])[0];
    if (theirs) whose.set(one, theirs);
  }
  return whose;
}

/** Where the match in hand is, in words. */
function Place({ found }: { readonly found: Found }) {
  const { section, match, editable } = found;
  const where =
    match.place.kind === 'text'
      ? section.full
      : `${section.full}: ${match.place.label}${match.place.row ? `, ${match.place.row.name} ${match.place.row.number}` : ''}`;
  return (
    <p className={styles.place}>
      {where}
      {editable ? '' : ' (you may only read it)'}
    </p>
  );
}

function Arrow({ up = false }: { readonly up?: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor">
      <path
        d={up ? 'M4 10l4-4 4 4' : 'M4 6l4 4 4-4'}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Goes to the first match in a section, once, as soon as its text is here; null: nobody came for one. */
function useCameFor(blockId: string | null, found: readonly Found[], goTo: (at: number) => void): void {
  const page = useCasePage();
  const arrived = useRef(false);
  const first = blockId === null ? -1 : found.findIndex(({ section }) => section.blockId === blockId);
  useEffect(() => {
    if (first < 0 || arrived.current) return;
    // Until everything is drawn, the page holds the section at the place where it was brought to.
    const go = () => {
      if (!page.placed.get() || arrived.current) return;
      arrived.current = true;
      letPlaceGo();
      goTo(first);
    };
    go();
    return page.placed.watch(go);
  }, [page, first, goTo]);
}

/** Words selected on the page, where they are few: most likely what is looked for. */
function selectedWords(): string {
  const words = window.getSelection()?.toString() ?? '';
  return words.length <= 80 && !words.includes('\n') ? words.trim() : '';
}

function useSettled(value: string, after: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), after);
    return () => clearTimeout(timer);
  }, [value, after]);
  return settled;
}
