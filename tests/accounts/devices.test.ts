import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deviceLabel } from '../../server/accounts/device-label.ts';
import type { Person } from '../../shared/api/people.ts';
import type { PageCalls } from '../support/web.ts';
import { type AccountsOnTrial, openAccounts } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
let ann: Person;
let page: PageCalls;
beforeEach(async () => {
  trial = await openAccounts();
  ann = await trial.person('Ann Ames', 'ann@example.org');
  page = await trial.signedIn(ann);
});
afterEach(() => trial.close());

describe('where one is signed in', () => {
  it('[DEVICE-1] is listed, and any other can be signed out, at once', async () => {
    const phone = await trial.signedIn(ann);
    const { devices } = await page.call('GET /api/devices');
    expect(devices).toHaveLength(2);
    const other = devices.find(({ current }) => !current);
    expect(devices.filter(({ current }) => current)).toHaveLength(1);
    await page.call('DELETE /api/devices/:deviceId', undefined, { deviceId: other?.id as string });
    expect((await phone.call('GET /api/session')).person).toBeNull();
    expect(trial.parts.published).toContainEqual({ t: 'signed-out', credentialId: other?.id });
    expect((await page.call('GET /api/devices')).devices.map(({ current }) => current)).toEqual([true]);
    const kinds = await trial.parts.records.read.selectFrom('audit').select('kind').execute();
    expect(kinds).toEqual([{ kind: 'device-ended' }]);
  });

  it('[DEVICE-1] all others can be signed out in one act', async () => {
    const others = [await trial.signedIn(ann), await trial.signedIn(ann)];
    await page.call('DELETE /api/devices');
    for (const other of others) expect((await other.call('GET /api/session')).person).toBeNull();
    expect((await page.call('GET /api/session')).person?.id).toBe(ann.id);
  });

  it('[DEVICE-1] somebody else’s are not there for me, and my own I leave by signing out', async () => {
    const eve = await trial.signedIn(await trial.person('Eve', 'eve@example.org'));
    const [mine] = (await page.call('GET /api/devices')).devices;
    expect((await eve.call('GET /api/devices')).devices.map(({ id }) => id)).not.toContain(mine?.id);
    const deviceId = mine?.id as string;
    expect((await eve.refused('DELETE /api/devices/:deviceId', undefined, { deviceId })).code).toBe(
      'not-found',
    );
    expect((await page.refused('DELETE /api/devices/:deviceId', undefined, { deviceId })).code).toBe(
      'conflict',
    );
    expect((await page.call('GET /api/session')).person?.id).toBe(ann.id);
  });

  it('of what a browser says of itself, nothing is kept but what tells devices apart', async () => {
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await page.call('POST /api/session/request', { email: ann.email });
    await trial.settled();
    const code = /your code is (\d{6})/.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
    const laptop = trial.web.browser();
    await laptop.send('POST', '/api/session/code', {
      body: JSON.stringify({ email: ann.email, code }),
      headers: { 'user-agent': firefox },
    });
    const { devices } = await laptop.call('GET /api/devices');
    expect(devices.find(({ current }) => current)?.label).toBe('Firefox on Linux');
    const rows = await trial.parts.records.read
      .selectFrom('session')
      .select(['userAgent', 'ipAddress'])
      .execute();
    expect(JSON.stringify(rows)).not.toContain('140.0');
  });

  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604.1',
      'Safari on an iPhone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/141.0 Safari/537.36',
      'Chrome on a Mac',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
    ['curl/8.0', 'A browser'],
    [undefined, 'A browser'],
    [`Linux ${'x'.repeat(100_000)}`, 'A browser on Linux'],
  ])('is told apart by what it is: %s', (said, label) => {
    expect(deviceLabel(said)).toBe(label);
  });
});
