import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';
import { type QuotesOnTrial, quotesOnTrial } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const PAPER = { how: 'paper', note: 'The blue folder' } as const;

async function child(
  name: string,
  wording: string,
  age: 'under-sixteen' | 'sixteen-or-over' = 'under-sixteen',
) {
  const use = { quote: newId(), use: newId() };
  const speakerId = await trial.speaker(name, { age, role: 'Pupil', email: '', naming: 'name-and-role' });
  await trial.write(`She said: «${wording}» And so it did.`, use);
  await trial.capture(use, wording, speakerId);
  return { ...use, speakerId, params: { quoteId: use.quote } };
}
type Child = Awaited<ReturnType<typeof child>>;

const parentOf = (name: string) => ({
  name: `Parent of ${name}`,
  email: `${name.toLowerCase()}@home.example`,
});

function wish(one: Child, guardian: { name: string; email: string }) {
  const asks = [{ id: newId(), quoteId: one.quote, use: one.use }];
  return { id: newId(), speakerId: one.speakerId, guardian, asks };
}

const inCase = () => ({ caseId: trial.caseId });

/** @returns the browser of a parent who came in by the link that they were sent */
async function cameIn(one: Child, guardian: { name: string; email: string }): Promise<PageCalls> {
  const made = await trial.calls.call('POST /api/cases/:caseId/guardian-asks', wish(one, guardian), inCase());
  expect(made.refused).toEqual([]);
  const page = trial.service.browser();
  const token = new URL(made.link).hash.slice(1);
  const { goTo } = await page.call('POST /api/links/redeem', { token });
  expect(goTo).toBe('/quotes');
  return page;
}

describe('a parent or carer', () => {
  it('[GUARDIAN-1] [QUOTE-3] [ACCESS-5] sees the words they are asked about and nothing else, agrees, then tells that the child was asked', async () => {
    const one = await child('Ivy', 'It glowed.');
    const other = await child('Otto', 'It dimmed.');
    const first = await trial.ask(one, one.speakerId).catch((error: Error) => error.message);
    expect(first, 'the child is not asked before').toContain('a parent or carer has to agree');
    const page = await cameIn(one, parentOf('Ivy'));
    const known = await page.call('GET /api/contact/quotes');
    expect(known.words).toEqual([]);
    expect(known.guarded).toMatchObject([
      {
        name: 'Ivy',
        quotes: [{ shown: { wording: 'It glowed.' }, consent: null, assent: null, over: null }],
      },
    ]);
    expect(JSON.stringify(known)).not.toMatch(/dimmed|Otto/);
    const quoteIds = [one.quote];
    const assent = { speakerId: one.speakerId, quoteIds };
    const early = await page.refused('POST /api/contact/guarded/assent', assent);
    expect(early.detail).toContain('a parent or carer has to agree');
    const agreed = await page.call('POST /api/contact/guarded/consent', {
      ...{ speakerId: one.speakerId, quoteIds, naming: 'role-only', channels: ['print', 'web'] },
    });
    expect(agreed.guarded[0]?.quotes[0]).toMatchObject({
      consent: { channels: ['print', 'web'], naming: 'role-only' },
      assent: null,
    });
    const told = await page.call('POST /api/contact/guarded/assent', assent);
    expect(told.guarded[0]?.quotes[0]?.assent).toMatchObject({ told: true });
    const kept = await trial.quote(one.quote);
    expect(kept.word, 'whether the words are right, the child says').toBe('to-send');
    expect(kept.blocks.map(({ reason }) => reason)).not.toContain('consent-missing');

    const ask = newId();
    const answer = {
      ask,
      use: one.use,
      speakerId: one.speakerId,
      kind: 'confirmed',
      evidence: PAPER,
      seen: await trial.seen({ quote: one.quote, use: one.use }),
    } as const;
    const confirmed = await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, one.params);
    expect(confirmed.quote).toMatchObject({ word: 'confirmed', blocks: [] });
    const whole = await trial.calls.call('GET /api/quotes/:quoteId', undefined, one.params);
    expect(whole.steps.map(({ event }) => `${event.kind} ${event.by.who}`)).toEqual([
      ...['captured member', 'checked member', 'guardian-asked member', 'consented guardian'],
      ...['consented guardian', 'sent member', 'confirmed member'],
    ]);
    const theirs = await page.refused('POST /api/contact/guarded/consent', {
      ...{ speakerId: other.speakerId, quoteIds: [other.quote], naming: 'anonymous', channels: ['web'] },
    });
    expect(theirs.code, 'another child is as if it were not there').toBe('not-found');
  });

  it('[GUARDIAN-1] [QUOTE-1] no program, and nobody of the team, agrees for a child', async () => {
    const one = await child('Mara', 'It stood.');
    const page = await cameIn(one, parentOf('Mara'));
    const consent = {
      speakerId: one.speakerId,
      quoteIds: [one.quote],
      naming: 'anonymous' as const,
      channels: ['web' as const],
    };
    expect((await trial.calls.refused('POST /api/contact/guarded/consent', consent)).code).toBe('no-access');
    const { read } = trial.service.parts.records;
    const guardian = await read
      .selectFrom('guardians')
      .select('person_id')
      .where('speaker_id', '=', one.speakerId)
      .executeTakeFirstOrThrow();
    await read
      .updateTable('members')
      .set({ role: 'viewer' })
      .where('user_id', '=', guardian.person_id)
      .where('study_id', '=', trial.studyId)
      .execute();
    const refused = await page.refused('POST /api/contact/guarded/consent', consent);
    expect(refused.detail).toContain('You are of the team');
  });

  it('[QUOTE-3] who says no takes the words out of the text; they cannot be asked for again', async () => {
    const one = await child('Finn', 'It broke.');
    const page = await cameIn(one, parentOf('Finn'));
    const back = { speakerId: one.speakerId };
    const params = { quoteId: one.quote };
    const after = await page.call('POST /api/contact/guarded/:quoteId/withdraw', back, params);
    expect(after.guarded[0]?.quotes[0]).toMatchObject({ over: 'withdrawn', withdrawn: {} });
    expect(await trial.text()).not.toContain('It broke.');
    const again = wish(one, parentOf('Finn'));
    const refused = await trial.calls.refused('POST /api/cases/:caseId/guardian-asks', again, inCase());
    expect(refused.code).toBe('conflict');
  });

  it('[GUARDIAN-1] what the child said itself, no parent says otherwise', async () => {
    const one = await child('Nell', 'It was mine.');
    const page = await cameIn(one, parentOf('Nell'));
    const all = { speakerId: one.speakerId, quoteIds: [one.quote] };
    await page.call('POST /api/contact/guarded/consent', {
      ...all,
      naming: 'name-and-role',
      channels: ['print'],
    });
    await trial.calls.call(
      'POST /api/quotes/:quoteId/consent',
      { speakerId: one.speakerId, from: 'speaker', channels: [], naming: 'anonymous', evidence: PAPER },
      one.params,
    );
    const refused = await page.refused('POST /api/contact/guarded/assent', all);
    expect(refused.detail).toContain('said themselves');
    expect((await trial.quote(one.quote)).blocks.map(({ reason }) => reason)).toContain('consent-channel');
  });

  it('[LINK-1] has an address of their own, which stands apart from the child’s', async () => {
    const one = await child('Ruth', 'It rose.');
    const asked = async (guardian: { name: string; email: string }) =>
      (await trial.calls.refused('POST /api/cases/:caseId/guardian-asks', wish(one, guardian), inCase()))
        .detail;
    await trial.calls.call(
      'PATCH /api/cases/:caseId/speakers/:speakerId',
      { email: 'ruth@school.example', address: 'personal' },
      { caseId: trial.caseId, speakerId: one.speakerId },
    );
    expect(await asked({ name: 'Her mother', email: 'ruth@school.example' })).toContain('address of a pupil');
    await trial.calls.call('POST /api/cases/:caseId/guardian-asks', wish(one, parentOf('Ruth')), inCase());
    const same = await trial.calls.refused(
      'PATCH /api/cases/:caseId/speakers/:speakerId',
      { email: parentOf('Ruth').email },
      { caseId: trial.caseId, speakerId: one.speakerId },
    );
    expect(same.detail).toContain('address of their parent');
    const two = await child('Sam', 'It fell.');
    const shared = wish(two, { name: 'Somebody else', email: parentOf('Ruth').email });
    expect(
      (await trial.calls.refused('POST /api/cases/:caseId/guardian-asks', shared, inCase())).detail,
    ).toContain('of another name');
    const boards = await trial.calls.call('GET /api/cases/:caseId/quotes', undefined, inCase());
    expect(JSON.stringify(boards)).not.toContain('@home.example');
    const where = { caseId: trial.caseId, speakerId: one.speakerId };
    const row = await trial.calls.call(
      'GET /api/cases/:caseId/speakers/:speakerId/guardian',
      undefined,
      where,
    );
    expect(row).toMatchObject({ ...parentOf('Ruth'), isIn: false });
  });

  it('[GUARDIAN-1] from 16 nobody else is asked', async () => {
    const one = await child('Wanda', 'It was time.', 'sixteen-or-over');
    const refused = await trial.calls.refused(
      'POST /api/cases/:caseId/guardian-asks',
      wish(one, parentOf('Wanda')),
      inCase(),
    );
    expect(refused.code).toBe('conflict');
  });

  it('[LINK-1] who is no parent of the child says so: what they agreed to does not count, and they see it no more', async () => {
    const one = await child('Lou', 'It strayed.');
    const page = await cameIn(one, parentOf('Lou'));
    const all = { speakerId: one.speakerId, quoteIds: [one.quote] };
    await page.call('POST /api/contact/guarded/consent', {
      ...all,
      naming: 'role-only',
      channels: ['print'],
    });
    await page.call('POST /api/contact/guarded/assent', all);
    const params = { speakerId: one.speakerId };
    const after = await page.call('POST /api/contact/guarded/:speakerId/not-theirs', {}, params);
    expect(after.guarded).toEqual([]);
    const left = await trial.quote(one.quote);
    expect(left).toMatchObject({ guardianAgreed: [], guardianAsks: [{ isOpen: false }] });
    expect(left.blocks.map(({ reason }) => reason)).toContain('consent-missing');
    const early = await trial.ask(one, one.speakerId).catch((error: Error) => error.message);
    expect(early, 'nobody agreed for the child').toContain('a parent or carer has to agree');
    const mother = await cameIn(one, { name: 'Her mother', email: 'mother.lou@home.example' });
    const { guarded } = await mother.call('GET /api/contact/quotes');
    expect(guarded[0]?.quotes).toMatchObject([{ over: null, consent: null, assent: null }]);
    const agreed = await mother.call('POST /api/contact/guarded/consent', {
      ...all,
      naming: 'anonymous',
      channels: ['print'],
    });
    expect(agreed.guarded[0]?.quotes[0]?.consent).toMatchObject({ naming: 'anonymous' });
  });

  it('[LINK-1] who is asked now answers no question that was put to somebody at another address', async () => {
    const one = await child('Pia', 'It waited.');
    await trial.calls.call(
      'POST /api/cases/:caseId/guardian-asks',
      wish(one, { name: 'Typo', email: 'typo@home.example' }),
      inCase(),
    );
    const page = await cameIn(one, parentOf('Pia'));
    const { guarded } = await page.call('GET /api/contact/quotes');
    expect(guarded[0]?.quotes).toHaveLength(1);
    const { guardianAsks } = await trial.quote(one.quote);
    expect(guardianAsks.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });

  it('[GUARDIAN-1] words that a parent lets appear nowhere are not agreed to', async () => {
    const one = await child('Uma', 'It stayed.');
    const said = { from: 'guardian', naming: 'role-only', evidence: PAPER } as const;
    const consent = (channels: readonly 'print'[]) =>
      trial.calls.call(
        'POST /api/quotes/:quoteId/consent',
        { ...said, speakerId: one.speakerId, channels: [...channels] },
        one.params,
      );
    await consent(['print']);
    expect((await trial.quote(one.quote)).guardianAgreed).toEqual([one.speakerId]);
    await consent([]);
    expect((await trial.quote(one.quote)).guardianAgreed).toEqual([]);
  });

  it('[QUOTE-5] a question to a parent lapses like any other; then no yes is taken', async () => {
    const one = await child('Ada', 'It ended.');
    const page = await cameIn(one, parentOf('Ada'));
    const { read } = trial.service.parts.records;
    const rows = await read
      .selectFrom('quote_asks')
      .select('next_at')
      .where('quote_id', '=', one.quote)
      .execute();
    expect(rows).toEqual([{ next_at: expect.any(Number) }]);
    const known = await page.call('GET /api/contact/quotes');
    expect(known.guarded[0]?.quotes[0]?.until).toBe(rows[0]?.next_at);
  });
});
