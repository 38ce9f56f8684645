import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LINK_GUESSES } from '../../server/accounts/link-codes.ts';
import { issueLink } from '../../server/accounts/links.ts';
import { type AccountsOnTrial, openAccounts, plantStudy } from './accounts-on-trial.ts';

let trial: AccountsOnTrial;
let token: string;
beforeEach(async () => {
  trial = await openAccounts({ smtpUrl: 'smtp://mail.example' });
  await plantStudy(trial.parts);
  ({ token } = await issueLink(trial.parts, {
    kind: 'contact',
    email: 'head@example.org',
    name: 'Petra Lind',
    studyId: 'study1',
    role: 'contact',
    caseId: 'case1',
    schoolId: 'school1',
  }));
});
afterEach(() => trial.close());

const lastCode = (): string =>
  /^your code is (\d{6})$/m.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a school contact’s link', () => {
  it('[LINK-1] lets in only whoever reads the mail of the address on file', async () => {
    const page = trial.web.browser();
    expect(await page.call('POST /api/links/inspect', { token })).toMatchObject({
      needsCode: true,
      needsIdentity: false,
    });
    expect((await page.refused('POST /api/links/redeem', { token })).code).toBe('code-not-usable');
    await page.call('POST /api/links/code', { token });
    expect(trial.parts.mailer.sent).toMatchObject([{ to: 'head@example.org', kind: 'sign-in' }]);
    const wrong = { token, code: otherThan(lastCode()), email: 'eve@example.org' };
    expect((await page.refused('POST /api/links/redeem', wrong)).code).toBe('code-not-usable');
    const { person, goTo } = await page.call('POST /api/links/redeem', { token, code: lastCode() });
    expect(person.email).toBe('head@example.org');
    expect(goTo).toBe('/contact');
    expect((await page.refused('POST /api/links/redeem', { token, code: lastCode() })).code).toBe(
      'link-not-usable',
    );
  });

  it('[LINK-1] opens alone where the lead turned the code off, and then proves no address', async () => {
    await trial.parts.records.read
      .insertInto('code_free_studies')
      .values({ study_id: 'study1', set_by: 'lead', set_at: 1 })
      .execute();
    const page = trial.web.browser();
    expect(await page.call('POST /api/links/inspect', { token })).toMatchObject({ needsCode: false });
    const { person } = await page.call('POST /api/links/redeem', { token });
    const row = await trial.parts.records.read
      .selectFrom('user')
      .select('emailVerified')
      .where('id', '=', person.id)
      .executeTakeFirst();
    expect(row?.emailVerified).toBe(0);
  });

  it('[LINK-1] is spent by guessing its code', async () => {
    const page = trial.web.browser();
    for (let guess = 0; guess < LINK_GUESSES; guess += 1) {
      if (guess % 4 === 0) {
        trial.parts.clock.advance(10 * 60_000);
        await page.call('POST /api/links/code', { token });
      }
      const wrong = { token, code: otherThan(lastCode()) };
      expect((await page.refused('POST /api/links/redeem', wrong)).code).toBe('code-not-usable');
    }
    expect((await page.refused('POST /api/links/redeem', { token, code: lastCode() })).code).toBe(
      'link-not-usable',
    );
  });

  it('the number of codes that are sent is bounded', async () => {
    const page = trial.web.browser();
    for (let time = 0; time < 3; time += 1) await page.call('POST /api/links/code', { token });
    expect((await page.refused('POST /api/links/code', { token })).code).toBe('too-many');
  });

  it('says when the mail could not be sent', async () => {
    trial.parts.mailer.failure = new Error('the mail server is away');
    expect((await trial.web.browser().refused('POST /api/links/code', { token })).code).toBe('unavailable');
  });

  it('a code for a link that needs none, or for none at all, is refused', async () => {
    const ann = await trial.person('Ann', 'ann@example.org');
    const plain = await issueLink(trial.parts, { kind: 'sign-in', personId: ann.id });
    const page = trial.web.browser();
    expect((await page.refused('POST /api/links/code', { token: plain.token })).code).toBe('bad-request');
    expect((await page.refused('POST /api/links/code', { token: 'x'.repeat(43) })).code).toBe(
      'link-not-usable',
    );
  });
});
