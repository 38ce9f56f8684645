import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LACKING_WAIT, Receipts, WAIT } from '../../server/quotes/receipts.ts';
import type { OwnQuote, SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import type { QuoteUse } from '../../shared/document/quote-key.ts';
import { HandClock } from '../support/clock.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const newUse = (): QuoteUse => ({ quote: newId(), use: newId() });

/** Somebody who was asked about words of theirs, at their page. */
interface AtPage {
  readonly page: PageCalls;
  readonly speaker: string;
  readonly name: string;
  readonly link: string;
  own(): Promise<SpeakerQuotes>;
  /** Their question about a quote. */
  asked(quote: string): Promise<OwnQuote>;
  answer(
    quote: string,
    kind: NonNullable<OwnQuote['answer']>['kind'],
    more?: { wording?: string; after?: number | null },
  ): ReturnType<PageCalls['ask']>;
}

let names = 0;
async function asked(
  uses: readonly QuoteUse[],
  text = 'They plan. «I send for her.» That is all.',
): Promise<AtPage> {
  names += 1;
  const name = `Ann Lee${'abcdefghijklmnopqrstuvwxyz'[names] ?? ''}`;
  const speaker = await trial.speaker(name, { role: 'Class teacher', naming: 'role-only' });
  const wording = text.split(/[«»]/)[1] ?? '';
  let link = '';
  for (const use of uses) {
    await trial.write(text, use);
    await trial.capture(use, wording, speaker);
    link = (await trial.ask(use, speaker)).link || link;
  }
  const page = trial.service.browser();
  await page.call('POST /api/links/redeem', { token: link.split('#')[1] ?? '' });
  const own = () => page.call('GET /api/contact/quotes');
  const ofQuote = async (quote: string) => {
    const found = (await own()).words
      .flatMap(({ quotes }) => quotes)
      .find(({ quoteId }) => quoteId === quote);
    if (!found) throw new Error('they are not asked about it');
    return found;
  };
  return {
    ...{ page, speaker, name, link, own, asked: ofQuote },
    async answer(quote, kind, { wording: words, after } = {}) {
      const ask = await ofQuote(quote);
      const body = {
        kind,
        after: after === undefined ? (ask.answer?.at ?? null) : after,
        ...(words !== undefined && { wording: words }),
      };
      return page.ask('POST /api/contact/asks/:askId/answer', body, { askId: ask.askId });
    },
  };
}

/** Puts other words in the place of some, wherever in the text of the block they stand last. */
async function reword(from: string, to: string): Promise<void> {
  await trial.editLast((text) => {
    const at = text
      .toString()
      .replace(/<[^>]+>/g, '')
      .indexOf(from);
    text.delete(at, from.length);
    text.insert(at, to);
  });
}

describe('the page of a speaker', () => {
  it('[QUOTE-4] [LINK-1] its link leads there, and looking at it does nothing', async () => {
    const use = newUse();
    const them = await asked([use]);
    expect(them.link).toMatch(/\/quotes#\S{43}$/);
    const before = (await trial.quote(use.quote)).seq;
    const { words } = await them.own();
    expect(words).toHaveLength(1);
    expect(words[0]).toMatchObject({ schoolName: expect.any(String), naming: 'role-only', onlyOne: false });
    const quote = await them.asked(use.quote);
    expect(quote.shown).toEqual({
      wording: 'I send for her.',
      before: 'They plan.',
      between: [],
      after: 'That is all.',
    });
    expect(quote).toMatchObject({ now: null, gone: false, answer: null, over: null, consent: null });
    expect((await trial.quote(use.quote)).seq).toBe(before);
  });

  it('names somebody to ring, by the number that they gave themselves, and until when print can be reached', async () => {
    const lead = await trial.service.signedIn(trial.lead);
    const telephone = '+44 (0)20 7946 0012';
    await lead.call('PUT /api/account/telephone', { telephone });
    const terms = { reminders: [3, 7, 12], lapse: 14, printOn: '2031-03-01' };
    await lead.call('PUT /api/studies/:studyId/quote-terms', terms, { studyId: trial.studyId });
    const them = await asked([newUse()]);
    expect((await them.own()).words[0]).toMatchObject({ team: { telephone }, printOn: '2031-03-01' });
    expect((await lead.refused('PUT /api/account/telephone', { telephone: 'ring me' })).code).toBe(
      'bad-request',
    );
    const late = { ...terms, reminders: [3, 14] };
    const inStudy = { studyId: trial.studyId };
    expect((await lead.refused('PUT /api/studies/:studyId/quote-terms', late, inStudy)).code).toBe(
      'bad-request',
    );
    const audit = trial.service.parts.records.read.selectFrom('audit').select('kind');
    expect(await audit.where('kind', '=', 'telephone-changed').execute()).toHaveLength(1);
    await lead.call('PUT /api/account/telephone', { telephone: '' });
    expect((await them.own()).words[0]?.team.telephone).toBe('');
  });

  it('[QUOTE-1] [QUOTE-2] a yes counts at once, the same again takes no second step, and it can be changed', async () => {
    const use = newUse();
    const them = await asked([use]);
    const yes = await them.answer(use.quote, 'confirmed');
    expect(yes.status).toBe(200);
    expect(yes.body).toMatchObject({ receipt: { line: 'You confirmed “I send for her.”' } });
    const verified = await trial.quote(use.quote);
    expect(standings(verified)).toEqual(['verified']);
    expect((await them.asked(use.quote)).verified).toBe(true);
    // as after a reply that was lost on the way
    expect((await them.answer(use.quote, 'confirmed', { after: null })).status).toBe(200);
    expect((await trial.quote(use.quote)).seq).toBe(verified.seq);
    expect((await them.answer(use.quote, 'declined')).status).toBe(200);
    expect(standings(await trial.quote(use.quote))).toEqual(['declined']);
  });

  it('[QUOTE-6] of two answers at once the second is told of the first, and nothing is changed by accident', async () => {
    const use = newUse();
    const them = await asked([use]);
    expect((await them.answer(use.quote, 'declined', { after: null })).status).toBe(200);
    expect((await them.answer(use.quote, 'confirmed', { after: null })).status).toBe(409);
    expect(standings(await trial.quote(use.quote))).toEqual(['declined']);
  });

  it('[QUOTE-2] a yes to words that were changed meanwhile is refused, and the new ones are shown', async () => {
    const use = newUse();
    const them = await asked([use], 'They plan. «I send for her often.» That is all.');
    await reword('often', 'seldom');
    const refused = await them.answer(use.quote, 'confirmed');
    expect(refused.status).toBe(409);
    const quote = await them.asked(use.quote);
    expect(quote.shown.wording).toBe('I send for her often.');
    expect(quote.now?.wording).toBe('I send for her seldom.');
    // what keeps words from being used needs no text to be about
    expect((await them.answer(use.quote, 'disputed')).status).toBe(200);
  });

  it('[QUOTE-7] nor does a yes count for words in other surroundings', async () => {
    const use = newUse();
    const them = await asked([use], 'One of them smiled. «I ask her in.» That is all.');
    await reword('One of them', 'The deputy');
    expect((await them.answer(use.quote, 'confirmed')).status).toBe(409);
    expect((await them.asked(use.quote)).now?.before).toBe('The deputy smiled.');
  });

  it('[INPUT-1] a correction is kept as it was written; one that nobody could read is refused', async () => {
    const use = newUse();
    const them = await asked([use]);
    expect((await them.answer(use.quote, 'correction-proposed', { wording: '  ' })).status).toBe(400);
    const hidden = await them.answer(use.quote, 'correction-proposed', { wording: 'I send\u202e for him.' });
    expect(hidden.status).toBe(400);
    expect(JSON.stringify(hidden.body)).toContain('right-to-left override');
    expect((await them.answer(use.quote, 'correction-proposed', { wording: 'I call her.' })).status).toBe(
      200,
    );
    expect((await them.asked(use.quote)).answer).toMatchObject({ wording: 'I call her.', way: 'page' });
  });

  it('[NAME-1] says apart from the words how they are named, for all of them, and where; what was confirmed stays so', async () => {
    const [one, other] = [newUse(), newUse()];
    const them = await asked([one, other]);
    await them.answer(one.quote, 'confirmed');
    await them.answer(other.quote, 'confirmed');
    const wish = { speakerId: them.speaker, naming: 'name-and-role', channels: ['print', 'web'] } as const;
    const { words } = await them.page.call('POST /api/contact/quotes/consent', {
      ...wish,
      channels: [...wish.channels],
      quoteIds: [one.quote],
    });
    const own = words.words.flatMap(({ quotes }) => quotes);
    expect(own.map(({ verified }) => verified)).toEqual([true, true]);
    expect(own.map(({ namedAs }) => namedAs.naming)).toEqual(['name-and-role', 'name-and-role']);
    expect(own.find(({ quoteId }) => quoteId === one.quote)?.consent?.channels).toEqual(['print', 'web']);
    expect(own.find(({ quoteId }) => quoteId === other.quote)?.consent?.channels).toEqual([]);
    expect((await trial.quote(one.quote)).blocks).toEqual([]);
    expect((await trial.quote(other.quote)).blocks.map(({ reason }) => reason)).toEqual(['consent-channel']);
  });

  it('takes words back whenever they like: they leave the text, and again changes nothing', async () => {
    const use = newUse();
    const them = await asked([use], 'They plan. «I would rather not.» That is all.');
    await them.answer(use.quote, 'confirmed');
    const back = { quoteId: use.quote };
    const speakerId = them.speaker;
    await them.page.call('POST /api/contact/quotes/:quoteId/withdraw', { speakerId }, back);
    expect(await trial.text()).not.toContain('I would rather not.');
    const after = await trial.quote(use.quote);
    await them.page.call('POST /api/contact/quotes/:quoteId/withdraw', { speakerId }, back);
    expect((await trial.quote(use.quote)).seq).toBe(after.seq);
    expect((await them.asked(use.quote)).over).toBe('withdrawn');
    expect((await them.answer(use.quote, 'disputed')).status).toBe(409);
  });

  it('[QUOTE-5] once the day that the page names is over, no answer is taken or changed', async () => {
    const use = newUse();
    const them = await asked([use]);
    await them.answer(use.quote, 'confirmed');
    const { until } = await them.asked(use.quote);
    const steps = trial.service.parts.records.read;
    const sent = await steps
      .selectFrom('quote_steps')
      .select(['seq', 'detail'])
      .where('quote_id', '=', use.quote)
      .where('kind', '=', 'sent')
      .executeTakeFirstOrThrow();
    await steps
      .updateTable('quote_steps')
      .set({ detail: sent.detail.replace(String(until), '1') })
      .where('quote_id', '=', use.quote)
      .where('seq', '=', sent.seq)
      .execute();
    const late = await them.answer(use.quote, 'declined');
    expect(late.status).toBe(409);
    expect(JSON.stringify(late.body)).toContain('over');
    expect(standings(await trial.quote(use.quote))).toEqual(['verified']);
  });

  it('[QUOTE-6] mails one receipt a while after everything is said, and never the same twice', async () => {
    const [one, other] = [newUse(), newUse()];
    const them = await asked([one, other]);
    const clock = new HandClock();
    const sent: string[] = [];
    const mailer = {
      send: async ({ text }: { readonly text: string }) => {
        sent.push(text);
      },
    };
    const receipts = new Receipts({ ...trial.service.parts, clock, mailer });
    const { person } = await them.page.call('GET /api/session');
    const personId = person?.id ?? '';
    const sentAfter = async (ms: number) => {
      receipts.sendWhenDone(personId, await them.own(), false);
      clock.advance(ms);
      await receipts.settled();
      return sent.length;
    };
    const say = (channels: readonly string[], quoteIds: readonly string[]) =>
      them.page.call('POST /api/contact/quotes/consent', {
        ...{ speakerId: them.speaker, naming: 'role-only', channels, quoteIds },
      } as never);
    await them.answer(one.quote, 'confirmed');
    await say(['web'], [one.quote]);
    expect(await sentAfter(LACKING_WAIT)).toBe(0);
    await them.answer(other.quote, 'confirmed');
    // the form on where is open before them
    expect(await sentAfter(WAIT)).toBe(0);
    await say(['web'], [other.quote]);
    expect(await sentAfter(WAIT - 1)).toBe(0);
    expect(await sentAfter(WAIT)).toBe(1);
    await receipts.send(personId);
    expect(await sentAfter(LACKING_WAIT)).toBe(1);
    expect(sent[0]).toContain('on the web');
    // whoever stops the server sends what waits
    await them.answer(other.quote, 'declined');
    receipts.sendWhenDone(personId, await them.own(), false);
    await receipts.stop();
    expect(sent).toHaveLength(2);
  });

  it('[QUOTE-6] mails what was answered so far when that is asked for', async () => {
    const [one, other] = [newUse(), newUse()];
    const them = await asked([one, other]);
    const outbox = join(trial.service.parts.settings.dataDir, 'outbox');
    const mails = async () => {
      const files = (await readdir(outbox)).filter((file) => file.endsWith('.eml'));
      const texts = await Promise.all(files.map((file) => readFile(join(outbox, file), 'utf8')));
      return texts.filter((mail) => mail.includes('Your receipt') && mail.includes(`Hello ${them.name},`));
    };
    await them.answer(one.quote, 'confirmed');
    await them.page.call('POST /api/contact/quotes/receipt', {});
    await them.page.call('POST /api/contact/quotes/receipt', {});
    expect(await mails()).toHaveLength(1);
  });

  it('the team sees that they have read it, once', async () => {
    const use = newUse();
    const them = await asked([use]);
    const { askId } = await them.asked(use.quote);
    await them.page.call('POST /api/contact/quotes/opened', { asks: [askId, 'none-of-theirs'] });
    const opened = await trial.quote(use.quote);
    expect(standings(opened)).toEqual(['opened']);
    await them.page.call('POST /api/contact/quotes/opened', { asks: [askId] });
    expect((await trial.quote(use.quote)).seq).toBe(opened.seq);
  });

  it('[QUOTE-1] somebody else was meant: what they said does not count, and nothing more is asked of them', async () => {
    const use = newUse();
    const them = await asked([use]);
    await them.answer(use.quote, 'confirmed');
    await them.page.call('POST /api/contact/speakers/:speakerId/not-me', {}, { speakerId: them.speaker });
    expect(standings(await trial.quote(use.quote))).toEqual(['misdirected']);
    expect((await them.own()).words).toEqual([]);
    // the same words can be put to whoever did say them
    const inCase = { caseId: trial.caseId, speakerId: them.speaker };
    const right = { email: `right.${newId()}@school.example`, address: 'personal' } as const;
    await trial.calls.call('PATCH /api/cases/:caseId/speakers/:speakerId', right, inCase);
    await trial.ask(use, them.speaker);
    expect(standings(await trial.quote(use.quote))).toEqual(['sent']);
  });

  it('[QUOTE-1] nor does what they said to words that were asked about anew since, or agreed to', async () => {
    const use = newUse();
    const them = await asked([use], 'They plan. «I send for her often.» That is all.');
    await them.answer(use.quote, 'confirmed');
    await them.page.call('POST /api/contact/quotes/consent', {
      ...{ speakerId: them.speaker, naming: 'name-and-role', channels: ['print'], quoteIds: [use.quote] },
    });
    expect((await trial.quote(use.quote)).blocks).toEqual([]);
    await reword('often', 'seldom');
    const wording = 'I send for her seldom.';
    await trial.calls.call('POST /api/quotes/:quoteId/check', { wording }, { quoteId: use.quote });
    await trial.ask(use, them.speaker);
    const params = { speakerId: them.speaker };
    await them.page.call('POST /api/contact/speakers/:speakerId/not-me', {}, params);
    await reword('seldom', 'often');
    const after = await trial.quote(use.quote);
    expect(standings(after)).not.toContain('verified');
    expect(after.blocks.map(({ reason }) => reason)).toContain('consent-channel');
    // how they are named was no choice of the person who is meant
    const inCase = { caseId: trial.caseId, ...params };
    await trial.calls.call('PATCH /api/cases/:caseId/speakers/:speakerId', { naming: 'role-only' }, inCase);
  });

  it('[LINK-1] once an address turns out to be read by others, nothing is confirmed from it; to say no, it will do', async () => {
    const use = newUse();
    const them = await asked([use]);
    const { email } = (await them.page.call('GET /api/session')).person ?? { email: '' };
    const bob = await trial.speaker(`Bob of ${them.name}`, { email });
    expect((await them.answer(use.quote, 'confirmed')).status).toBe(409);
    expect((await them.answer(use.quote, 'correction-proposed', { wording: 'No.' })).status).toBe(409);
    expect(standings(await trial.quote(use.quote))).toEqual(['sent']);
    expect((await them.answer(use.quote, 'disputed')).status).toBe(200);
    // nor is anybody let in to what a second person said, by a link to the address of both
    const { read } = trial.service.parts.records;
    const speakers = read.selectFrom('speakers').select(['id', 'person_id']);
    const third = await trial.speaker(`Third of ${them.name}`, { email: 'two.of.us@school.example' });
    const other = newUse();
    await trial.write('They plan. «We two.» That is all.', other);
    await trial.capture(other, 'We two.', third);
    const { link } = await trial.ask(other, third);
    const fourth = await trial.speaker(`Fourth of ${them.name}`, { email: 'two.of.us@school.example' });
    const page = trial.service.browser();
    await page.call('POST /api/links/redeem', { token: link.split('#')[1] ?? '' });
    const bound = await speakers.where('id', 'in', [bob, third, fourth]).execute();
    expect(bound.map(({ person_id }) => person_id)).toEqual([null, null, null]);
    expect((await page.call('GET /api/contact/quotes')).words).toEqual([]);
  });

  it('[QUOTE-1] nobody of the team confirms as a speaker under an address of their own', async () => {
    const use = newUse();
    const { service, lead } = trial;
    const { read } = service.parts.records;
    const { email } = await read
      .selectFrom('user')
      .select('email')
      .where('id', '=', lead)
      .executeTakeFirstOrThrow();
    const speaker = await trial.speaker('Made Up', { email });
    await trial.write('They plan. «I never said it.» That is all.', use);
    await trial.capture(use, 'I never said it.', speaker);
    const { link } = await trial.ask(use, speaker);
    const page = await service.signedIn(lead);
    await page.call('POST /api/links/redeem', { token: link.split('#')[1] ?? '' });
    const askId = (await page.call('GET /api/contact/quotes')).words[0]?.quotes[0]?.askId ?? '';
    const yes = { kind: 'confirmed', after: null } as const;
    const said = await page.ask('POST /api/contact/asks/:askId/answer', yes, { askId });
    expect(said.status).toBe(409);
    expect(standings(await trial.quote(use.quote))).toEqual(['sent']);
    // the page of the team shows nobody's words to those who come after
    await read.deleteFrom('case_contacts').where('user_id', '=', lead).execute();
  });

  it('[QUOTE-3] of an exchange all confirm; a correction by one is asked of the other, and a colleague’s word voids it for both', async () => {
    const use = newUse();
    const [ada, bo] = await Promise.all(
      ['Ada Exley', 'Bo Exley'].map((name) => trial.speaker(name, { naming: 'role-only' })),
    );
    if (!ada || !bo) throw new Error('two speakers');
    await trial.write('They sat down. «Shall we begin? Only if you do.» They laughed.', use);
    await trial.capture(use, 'Shall we begin? Only if you do.', ada, bo);
    const comeIn = async (speaker: string) => {
      const { link } = await trial.ask(use, speaker);
      const page = trial.service.browser();
      await page.call('POST /api/links/redeem', { token: link.split('#')[1] ?? '' });
      const own = async () => (await page.call('GET /api/contact/quotes')).words[0]?.quotes[0];
      const say = async (kind: 'confirmed' | 'correction-proposed', wording?: string) => {
        const quote = await own();
        const body = { kind, after: quote?.answer?.at ?? null, ...(wording !== undefined && { wording }) };
        return page.call('POST /api/contact/asks/:askId/answer', body, { askId: quote?.askId ?? '' });
      };
      return { page, own, say };
    };
    const [adaPage, boPage] = [await comeIn(ada), await comeIn(bo)];
    expect(await adaPage.own()).toMatchObject({ exchange: true, source: { original: '' } });
    await adaPage.say('confirmed');
    await boPage.say('correction-proposed', 'Shall we begin? Only after you.');
    const reasons = async () => {
      const { blocks } = await trial.quote(use.quote);
      return blocks.flatMap(({ reason }) => (reason.startsWith('consent') ? [] : [reason]));
    };
    expect(await reasons()).toEqual(['correction-proposed']);
    const { askId = '' } = (await boPage.own()) ?? {};
    const params = { quoteId: use.quote, askId };
    await trial.calls.call(
      'POST /api/quotes/:quoteId/asks/:askId/correction',
      { decided: 'accepted' },
      params,
    );
    // the words are those of one of them now, and the other has not seen them
    expect(standings(await trial.quote(use.quote))).toEqual(['changed', 'verified']);
    expect(await adaPage.own()).toMatchObject({
      verified: false,
      now: { wording: 'Shall we begin? Only after you.' },
    });
    const wording = 'Shall we begin? Only after you.';
    await trial.calls.call('POST /api/quotes/:quoteId/check', { wording }, { quoteId: use.quote });
    await trial.ask(use, ada);
    await adaPage.say('confirmed');
    expect(standings(await trial.quote(use.quote))).toEqual(['verified', 'verified']);
    expect(await reasons()).toEqual([]);

    await reword('after', 'before');
    expect(standings(await trial.quote(use.quote))).toEqual(['changed', 'changed']);
    expect((await boPage.own())?.verified).toBe(false);
    await reword('before', 'after');
    expect(standings(await trial.quote(use.quote))).toEqual(['verified', 'verified']);
    expect((await boPage.own())?.verified).toBe(true);
  });

  it('[ACCESS-5] nobody sees, answers or takes back the words of anybody else', async () => {
    const [mine, theirs] = [newUse(), newUse()];
    const me = await asked([mine]);
    const them = await asked([theirs]);
    const { askId } = await them.asked(theirs.quote);
    const quotes = (await me.own()).words.flatMap((of) => of.quotes.map(({ quoteId }) => quoteId));
    expect(quotes).toEqual([mine.quote]);
    const answer = { kind: 'confirmed', after: null } as const;
    expect((await me.page.ask('POST /api/contact/asks/:askId/answer', answer, { askId })).status).toBe(404);
    const wish = {
      speakerId: them.speaker,
      naming: 'anonymous',
      channels: [],
      quoteIds: [theirs.quote],
    } as const;
    const consent = { ...wish, channels: [], quoteIds: [theirs.quote] };
    expect((await me.page.ask('POST /api/contact/quotes/consent', consent)).status).toBe(404);
    // their own name, for a quote of somebody else
    const mixed = { ...consent, speakerId: me.speaker };
    expect((await me.page.ask('POST /api/contact/quotes/consent', mixed)).status).toBe(404);
    for (const speakerId of [me.speaker, them.speaker]) {
      const back = await me.page.ask(
        'POST /api/contact/quotes/:quoteId/withdraw',
        { speakerId },
        { quoteId: theirs.quote },
      );
      expect(back.status).toBe(404);
    }
    const params = { speakerId: them.speaker };
    expect((await me.page.ask('POST /api/contact/speakers/:speakerId/not-me', {}, params)).status).toBe(404);
    expect(standings(await trial.quote(theirs.quote))).toEqual(['sent']);
    // the team's own page shows nobody's words as if they were theirs
    const lead = await trial.service.signedIn(trial.lead);
    expect((await lead.call('GET /api/contact/quotes')).words).toEqual([]);
  });
});
