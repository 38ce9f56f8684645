import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaseText } from '../../shared/api/cases.ts';
import { MOST_ANCHORED } from '../../shared/document/anchors.ts';
import type { Section } from '../../shared/framework/framework.ts';
import { type Access, includesAccess } from '../../shared/permissions/access.ts';
import { FieldShapes } from '../case-study/FieldShapes.tsx';
import { ReadingView } from '../editor/ReadingView.tsx';
import { newId } from '../ui/new-id.ts';
import { showToast } from '../ui/toast.ts';
import { AnchorStyles } from './anchor-styles.ts';
import cardStyles from './comments.module.css';
import type { NewTarget } from './comments-here.ts';
import { lineOfBegun } from './contact-desk.ts';
import styles from './copy.module.css';
import type { ThreadHere } from './known-threads.ts';
import { NewWords } from './NewWords.tsx';
import { SchoolCard } from './SchoolCard.tsx';
import { SelectionPill } from './SelectionPill.tsx';
import { copyPlace, copyText, selectedAt, TOO_MANY_WORDS } from './selected-words.ts';
import { ThreadWaysContext } from './thread-ways.ts';
import { useContactThreads } from './use-contact-threads.ts';

/** A section that a school reads, with what is said about it under the lines it is about. */
export default function CommentedCopy(props: {
  readonly section: Section;
  readonly blockId: string;
  readonly access: Access;
  readonly copy: CaseText['blocks'][number];
}) {
  const { section, blockId, access, copy } = props;
  const may = includesAccess(access, 'comment');
  const { known, error, ways, desk, begun } = useContactThreads(
    useCallback((block: string) => may && block === blockId, [may, blockId]),
  );
  const threads = useMemo(
    () => known.threads.filter((thread) => thread.blockId === blockId),
    [known.threads, blockId],
  );
  const lines = useMemo(() => (section.prose ? linesOf(copy.html) : []), [section.prose, copy.html]);
  const texts = useMemo(() => lines.map(wordsOf), [lines]);
  const byLine = useMemo(() => underLines(lines, texts, threads), [lines, texts, threads]);
  const [inHand, setInHand] = useState<string | null>(null);
  const [resolvedToo, setResolvedToo] = useState(false);
  const text = useRef<HTMLDivElement>(null);
  useDrawnAnchors(threads, inHand);

  const begin = (target: NewTarget, line: number | null) => {
    setInHand(desk.begin({ id: newId(), act: newId(), blockId, target, line }));
  };
  const onWords = (find: (copy: Element) => { from: number; to: number }, line: number) => {
    if (!text.current) return;
    const selected = selectedAt(copyText(text.current), find(text.current));
    if (selected) begin({ on: 'range', anchor: newId(), selected }, line);
    else showToast({ text: TOO_MANY_WORDS, tone: 'bad' });
  };
  const onLine = (at: number) => {
    const line = text.current?.querySelector(`[data-line="${at}"] .prose`);
    if (!line) return;
    const whole = document.createRange();
    whole.selectNodeContents(line);
    onWords((whole_) => {
      const { from, to } = copyPlace(whole_, whole);
      return { from, to: Math.min(to, from + MOST_ANCHORED) };
    }, at);
  };
  const open = (list: readonly ThreadHere[]) =>
    list.filter(({ id, resolved }) => !resolved || resolvedToo || id === inHand);
  const cards = (list: readonly ThreadHere[], line: number | null) => {
    const shown = open(list);
    const written = begun.filter((one) => one.blockId === blockId && lineOfBegun(texts, one) === line);
    if (shown.length + written.length === 0) return null;
    return (
      <div className={styles.threads}>
        {shown.map((thread) => (
          <SchoolCard
            key={thread.id}
            {...{ thread, section }}
            beside={line !== null}
            inHand={inHand === thread.id}
            onHold={() => setInHand(thread.id)}
            onLeave={() => setInHand(null)}
          />
        ))}
        {written.map((one) => (
          <NewWords
            key={one.id}
            begun={one}
            inHand={inHand === one.id}
            onHold={() => setInHand(one.id)}
            onSent={() => {
              setInHand(one.id);
              desk.end(one.id);
            }}
            onClose={() => desk.end(one.id)}
          />
        ))}
      </div>
    );
  };
  const resolved = threads.filter((thread) => thread.resolved).length;
  return (
    <ThreadWaysContext value={ways}>
      {section.fields.length > 0 && (
        <FieldShapes section={section} values={copy.values} editable={false} foldKey={null} />
      )}
      {lines.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: it groups lines, and asks nothing
        <div ref={text} role="group" aria-label={section.title}>
          {lines.map((html, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by where it stands
            <div key={at} className={styles.line} data-line={at}>
              <ReadingView html={html} />
              {may && hasWords(html) && (
                <button
                  type="button"
                  className={styles.onLine}
                  aria-label={`Comment on: ${wordsOf(html).slice(0, 60)}`}
                  onClick={() => onLine(at)}
                >
                  Comment
                </button>
              )}
              {cards(byLine.get(at) ?? [], at)}
            </div>
          ))}
        </div>
      )}
      {cards(byLine.get(null) ?? [], null)}
      {error && <p className={cardStyles.small}>Comments can’t be shown just now.</p>}
      <div className={styles.foot}>
        {may && (
          <button type="button" onClick={() => begin({ on: 'section' }, null)}>
            Comment on the whole section
          </button>
        )}
        {resolved > 0 && (
          <button type="button" onClick={() => setResolvedToo(!resolvedToo)}>
            {resolvedToo ? 'Hide what is resolved' : `Show what is resolved (${resolved})`}
          </button>
        )}
      </div>
      {may && (
        <SelectionPill
          label="Comment"
          accepts={(node) => text.current?.contains(node) === true && proseOf(node) !== null}
          onPress={() => {
            const selection = document.getSelection();
            if (!selection || selection.rangeCount === 0) return;
            const range = selection.getRangeAt(0).cloneRange();
            const line = proseOf(range.endContainer)?.closest('[data-line]')?.getAttribute('data-line');
            selection.removeAllRanges();
            onWords((whole) => copyPlace(whole, range), Number(line ?? 0));
          }}
        />
      )}
    </ThreadWaysContext>
  );
}

function proseOf(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('[data-line] > .prose') ?? element?.querySelector('[data-line] > .prose') ?? null;
}

/** @returns the HTML of each line, list or table; `html` is of our own writer (`html.ts`) */
function linesOf(html: string): readonly string[] {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  return [...holder.content.children].map((line) => line.outerHTML);
}

function wordsOf(html: string): string {
  const holder = document.createElement('template');
  holder.innerHTML = html;
  return (holder.content.textContent ?? '').replace(/\s+/g, ' ').trim();
}

function hasWords(html: string): boolean {
  return wordsOf(html) !== '';
}

/** @returns threads by the line that they stand under; under null those that are about no line */
function underLines(
  lines: readonly string[],
  texts: readonly string[],
  threads: readonly ThreadHere[],
): ReadonlyMap<number | null, readonly ThreadHere[]> {
  const byLine = new Map<number | null, ThreadHere[]>();
  for (const thread of threads) {
    const line = lineOf(lines, texts, thread);
    byLine.set(line, [...(byLine.get(line) ?? []), thread]);
  }
  return byLine;
}

function lineOf(
  lines: readonly string[],
  texts: readonly string[],
  { target, place, waiting }: ThreadHere,
): number | null {
  if (target.on !== 'range') return null;
  // the words may go over several lines: under the last of them
  const marked = lines.findLastIndex((html) => html.includes(`data-anchor="${target.anchor}"`));
  if (marked !== -1) return marked;
  if (waiting.size === 0 && place.where !== 'text') return null;
  const quote = target.kept?.quote;
  const at = quote ? texts.findIndex((text) => text.includes(quote)) : -1;
  return at === -1 ? null : at;
}

/** Fields and quotes of a copy are drawn without what names them. */
const NO_PARTS = { fields: [], quotes: [] };

function useDrawnAnchors(threads: readonly ThreadHere[], inHand: string | null): void {
  const [drawn, setDrawn] = useState<AnchorStyles | null>(null);
  useEffect(() => {
    const made = new AnchorStyles();
    setDrawn(made);
    return () => made.end();
  }, []);
  useEffect(() => {
    const anchors = (some: readonly ThreadHere[]) =>
      some.flatMap(({ target }) =>
        target.on === 'range' ? [{ id: target.anchor, audience: 'school' as const }] : [],
      );
    drawn?.showOpen(anchors(threads.filter(({ resolved }) => !resolved)));
    drawn?.showInHand(anchors(threads.filter(({ id }) => id === inHand)), NO_PARTS);
  }, [drawn, threads, inHand]);
}
