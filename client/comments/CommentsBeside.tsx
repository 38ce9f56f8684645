import type { Editor } from '@tiptap/core';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import type { CaseDetail, LostWords } from '../../shared/api/cases.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { useCasePage, useWatched } from '../case-study/case-page-state.ts';
import type { CaseSection } from '../case-study/case-sections.ts';
import { KeptWordsCard, LostWordsCard } from '../case-study/WordsCards.tsx';
import type { KeptWords } from '../sync/replica.ts';
import { type PageKey, type PaletteAction, usePageKeys, usePaletteActions } from '../ui/palette.ts';
import { useSession } from '../ui/session.tsx';
import { AnchorStyles } from './anchor-styles.ts';
import { beginOnWords, beginThread, fieldName } from './beginning.ts';
import { MAC } from './CommentBox.tsx';
import { CommentsList } from './CommentsList.tsx';
import { CommentsMargin } from './CommentsMargin.tsx';
import { CommentsSheet } from './CommentsSheet.tsx';
import styles from './comments.module.css';
import { CommentsHere, type NewThread } from './comments-here.ts';
import { FieldHandle } from './FieldHandle.tsx';
import type { ThreadHere } from './known-threads.ts';
import { itemOf, type MarginItem, marginItems } from './margin-items.ts';
import { SelectionPill } from './SelectionPill.tsx';
import { ThreadItem } from './ThreadItem.tsx';
import { TextsHere } from './texts-here.ts';
import { ThreadWaysContext } from './thread-ways.ts';
import { UnsentTray, useAskBeforeLeaving } from './UnsentTray.tsx';
import { throwAway, unsentWords } from './unsent-words.ts';
import { useAttachedTexts } from './use-attached-texts.ts';
import { useCommentGestures } from './use-comment-gestures.ts';
import { useGoing } from './use-going.ts';
import { usePlacing } from './use-placing.ts';
import { useTeamWays } from './use-team-ways.ts';
import { useThreads } from './use-threads.ts';

const MOD = MAC ? '⌘' : 'Ctrl';
const ALT = MAC ? '⌥' : 'Alt';

const KEYS: readonly PageKey[] = [
  { keys: [MOD, ALT, 'M'], does: 'Comment on the words selected, on a field, or on the section' },
  { keys: [MOD, ALT, '↓'], does: 'Next comment' },
  { keys: [MOD, ALT, '↑'], does: 'Previous comment' },
];

/** The threads of a case beside its text. Fetched once the first text can be written in. */
export default function CommentsBeside(props: {
  readonly detail: CaseDetail;
  readonly sections: readonly CaseSection[];
  /** Where the margin is; null where the page has none. */
  readonly aside: HTMLElement | null;
  readonly lost: readonly LostWords[];
  readonly kept: readonly KeptWords[];
  readonly onForget: (keptId: string) => void;
  /** Called once it draws what stands in the margin. */
  readonly onHere: () => void;
}): ReactNode {
  const { detail, sections, aside, onHere } = props;
  const page = useCasePage();
  const { person } = useSession();
  const me = useMemo(() => ({ ...person, side: 'team' as const }), [person]);
  const [here] = useState(() => new CommentsHere(detail.id));
  const [texts] = useState(() => new TextsHere());
  const known = useThreads(detail.id, me);
  const places = useWatched(texts.places);
  const threads = useMemo(
    () => known.threads.map((thread) => atPlace(thread, places.get(thread.id))),
    [known.threads, places],
  );
  const inHand = useWatched(here.inHand);
  const pointedAt = useWatched(here.pointedAt);
  const begun = useWatched(here.begun);
  const listed = useWatched(here.listed);
  const placing = useWatched(here.placing);
  useEffect(() => {
    void here.load();
    onHere();
    const flush = () => void here.flush();
    // a page that is hidden may never be heard of again
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [here, onHere]);
  useEffect(() => texts.setThreads(known.threads, known.areLatest), [texts, known.threads, known.areLatest]);

  const bySection = useMemo(() => new Map(sections.map((one) => [one.blockId, one])), [sections]);
  const mayComment = useCallback(
    (blockId: string) => {
      const access = bySection.get(blockId)?.state.access;
      return access !== undefined && includesAccess(access, 'comment') && detail.deletedAt === null;
    },
    [bySection, detail.deletedAt],
  );
  const ways = useTeamWays({ detail, known, here, texts, mayComment, me: person.id });
  const { go, step, leave } = useGoing({ page, here, texts, threads, sections, complete: known.complete });
  const put = usePlacing({ here, texts, threads, ways });
  // while a thread waits for words, every way to comment on some gives it these
  const onWords = (blockId: string, editor: Editor) => {
    if (placing === null || threads.find(({ id }) => id === placing)?.blockId !== blockId) {
      beginOnWords(here, texts, blockId, editor);
    } else put(placing, editor);
  };
  useAttachedTexts(page, texts, sections, mayComment, onWords);
  useCommentGestures({ page, here, texts, threads, mayComment, step, onWords });
  useAnchorStyles(threads, begun, inHand, pointedAt);

  const blockIds = useMemo(() => new Set(sections.map(({ blockId }) => blockId)), [sections]);
  const { lost, kept } = props;
  const items = useMemo(
    () => marginItems({ blockIds, lost: aside ? lost : [], kept: aside ? kept : [], threads, begun, inHand }),
    [blockIds, aside, lost, kept, threads, begun, inHand],
  );
  const drafts = useWatched(here.replies);
  const keepsBegun = useWatched(here.keeps);
  const isBegun = drafts.size > 0 || begun.some(({ words }) => words.trim() !== '');
  const onlyHere = (!keepsBegun && isBegun) || (!ways.keeps && known.waiting.length > 0);
  useAskBeforeLeaving(onlyHere);
  const unsent = useMemo(
    () =>
      unsentWords({
        ...{ waiting: known.waiting, told: known.areTold, begun, drafts, threads, mayComment },
        shown: (blockId) => blockIds.has(blockId),
      }),
    [known.waiting, known.areTold, begun, drafts, threads, mayComment, blockIds],
  );
  const tray = (
    <UnsentTray {...{ unsent, onlyHere }} onThrowAway={(one) => throwAway(here, one, ways.forget)} />
  );
  const openCount = threads.filter(({ resolved }) => !resolved).length;
  usePageKeys(KEYS);
  usePaletteActions(
    useMemo(
      (): readonly PaletteAction[] => [
        {
          ...{ id: 'case comments', label: 'Comments', group: 'This case' },
          also: 'threads replies discussion notes',
          run: () => here.listed.set(true),
        },
      ],
      [here],
    ),
  );

  const draw = (item: MarginItem): ReactNode => {
    const section = bySection.get(item.blockId);
    if (!section) return null;
    const editable = includesAccess(section.state.access, 'write');
    switch (item.kind) {
      case 'lost':
        return (
          <LostWordsCard section={section} words={item.words} people={detail.people} editable={editable} />
        );
      case 'kept':
        return (
          <KeptWordsCard
            {...{ section, words: item.words, people: detail.people, editable }}
            onForget={props.onForget}
          />
        );
      default:
        return (
          <ThreadItem
            {...{ item, section, here, texts, inHand, pointedAt, onLeave: leave }}
            fieldName={(field) => fieldName(section, field)}
          />
        );
    }
  };
  const counted = openCount === 0 ? 'Comments' : openCount === 1 ? 'One comment' : `${openCount} comments`;
  const toList = (
    <button
      type="button"
      className={styles.toList}
      aria-expanded={listed}
      onClick={() => here.listed.set(!listed)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path
          d="M2.5 3h11v8h-6l-3 2.5V11h-2z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
        />
      </svg>
      {counted}
      {unsent.length > 0 && ` · ${unsent.length} not sent`}
    </button>
  );
  const list = listed ? (
    <CommentsList
      known={{ ...known, threads }}
      {...{ sections, me: person.id }}
      onGo={(thread) => go(thread, true)}
      onClose={() => here.listed.set(false)}
    />
  ) : null;
  const held = items.find(({ id }) => id === itemOf(items, inHand));
  return (
    <ThreadWaysContext value={ways}>
      {aside
        ? createPortal(
            <aside className={styles.beside} aria-label="Beside the text">
              <div className={styles.bar}>{toList}</div>
              {tray}
              <CommentsMargin
                items={items}
                inHand={itemOf(items, inHand)}
                texts={texts.changes}
                draw={draw}
              />
              {list && <div className={styles.panel}>{list}</div>}
            </aside>,
            aside,
          )
        : createPortal(
            <CommentsSheet
              toList={openCount + begun.length + unsent.length > 0 || listed || onlyHere ? toList : null}
              list={
                list && (
                  <>
                    {tray}
                    {list}
                  </>
                )
              }
              card={
                held && (held.kind === 'thread' || held.kind === 'new' || held.kind === 'tray')
                  ? draw(held)
                  : null
              }
              onClose={() => {
                here.inHand.set(null);
                here.listed.set(false);
              }}
              onStep={threads.length > 1 ? step : null}
            />,
            document.body,
          )}
      <FieldHandle
        mayComment={mayComment}
        onPress={(blockId, field) => beginThread(here, texts, blockId, { on: 'field', field })}
      />
      <SelectionPill
        label={placing === null ? 'Comment' : 'Put it here'}
        accepts={(node) => {
          const blockId = texts.blockAt(node);
          const editor = blockId === null ? null : texts.editorOf(blockId);
          if (!editor || blockId === null || !mayComment(blockId)) return false;
          if (placing !== null) return threads.some((one) => one.id === placing && one.blockId === blockId);
          // an editor that can be written in has its own buttons
          return !editor.isEditable;
        }}
        onPress={() => {
          const blockId = texts.blockAt(document.getSelection()?.anchorNode ?? null);
          const editor = blockId === null ? null : texts.editorOf(blockId);
          if (blockId === null || !editor) return;
          onWords(blockId, editor);
        }}
      />
    </ThreadWaysContext>
  );
}

/** A text that is open says better than the server where a thread stands now. */
function atPlace(thread: ThreadHere, place: ThreadHere['place'] | undefined): ThreadHere {
  return place && thread.target.on === 'range' ? { ...thread, place } : thread;
}

function useAnchorStyles(
  threads: readonly ThreadHere[],
  begun: readonly NewThread[],
  inHand: string | null,
  pointedAt: readonly string[],
): void {
  const [styles, setStyles] = useState<AnchorStyles | null>(null);
  useEffect(() => {
    const made = new AnchorStyles();
    setStyles(made);
    return () => made.end();
  }, []);
  useEffect(() => {
    styles?.showOpen(anchorsOf([...threads.filter(({ resolved }) => !resolved), ...begun]));
  }, [styles, threads, begun]);
  useEffect(() => {
    const held = [...threads, ...begun].filter(({ id }) => id === inHand || pointedAt.includes(id));
    styles?.showInHand(anchorsOf(held), partsOf(held));
  }, [styles, threads, begun, inHand, pointedAt]);
}

function anchorsOf(threads: readonly Pick<ThreadHere | NewThread, 'target' | 'audience'>[]) {
  return threads.flatMap(({ target, audience }) =>
    target.on === 'range' ? [{ id: target.anchor, audience }] : [],
  );
}

/** @returns selectors of the fields and quotes that threads are about */
function partsOf(threads: readonly Pick<ThreadHere | NewThread, 'target' | 'blockId'>[]) {
  const within = (blockId: string) => `[id="section-${CSS.escape(blockId)}"]`;
  return {
    fields: threads.flatMap(({ target, blockId }) =>
      target.on === 'field' ? `${within(blockId)} [data-field="${CSS.escape(target.field)}"]` : [],
    ),
    quotes: threads.flatMap(({ target, blockId }) =>
      target.on === 'quote' ? `${within(blockId)} [data-quote="${CSS.escape(target.quote)}"]` : [],
    ),
  };
}
