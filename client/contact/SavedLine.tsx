import type { CloseReason } from '../../shared/protocol/control.ts';
import { waitingOf } from '../sync/case-save.ts';
import { useAllKeptWords, useCaseSave, useConnection, useRefusal } from '../sync/hooks.ts';
import type { Connection, SaveState } from '../sync/replica.ts';
import styles from './contact.module.css';

/** What has become of what was typed; stays in view while one scrolls. Never warmer than the truth (SAVE-2). */
export function SavedLine({ blockIds }: { blockIds: readonly string[] }) {
  const state = useCaseSave(blockIds);
  const connection = useConnection();
  const unsent = useAllKeptWords().kept.length > 0;
  const { words, worry } = contactSavedWords(state, connection, useRefusal(), unsent);
  return (
    <p className={styles.saved} data-worry={worry || undefined} role="status">
      {words}
    </p>
  );
}

/**
 * This page keeps nothing on the device, so what the server does not have is only on the open page.
 * @param unsent - words stand on the page that the server would not take (SAVE-6)
 */
export function contactSavedWords(
  state: SaveState,
  connection: Connection,
  refusal: CloseReason | null,
  unsent = false,
): { readonly words: string; readonly worry: boolean } {
  if (refusal !== null) return { words: lastWords(state, refusal), worry: true };
  if (unsent && (state.kind === 'saved' || state.kind === 'opening')) {
    return { words: 'Some of your words were not sent: they stand at the top of this page.', worry: true };
  }
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

/** What the server turned away for good is sent by nobody any more, whatever the network does. */
function lastWords(state: SaveState, refusal: CloseReason): string {
  const why = refusal === 'not-signed-in' ? 'You are signed out' : 'This page has become too old to go on';
  return waitingOf(state) > 0
    ? `${why}, and what you wrote last is not saved. Copy it, then load the page again.`
    : `${why}. Load the page again to write.`;
}
