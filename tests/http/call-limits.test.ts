import { describe, expect, it } from 'vitest';
import { CallLimits } from '../../server/http/call-limits.ts';
import { HandClock } from '../support/clock.ts';

const ANN = { personId: 'ann', credentialId: 'c', via: 'session' } as const;
const BEN = { ...ANN, personId: 'ben' };

/** @returns how often the act went well before it was refused */
function until(act: () => void): number {
  for (let times = 0; times < 100_000; times += 1) {
    try {
      act();
    } catch (error) {
      expect(error).toMatchObject({ code: 'too-many' });
      expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(0);
      return times;
    }
  }
  throw new Error('there was no limit');
}

describe('how much may be asked', () => {
  it('[WEB-1] is counted by person, whatever network they come from, and ends with its minute', () => {
    const clock = new HandClock();
    const limits = new CallLimits(clock);
    let network = 0;
    expect(until(() => limits.take(ANN, `192.0.2.${network++}`, 'GET /api/studies'))).toBe(6_000);
    limits.take(BEN, '192.0.2.1', 'GET /api/studies');
    limits.take(null, '192.0.2.1', 'GET /api/session');
    clock.advance(60_000);
    limits.take(ANN, '192.0.2.1', 'GET /api/studies');
  });

  it('[WEB-1] of nobody in particular by network', () => {
    const limits = new CallLimits(new HandClock());
    expect(until(() => limits.take(null, '192.0.2.1', 'GET /api/session'))).toBe(1_500);
    limits.take(null, '192.0.2.2', 'GET /api/session');
    limits.take(ANN, '192.0.2.1', 'GET /api/session');
  });

  it('[WEB-1] fewer letters and files than calls', () => {
    const limits = new CallLimits(new HandClock());
    expect(until(() => limits.take(ANN, '', 'POST /api/studies/:studyId/invitations'))).toBe(100);
    limits.take(ANN, '', 'GET /api/studies');
    expect(until(() => limits.takeFile('ann'))).toBe(60);
    limits.takeFile('ben');
  });
});
