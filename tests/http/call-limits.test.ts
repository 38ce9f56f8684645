import { describe, expect, it } from 'vitest';
import { CallLimits } from '../../server/http/call-limits.ts';
import { HandClock } from '../support/clock.ts';
import { composeService } from '../support/composed.ts';

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
    const exports = ['GET /api/cases/:caseId/export.docx', 'GET /api/studies/:studyId/audit.csv'] as const;
    let file = 0;
    expect(until(() => limits.take(ANN, '', exports[file++ % 2] as (typeof exports)[number]))).toBe(60);
    limits.take(BEN, '', exports[0]);
  });

  it('[WEB-1] is counted over files and all other routes together', async () => {
    const service = await composeService();
    try {
      const lead = await service.person('Lena Lead');
      const { studyId, case: made } = await service.study(lead);
      const page = await service.signedIn(lead);
      const files = [`/api/cases/${made.id}/export.html`, `/api/studies/${studyId}/audit.csv`];
      const by = { ...ANN, personId: lead };
      for (let at = 0; at < 58; at += 1) {
        service.parts.limits.take(by, '', 'GET /api/cases/:caseId/export.docx');
      }
      for (const file of files) expect((await page.send('GET', file)).status).toBe(200);
      for (const file of files) expect((await page.send('GET', file)).status).toBe(429);
      expect(until(() => service.parts.limits.take(by, '', 'GET /api/studies'))).toBeLessThan(6_000);
      expect((await page.send('GET', '/api/studies')).status).toBe(429);
      const nobody = service.browser();
      expect(until(() => service.parts.limits.take(null, '127.0.0.1', 'GET /api/session'))).toBeGreaterThan(
        0,
      );
      for (const path of ['/api/session', ...files]) {
        expect((await nobody.send('GET', path)).status, path).toBe(429);
      }
    } finally {
      await service.close();
    }
  });
});
