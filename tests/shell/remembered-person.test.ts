import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetLeft, leftHere, noteLeft } from '../../client/ui/left-here.ts';
import { rememberedPerson, rememberPerson } from '../../client/ui/session.tsx';

const DAY = 24 * 60 * 60_000;
const ANN = { id: 'ann', name: 'Ann Ames', email: 'ann@a.example', colour: '#0a7d62', initials: 'AA' };
const BEN = { ...ANN, id: 'ben', name: 'Ben Bray', email: 'ben@a.example' };

describe('who worked on this device', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1) });
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('[DEVICE-1] opens it offline, until thirty days without the server', () => {
    rememberPerson(ANN);
    expect(rememberedPerson()).toEqual(ANN);
    vi.setSystemTime(Date.now() + 30 * DAY - 1);
    expect(rememberedPerson()).toEqual(ANN);
    vi.setSystemTime(Date.now() + 1);
    expect(rememberedPerson()).toBeNull();
    rememberPerson(ANN);
    expect(rememberedPerson()).toEqual(ANN);
  });

  it('as an earlier version noted them, is known as well', () => {
    kept.set('casebook.person', JSON.stringify(ANN));
    expect(rememberedPerson()).toEqual(ANN);
  });

  it('[DEVICE-1] is noted when somebody else comes, and forgotten when they are back', () => {
    rememberPerson(ANN);
    rememberPerson(BEN);
    expect(leftHere()).toEqual({ id: 'ann', name: 'Ann Ames', email: 'ann@a.example' });
    forgetLeft('ben');
    expect(leftHere()?.id).toBe('ann');
    forgetLeft('ann');
    expect(leftHere()).toBeNull();
  });

  it('a device without storage keeps nobody, and says so to nobody', () => {
    vi.stubGlobal('localStorage', undefined);
    noteLeft(ANN);
    rememberPerson(ANN);
    expect([leftHere(), rememberedPerson()]).toEqual([null, null]);
  });
});
