import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { readSuggestedText } from '../../shared/document/reading.ts';
import { suggestionName } from '../../shared/document/suggestion-key.ts';
import { decideSuggestions, theseSuggestions } from '../../shared/suggestions/decision.ts';
import { readSuggestions, type Suggestion } from '../../shared/suggestions/suggestion.ts';
import { suggestionWords } from '../../shared/suggestions/suggestion-words.ts';
import type { Decision } from '../../shared/suggestions/text-decision.ts';
import { useWatched } from '../case-study/case-page-state.ts';
import { type WritingMode, writingMode } from '../editor/suggest-mode.ts';
import { suggestParts } from '../editor/suggest-slot.ts';
import type { Replica } from '../sync/replica.ts';
import { momentOf } from '../ui/dates.ts';
import { newId } from '../ui/new-id.ts';
import { useAct, useRoute } from '../ui/query.ts';
import { showToast } from '../ui/toast.ts';
import { colourAuthors } from './author-colours.ts';
import { suggestionsAt, suggestionsHere } from './here.ts';
import styles from './SuggestionBar.module.css';
import { suggestPart } from './suggest-part.ts';
import './suggestion-marks.css';

/** Between a change of the text and the list of what is suggested in it, ms. */
const QUIET = 250;

const REFUSED =
  'This can’t be suggested yet: only words, bold, italics, links, paragraphs, headings, lists and rows of tables can.';

/** Under a text: whether one edits or suggests, and what is suggested, to be decided. */
export default function SuggestionBar(props: {
  readonly editor: Editor;
  readonly replica: Replica;
  readonly caseId: string;
  readonly me: Pick<Person, 'id' | 'name'>;
  /** May decide, and edit. */
  readonly writes: boolean;
  readonly label: string;
  /** From then on what is typed is a suggestion, where it is to be. */
  readonly onReady: (editor: Editor) => void;
}) {
  const { editor, caseId, me, writes, onReady } = props;
  const mode = useWatched(writingMode(caseId));
  const suggests = !writes || mode === 'suggest';
  const people = useRoute('GET /api/cases/:caseId', { caseId }).data?.people ?? NOBODY;
  useEffect(() => colourAuthors(people), [people]);
  useEffect(() => {
    suggestParts.set(
      editor,
      suggestPart(editor, {
        author: me.id,
        isSuggesting: () => suggests,
        newId,
        now: () => Date.now(),
        refused: () => showToast({ text: REFUSED, tone: 'bad' }),
      }),
    );
    onReady(editor);
  }, [editor, me.id, suggests, onReady]);
  const { all, at, ask } = useSuggestions(editor, props.replica);
  const shown = all.filter((suggestion) => at.includes(suggestionName(suggestion)));
  if (all.length === 0 && !suggests && !editor.isEditable) return null;
  return (
    <fieldset className={styles.bar} aria-label={`Suggestions in ${props.label}`}>
      <div className={styles.line}>
        {writes ? (
          <ModeSwitch mode={mode} onMode={(next) => writingMode(caseId).set(next)} />
        ) : (
          <span className={styles.note}>What you write here is a suggestion.</span>
        )}
        {all.length > 0 && <Steps editor={editor} count={all.length} />}
      </div>
      {all.length > 0 && <Decide {...props} all={all} shown={shown} people={people} onDecided={ask} />}
    </fieldset>
  );
}

const NOBODY: readonly Person[] = [];

function ModeSwitch({ mode, onMode }: { mode: WritingMode; onMode: (mode: WritingMode) => void }) {
  const choices = [
    ['edit', 'Edit'],
    ['suggest', 'Suggest'],
  ] as const;
  return (
    <fieldset className={styles.modes} aria-label="What you type">
      {choices.map(([choice, label]) => (
        <button key={choice} type="button" aria-pressed={mode === choice} onClick={() => onMode(choice)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** To the one before or after the caret. */
function Steps({ editor, count }: { editor: Editor; count: number }) {
  const go = (side: 1 | -1) => {
    const here = suggestionsHere(editor.state);
    const { from } = editor.state.selection;
    const next = side === 1 ? here.find((one) => one.from > from) : here.findLast((one) => one.to < from);
    const to = next ?? (side === 1 ? here[0] : here.at(-1));
    if (!to) return;
    // first: what is scrolled to is where the keyboard is
    editor.view.focus();
    const { tr } = editor.state;
    editor.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(to.from + 1))).scrollIntoView());
  };
  return (
    <span className={styles.steps}>
      {count === 1 ? '1 suggestion' : `${count} suggestions`}
      <button type="button" onClick={() => go(-1)}>
        Previous
      </button>
      <button type="button" onClick={() => go(1)}>
        Next
      </button>
    </span>
  );
}

function Decide(props: {
  readonly replica: Replica;
  readonly me: Pick<Person, 'id' | 'name'>;
  readonly writes: boolean;
  readonly all: readonly Suggestion[];
  /** Those selected, or at the caret. */
  readonly shown: readonly Suggestion[];
  readonly people: readonly Person[];
  readonly onDecided: () => void;
}) {
  const { replica, me, writes, all, shown, people } = props;
  const { blockId } = replica;
  const decide = useAct('POST /api/blocks/:blockId/suggestions/decide');
  const undo = useAct('POST /api/blocks/:blockId/suggestions/undo');
  const send = async (
    decision: Decision,
    whose: 'all' | { author: string } | { those: { id: string; author: string }[] },
  ) => {
    const made = await decide.send({ blockId }, { decision, whose });
    if (!made) return;
    const { undo: id } = made;
    showToast({
      text: made.decided === 0 ? 'Somebody has decided this already.' : DECIDED[decision],
      ...(id && {
        action: { label: 'Undo', run: () => void undo.send({ blockId }, { undo: id }) },
      }),
    });
    props.onDecided();
  };
  const those = shown.map(({ id, author }) => ({ id, author }));
  const mine = shown.filter(({ author }) => author === me.id);
  const authors = [...new Set(all.map(({ author }) => author))];
  const name = (author: string) =>
    author === me.id ? 'You' : (people.find(({ id }) => id === author)?.name ?? 'Somebody who has left');
  return (
    <>
      <ul className={styles.shown} aria-live="polite">
        {shown.slice(0, 5).map((one) => (
          <li key={suggestionName(one)}>
            <strong>{name(one.author)}</strong> <time>{momentOf(one.at)}</time>: {suggestionWords(one)}
          </li>
        ))}
      </ul>
      <div className={styles.line}>
        {shown.length > 0 && writes && (
          <>
            <button type="button" disabled={decide.pending} onClick={() => void send('accept', { those })}>
              {shown.length === 1 ? 'Accept' : `Accept these ${shown.length}`}
            </button>
            <button type="button" disabled={decide.pending} onClick={() => void send('refuse', { those })}>
              {shown.length === 1 ? 'Refuse' : `Refuse these ${shown.length}`}
            </button>
          </>
        )}
        {mine.length > 0 && !writes && (
          <button
            type="button"
            onClick={() =>
              replica.doc.transact(
                () => decideSuggestions(replica.doc, 'refuse', theseSuggestions(mine)),
                ySyncPluginKey,
              )
            }
          >
            Take back
          </button>
        )}
        {writes && (
          <details className={styles.more}>
            <summary>All of them</summary>
            <div className={styles.line}>
              {(['accept', 'refuse'] as const).map((decision) => (
                <button
                  key={decision}
                  type="button"
                  disabled={decide.pending}
                  onClick={() => void send(decision, 'all')}
                >
                  {WORDS[decision]} all {all.length}
                </button>
              ))}
              {authors.length > 1 &&
                authors.map((author) =>
                  (['accept', 'refuse'] as const).map((decision) => (
                    <button
                      key={`${author} ${decision}`}
                      type="button"
                      disabled={decide.pending}
                      onClick={() => void send(decision, { author })}
                    >
                      {WORDS[decision]} all by {name(author)}
                    </button>
                  )),
                )}
            </div>
          </details>
        )}
      </div>
      {(decide.problem ?? undo.problem) && (
        <p className={styles.problem} role="alert">
          {decide.problem ?? undo.problem}
        </p>
      )}
    </>
  );
}

const WORDS: Readonly<Record<Decision, string>> = { accept: 'Accept', refuse: 'Refuse' };
const DECIDED: Readonly<Record<Decision, string>> = { accept: 'Accepted.', refuse: 'Refused.' };

/** What is suggested in the text, and which of it is selected or at the caret. */
function useSuggestions(editor: Editor, replica: Replica) {
  const [all, setAll] = useState<readonly Suggestion[]>([]);
  const [at, setAt] = useState<readonly string[]>([]);
  const read = useCallback(() => {
    if (!editor.isDestroyed) setAll(readSuggestions(readSuggestedText(replica.doc)));
  }, [editor, replica]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(read, QUIET);
    };
    const moved = () => {
      if (!editor.isDestroyed) setAt((was) => same(was, suggestionsAt(editor.state)));
    };
    read();
    moved();
    replica.doc.on('update', changed);
    editor.on('selectionUpdate', moved);
    editor.on('update', moved);
    return () => {
      clearTimeout(timer);
      replica.doc.off('update', changed);
      editor.off('selectionUpdate', moved);
      editor.off('update', moved);
    };
  }, [editor, replica, read]);
  return useMemo(() => ({ all, at, ask: read }), [all, at, read]);
}

function same(was: readonly string[], now: readonly string[]): readonly string[] {
  return was.join('\n') === now.join('\n') ? was : now;
}
