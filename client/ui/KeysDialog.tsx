import { Dialog } from './Dialog.tsx';
import styles from './KeysDialog.module.css';
import { type PageKey, useAllPageKeys } from './palette.ts';

const mod = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

/** Keys that work on every page. */
export const COMMON_KEYS: readonly PageKey[] = [
  { keys: [mod, 'K'], does: 'Go anywhere: studies, cases, sections, pages' },
  { keys: ['?'], does: 'Show these keys' },
  { keys: ['Esc'], does: 'Close what is open' },
  { keys: ['Tab'], does: 'Go on to the next button or field' },
];

/** The list behind `?`: the keys of every page, and those of the page in view. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const all = useAllPageKeys();
  const here = all.filter((key) => !key.writing);
  const writing = all.filter((key) => key.writing);
  return (
    <Dialog title="Keys" onClose={onClose} wide={all.length > 6}>
      {here.length > 0 && <KeyList title="On this page" keys={here} />}
      {writing.length > 0 && <KeyList title="While you write" keys={writing} />}
      <KeyList title="Everywhere" keys={COMMON_KEYS} />
    </Dialog>
  );
}

export function KeyList({ title, keys }: { title: string; keys: readonly PageKey[] }) {
  return (
    <section className={styles.list}>
      <h3>{title}</h3>
      <dl>
        {keys.map((key) => (
          <div key={key.does} className={styles.row}>
            <dt>{key.does}</dt>
            <dd>
              {key.keys.map((cap) => (
                <kbd key={cap}>{cap}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
