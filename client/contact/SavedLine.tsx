import { useCaseSave, useConnection } from '../sync/hooks.ts';
import type { Connection, SaveState } from '../sync/replica.ts';
import styles from './contact.module.css';

/** What has become of what was typed; stays in view while one scrolls. Never warmer than the truth (SAVE-2). */
export function SavedLine({ blockIds }: { blockIds: readonly string[] }) {
  const state = useCaseSave(blockIds);
  const connection = useConnection();
  const { words, worry } = contactSavedWords(state, connection);
  return (
    <p className={styles.saved} data-worry={worry || undefined} role="status">
      {words}
    </p>
  );
}

/** This page keeps nothing on the device, so what the server does not have is only on the open page. */
export function contactSavedWords(
  state: SaveState,
  connection: Connection,
): { readonly words: string; readonly worry: boolean } {
  switch (state.kind) {
    case 'opening':
      return connection === 'offline'
        ? { words: 'No connection. It goes on by itself when there is one.', worry: true }
        : { words: 'Opening …', worry: false };
    case 'saved':
      return connection === 'offline'
        ? { words: 'Saved until the connection went. Keep this page open while you write.', worry: true }
        : { words: 'Saved', worry: false };
    case 'saving':
      return { words: 'Saving …', worry: false };
    case 'on-device':
    case 'only-here':
      return {
        words: 'Not saved yet: no connection. Keep this page open, and it will be sent.',
        worry: true,
      };
    default:
      return state satisfies never;
  }
}
