import { describe, expect, it } from 'vitest';
import { contactSavedWords } from '../../client/contact/SavedLine.tsx';

const shown = (state: Parameters<typeof contactSavedWords>[0], connection: 'live' | 'offline') =>
  contactSavedWords(state, connection, null);

describe('what a school contact is told of what they typed', () => {
  it('[SAVE-2] is saved only when the server has it', () => {
    expect(shown({ kind: 'saved' }, 'live')).toEqual({ words: 'Saved', worry: false });
    for (const kind of ['saving', 'on-device', 'only-here'] as const) {
      expect(shown({ kind, waiting: 1 }, 'live').words).not.toMatch(/^Saved/);
    }
    expect(shown({ kind: 'opening' }, 'live').words).not.toMatch(/saved/i);
  });

  it('[SAVE-2] [DEVICE-1] never says that the device keeps it, and says to keep the page open', () => {
    for (const kind of ['on-device', 'only-here'] as const) {
      const { words, worry } = shown({ kind, waiting: 4 }, 'offline');
      expect(words).not.toMatch(/device/i);
      expect(words).toMatch(/keep this page open/i);
      expect(worry).toBe(true);
    }
    expect(shown({ kind: 'saved' }, 'offline').worry).toBe(true);
  });

  it('[SAVE-2] promises nothing where the server turned the page away for good', () => {
    for (const refusal of ['not-signed-in', 'outdated-page'] as const) {
      const unsent = contactSavedWords({ kind: 'only-here', waiting: 4 }, 'offline', refusal);
      expect(unsent.words).toMatch(/is not saved\. Copy it/);
      expect(unsent.words).not.toMatch(/will be sent|by itself/);
      for (const kind of ['saved', 'opening'] as const) {
        const { words, worry } = contactSavedWords({ kind }, 'offline', refusal);
        expect(words).not.toMatch(/saved|by itself/i);
        expect(worry).toBe(true);
      }
    }
  });

  it('[SAVE-2] is not plainly saved while words stand on the page that were not sent', () => {
    for (const kind of ['saved', 'opening'] as const) {
      const { words, worry } = contactSavedWords({ kind }, 'live', null, true);
      expect(words).toMatch(/were not sent/);
      expect(worry).toBe(true);
    }
  });
});
