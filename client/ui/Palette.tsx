import { useNavigate } from '@tanstack/react-router';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { FoundWords } from '../search/FoundWords.tsx';
import { type FoundPlace, type StudySearch, useStudySearch } from '../search/use-study-search.ts';
import styles from './Palette.module.css';
import { endTypingAhead, openKeys, type PaletteAction, typedAhead, useAllPaletteActions } from './palette.ts';
import { matchingActions } from './palette-match.ts';
import { useRoute } from './query.ts';

/** Pages and sections told of before places in the text. */
const MOST_NAMED = 8;

/** Ctrl/⌘ K: type a few letters of where to go or what to do. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [sought, setSought] = useState(typedAhead);
  const [at, setAt] = useState(0);
  const listId = useId();
  const here = useAllPaletteActions();
  const everywhere = usePlaces();
  const named = useMemo(() => matchingActions([...here, ...everywhere], sought), [here, everywhere, sought]);
  const search = useStudySearch(sought);
  const found: readonly (PaletteAction | FoundPlace)[] = useMemo(
    () => (search.places.length > 0 ? [...named.slice(0, MOST_NAMED), ...search.places] : named),
    [named, search.places],
  );
  useLayoutEffect(() => {
    const box = dialog.current;
    if (box && !box.open) box.showModal();
    endTypingAhead();
    return () => box?.close();
  }, []);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, listId]);

  const run = (action: { run(): void }) => {
    onClose();
    // After the dialog has given the focus back, so that what runs may take it.
    queueMicrotask(() => action.run());
  };
  const onKey = (event: KeyboardEvent) => {
    const last = found.length - 1;
    if (event.key === 'ArrowDown') setAt(chosen >= last ? 0 : chosen + 1);
    else if (event.key === 'ArrowUp') setAt(chosen <= 0 ? last : chosen - 1);
    else if (event.key === 'Enter' && found[chosen]) run(found[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click is on the backdrop; Escape does the same
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Go anywhere"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <input
        autoFocus
        className={styles.input}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
        aria-label="Where to, what to do, or which words"
        placeholder="Where to, or which words?"
        autoComplete="off"
        spellCheck={false}
        value={sought}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div id={listId} role="listbox" aria-label="Found" className={styles.list}>
        {found.map((action, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, see onKey
          <div
            key={action.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles.option}
            onPointerMove={() => setAt(index)}
            onClick={() => run(action)}
          >
            {'hit' in action ? (
              <FoundWords hit={action.hit} />
            ) : (
              <>
                <span className={styles.label}>{action.label}</span>
                {action.hint && <span className={styles.hint}>{action.hint}</span>}
                <span className={styles.group}>{action.group}</span>
              </>
            )}
          </div>
        ))}
      </div>
      <p className={styles.none} role="status">
        {wordsOf(search, found.length)}
      </p>
    </dialog>
  );
}

/** What can be said below the list; what is found otherwise is heard alone. */
function wordsOf({ state, more }: StudySearch, found: number): ReactNode {
  if (state === 'looking' && found === 0) return 'Looking …';
  if (state === 'unreachable')
    return 'The server cannot be reached: only names of pages and sections are found.';
  if (state === 'failed') return 'The text could not be searched. Try again in a moment.';
  if (found === 0) return 'Nothing is called that, and these words stand nowhere.';
  if (more) return 'There is more: further words narrow it down.';
  return <span className="heard-only">{found} found</span>;
}

/** Studies, and pages that are there for everybody. */
function usePlaces(): readonly PaletteAction[] {
  const navigate = useNavigate();
  const { data } = useRoute('GET /api/studies', {});
  return useMemo(
    () => [
      ...(data?.studies ?? []).map((study) => ({
        id: `study:${study.id}`,
        label: study.title,
        group: 'Studies',
        run: () => void navigate({ to: '/studies/$studyId', params: { studyId: study.id } }),
      })),
      { id: 'page:studies', label: 'Your studies', group: 'Pages', run: () => void navigate({ to: '/' }) },
      {
        id: 'page:account',
        label: 'Your account',
        group: 'Pages',
        also: 'name token dark light colours sign out',
        run: () => void navigate({ to: '/account' }),
      },
      { id: 'page:keys', label: 'Keys', group: 'Help', also: 'shortcuts keyboard', run: openKeys },
    ],
    [data, navigate],
  );
}
