import { describe, expect, it } from 'vitest';
import { savedAnnouncement, savedWords, sectionSavedWords } from '../../client/case-study/saved-words.ts';
import type { SaveState } from '../../client/sync/replica.ts';

const UNSAVED: readonly SaveState[] = [
  { kind: 'opening' },
  { kind: 'saving', waiting: 3 },
  { kind: 'on-device', waiting: 12 },
  { kind: 'only-here', waiting: 3 },
];

describe('what the page says of saving', () => {
  it('[SAVE-2] says “Saved” for what the server acknowledged, and for nothing else', () => {
    expect(savedWords({ kind: 'saved' }, 'live').words).toBe('Saved');
    for (const connection of ['live', 'connecting', 'offline'] as const) {
      for (const state of UNSAVED) expect(savedWords(state, connection).words).not.toMatch(/^Saved$/);
    }
  });

  it('[SAVE-2] [SAVE-6] says no “Saved” while words stand here that the server would not take', () => {
    for (const state of [{ kind: 'saved' }, { kind: 'opening' }] as const) {
      expect(savedWords(state, 'live', 1)).toEqual({ words: '1 passage not sent', tone: 'wait' });
      expect(savedWords(state, 'live', 2).words).toBe('2 passages not sent');
      expect(savedAnnouncement(state, 1)).toContain('not sent');
    }
    expect(savedWords({ kind: 'on-device', waiting: 3 }, 'offline', 1).words).toContain('3 changes');
  });

  it('[SAVE-2] counts the changes that wait, wherever they wait', () => {
    expect(savedWords({ kind: 'saving', waiting: 3 }, 'live').words).toBe('Saving 3 changes');
    expect(savedWords({ kind: 'saving', waiting: 1 }, 'live').words).toBe('Saving 1 change');
    expect(savedWords({ kind: 'on-device', waiting: 12 }, 'offline').words).toBe(
      '12 changes saved on this device',
    );
    expect(savedWords({ kind: 'only-here', waiting: 3 }, 'offline').words).toBe(
      '3 changes not saved anywhere else – keep this page open',
    );
  });

  it('[SAVE-2] claims the device only for what stands on it', () => {
    for (const state of UNSAVED.filter(({ kind }) => kind !== 'on-device')) {
      expect(savedWords(state, 'offline').words).not.toMatch(/saved on this device/);
      expect(savedAnnouncement(state) ?? '').not.toMatch(/kept on this device/);
    }
  });

  it('[SAVE-2] speaks up, by tone, only where words are at risk', () => {
    expect(savedWords({ kind: 'only-here', waiting: 1 }, 'offline').tone).toBe('bad');
    expect(savedWords({ kind: 'on-device', waiting: 1 }, 'offline').tone).toBe('wait');
    expect(savedWords({ kind: 'saving', waiting: 1 }, 'live').tone).toBe('calm');
  });

  it('tells a screen reader the kind and never a count, so that it does not speak with every key', () => {
    for (const waiting of [1, 2, 300]) {
      expect(savedAnnouncement({ kind: 'saving', waiting })).toBeNull();
      expect(savedAnnouncement({ kind: 'on-device', waiting })).toBe(
        savedAnnouncement({ kind: 'on-device', waiting: 7 }),
      );
    }
  });

  it('stands beside a section only where that is not plainly saved', () => {
    expect(sectionSavedWords({ kind: 'saved' })).toBeNull();
    expect(sectionSavedWords({ kind: 'saving', waiting: 4 })).toBeNull();
    expect(sectionSavedWords({ kind: 'on-device', waiting: 0 })).toBeNull();
    expect(sectionSavedWords({ kind: 'on-device', waiting: 2 })?.words).toBe('2 changes on this device');
    expect(sectionSavedWords({ kind: 'only-here', waiting: 2 })?.tone).toBe('bad');
  });
});
