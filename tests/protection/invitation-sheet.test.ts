import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueLink } from '../../server/accounts/links.ts';
import { writeSheet } from '../../server/protection/information-sheets.ts';
import { type AccountsOnTrial, openAccounts, plantStudy } from '../accounts/accounts-on-trial.ts';
import { sheetOf } from './sheets-on-trial.ts';

let trial: AccountsOnTrial;
beforeEach(async () => {
  trial = await openAccounts();
  await plantStudy(trial.parts);
});
afterEach(() => trial.close());

const write = (after: number) =>
  trial.parts.records.transaction((records) =>
    writeSheet(
      records,
      'study1',
      { id: `v${after}`, after, parts: sheetOf(`Version ${after + 1}.`) },
      { personId: 'lead', at: trial.parts.clock.now() },
    ),
  );
const link = async (kind: 'contact' | 'member', email = 'head@example.org') =>
  (
    await issueLink(trial.parts, {
      kind,
      email,
      name: 'Petra Lind',
      studyId: 'study1',
      role: kind === 'contact' ? 'contact' : 'viewer',
      ...(kind === 'contact' && { caseId: 'case1', schoolId: 'school1' }),
    })
  ).token;
const shown = () => trial.parts.records.read.selectFrom('sheets_shown').selectAll().execute();

describe('the page of a school contact’s link', () => {
  it('[PRIVACY-2] [QUOTE-4] has the sheet before anything happens, and looking at it keeps nothing', async () => {
    const token = await link('contact');
    const page = trial.web.browser();
    expect((await page.call('POST /api/links/inspect', { token })).sheet).toBeNull();
    await write(0);
    await write(1);
    const { sheet } = await page.call('POST /api/links/inspect', { token });
    expect(sheet).toMatchObject({ version: 2, parts: { held: 'Version 2.' } });
    expect(await shown()).toEqual([]);
  });

  it('[PRIVACY-2] keeps with the invitation which version was shown, to whom and when', async () => {
    const token = await link('contact');
    await write(0);
    trial.parts.clock.advance(5_000);
    const { person } = await trial.web.browser().call('POST /api/links/redeem', { token, sheet: 1 });
    const kept = await shown();
    expect(kept).toMatchObject([{ study_id: 'study1', person_id: person.id, version: 1 }]);
    expect(kept[0]?.at).toBe(trial.parts.clock.now());
    const { kind } = await trial.parts.records.read
      .selectFrom('links')
      .select('kind')
      .where('id', '=', kept[0]?.link_id ?? '')
      .executeTakeFirstOrThrow();
    expect(kind).toBe('contact');
    const taken = await trial.parts.records.read
      .selectFrom('audit')
      .select('detail')
      .where('kind', '=', 'invitation-taken-up')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(taken.detail)).toEqual({ role: 'contact', sheet: 1 });
  });

  it('[PRIVACY-2] nobody comes in past a sheet that they were not shown, and the link stays usable', async () => {
    const token = await link('contact');
    await write(0);
    const page = trial.web.browser();
    for (const sheet of [undefined, 2]) {
      const said = { token, ...(sheet !== undefined && { sheet }) };
      expect(await page.refused('POST /api/links/redeem', said)).toMatchObject({
        code: 'bad-request',
        errors: [{ path: 'sheet' }],
      });
    }
    expect(await shown()).toEqual([]);
    await page.call('POST /api/links/redeem', { token, sheet: 1 });
  });

  it('[PRIVACY-2] a version that was shown while another came is kept as what it was', async () => {
    const token = await link('contact');
    await write(0);
    await write(1);
    await trial.web.browser().call('POST /api/links/redeem', { token, sheet: 1 });
    expect(await shown()).toMatchObject([{ version: 1 }]);
  });

  it('asks nothing of that kind of members, and tells them no sheet', async () => {
    await write(0);
    const token = await link('member', 'ann@example.org');
    const page = trial.web.browser();
    expect((await page.call('POST /api/links/inspect', { token })).sheet).toBeNull();
    await page.call('POST /api/links/redeem', { token });
    expect(await shown()).toEqual([]);
  });
});
