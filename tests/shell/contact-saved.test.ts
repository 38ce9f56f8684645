import { describe, expect, it } from 'vitest';
import { contactSavedWords } from '../../client/contact/SavedLine.tsx';

describe('what a school contact is told of what they typed', () => {
  it('[SAVE-2] is saved only when the server has it', () => {
    expect(contactSavedWords({ kind: 'saved' }, 'live')).toEqual({ words: 'Saved', worry: false });
    for (const kind of ['saving', 'on-device', 'only-here'] as const) {
      expect(contactSavedWords({ kind, waiting: 1 }, 'live').words).not.toMatch(/^Saved/);
    }
    expect(contactSavedWords({ kind: 'opening' }, 'live').words).not.toMatch(/saved/i);
  });

  it('[SAVE-2] [DEVICE-1] never says that the device keeps it, and says to keep the page open', () => {
    for (const kind of ['on-device', 'only-here'] as const) {
      const { words, worry } = contactSavedWords({ kind, waiting: 4 }, 'offline');
      expect(words).not.toMatch(/device/i);
      expect(words).toMatch(/keep this page open/i);
      expect(worry).toBe(true);
    }
    expect(contactSavedWords({ kind: 'saved' }, 'offline').worry).toBe(true);
  });
});
