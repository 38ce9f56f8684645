import type { Connection, SaveState } from '../sync/replica.ts';
import { groupedNumber } from '../ui/grouped-number.ts';

export interface SavedWords {
  /** Never warmer than the truth (SAVE-2). */
  readonly words: string;
  readonly tone: 'calm' | 'wait' | 'bad';
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${groupedNumber(count)} changes`;
}

/**
 * What the page says of everything typed here, in the case as a whole.
 * @param kept - how many passages the server would not take, which stand on this device alone (SAVE-6)
 */
export function savedWords(state: SaveState, connection: Connection, kept = 0): SavedWords {
  if (kept > 0 && (state.kind === 'saved' || state.kind === 'opening')) {
    return { words: kept === 1 ? '1 passage not sent' : `${kept} passages not sent`, tone: 'wait' };
  }
  switch (state.kind) {
    case 'opening':
      return { words: connection === 'offline' ? 'Not connected' : 'Opening', tone: 'calm' };
    case 'saved':
      return { words: 'Saved', tone: 'calm' };
    case 'saving':
      return { words: state.waiting > 0 ? `Saving ${changes(state.waiting)}` : 'Saving', tone: 'calm' };
    case 'on-device':
      return {
        words:
          state.waiting > 0 ? `${changes(state.waiting)} saved on this device` : 'Nothing waits to be saved',
        tone: 'wait',
      };
    case 'only-here':
      return {
        words: `${changes(state.waiting)} not saved anywhere else – keep this page open`,
        tone: 'bad',
      };
    default:
      return state satisfies never;
  }
}

/**
 * What a screen reader is told, by kind alone: counts would speak with every key.
 * @param kept - as of `savedWords`
 * @returns null where there is nothing worth interrupting for
 */
export function savedAnnouncement(state: SaveState, kept = 0): string | null {
  if (kept > 0 && (state.kind === 'saved' || state.kind === 'opening')) {
    return 'Some of your words were not sent. They are kept on this device.';
  }
  switch (state.kind) {
    case 'opening':
    case 'saving':
      return null;
    case 'saved':
      return 'Saved.';
    case 'on-device':
      return 'Not connected. Your changes are kept on this device.';
    case 'only-here':
      return 'Your changes are not saved anywhere else. Keep this page open.';
    default:
      return state satisfies never;
  }
}

/** Beside one section: said only where it is not plainly saved, and not in the blink of an ordinary save. */
export function sectionSavedWords(state: SaveState): SavedWords | null {
  switch (state.kind) {
    case 'opening':
    case 'saved':
    case 'saving':
      return null;
    case 'on-device':
      return state.waiting > 0 ? { words: `${changes(state.waiting)} on this device`, tone: 'wait' } : null;
    case 'only-here':
      return { words: `${changes(state.waiting)} only in this page`, tone: 'bad' };
    default:
      return state satisfies never;
  }
}
