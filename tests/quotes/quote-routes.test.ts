import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { loadReadingCopies } from '../../server/case-study/reading-copies.ts';
import { loadQuotedText } from '../../server/quotes/quoted-text.ts';
import { returnedWords } from '../../server/quotes/returned-words.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { newId } from '../support/team.ts';
import { type QuotesOnTrial, quotesOnTrial, standings } from './quotes-on-trial.ts';

let trial: QuotesOnTrial;
beforeAll(async () => {
  trial = await quotesOnTrial();
});
afterAll(() => trial.close());

const newUse = () => ({ quote: newId(), use: newId() });
const PHONE = { how: 'phone', note: 'Called on Monday at ten.' } as const;

describe('quotes over HTTP', () => {
  it('[QUOTE-1] [QUOTE-2] captured, asked, confirmed by phone; changed words void it, put back they are verified', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Ada Bell');
    await trial.write('She said: «It worked for us.» And so it did.', use);
    const captured = await trial.capture(use, 'It worked for us.', speaker);
    expect(captured.word).toBe('to-send');
    expect(standings(captured)).toEqual(['checked']);
    const { ask, quotes, link } = await trial.ask(use, speaker);
    expect(link).toMatch(/^http.+#/);
    expect(quotes[0]?.word).toBe('waiting');
    const params = { quoteId: use.quote };
    await trial.retype(use, 'worked', 'failed');
    expect(standings(await trial.quote(use.quote))).toEqual(['changed']);
    const old = await trial.calls.call('POST /api/quotes/:quoteId/restore', { use: use.use }, params);
    expect(standings(old.quote), 'those that they were asked about are put back').toEqual(['sent']);
    const seen = await trial.seen(use);
    const answer = {
      ask,
      use: use.use,
      speakerId: speaker,
      kind: 'confirmed',
      evidence: PHONE,
      seen,
    } as const;
    const said = await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, params);
    expect(standings(said.quote)).toEqual(['verified']);
    expect(said.quote.blocks.map(({ reason }) => reason)).toEqual(['consent-missing']);
    // the same call once more takes no second step
    const again = await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, params);
    expect(again.quote.seq).toBe(said.quote.seq);

    await trial.retype(use, 'worked', 'failed');
    expect(standings(await trial.quote(use.quote))).toEqual(['changed']);
    const restored = await trial.calls.call('POST /api/quotes/:quoteId/restore', { use: use.use }, params);
    expect(restored.textChanged).toBe(true);
    expect(standings(restored.quote)).toEqual(['verified']);
    expect(await trial.text()).toContain('It worked for us.');

    const consent = { channels: ['print' as const], until: null, naming: 'role-only' as const };
    const agreed = await trial.calls.call(
      'POST /api/quotes/:quoteId/consent',
      { speakerId: speaker, from: 'speaker', ...consent, evidence: PHONE },
      params,
    );
    expect(standings(agreed), 'named as they chose, it stays verified').toEqual(['verified']);
    expect(agreed.blocks).toEqual([]);

    const gone = await trial.calls.call(
      'POST /api/quotes/:quoteId/withdraw',
      { speakerId: speaker, from: 'speaker', evidence: PHONE },
      params,
    );
    expect(gone.textChanged).toBe(true);
    expect(await trial.text()).not.toContain('worked');
    expect(await trial.text()).toContain('taken it back');
    // although somebody undoes that, nobody puts them in order again
    await trial.write('She said: «It failed.» So.', use);
    const put = await trial.calls.refused('POST /api/quotes/:quoteId/restore', { use: use.use }, params);
    expect(put.detail).toContain('taken these words back');
    const whole = await trial.calls.call('GET /api/quotes/:quoteId', undefined, params);
    expect(whole.steps.map(({ event }) => event.kind)).toEqual([
      'captured',
      'checked',
      'sent',
      'confirmed',
      'consented',
      'withdrawn',
    ]);
  });

  it('[QUOTE-2] tells who changed words since they were agreed to, until they are put back', async () => {
    const use = newUse();
    const { service, studyId, blockId } = trial;
    const speaker = await trial.speaker('Lou Reed');
    await trial.write('And: «We kept at it.» They did.', use);
    await trial.capture(use, 'We kept at it.', speaker);
    const { ask } = await trial.ask(use, speaker);
    const params = { quoteId: use.quote };
    const seen = await trial.seen(use);
    const yes = { ask, use: use.use, speakerId: speaker, kind: 'confirmed', evidence: PHONE, seen } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', yes, params);
    const changes = async () =>
      (await trial.calls.call('GET /api/quotes/:quoteId/changes', undefined, params)).changes;
    expect(await changes()).toEqual([]);
    const colleague = await service.person('Ben Carr');
    await service.join(studyId, colleague, 'fieldworker');
    const typed = (text: string, change: (line: Y.XmlText) => void) =>
      service.writing.edit(
        blockId,
        null,
        (doc) => {
          const paragraphs = doc.getXmlFragment(CONTENT).toArray() as Y.XmlElement[];
          const line = paragraphs
            .map((one) => one.get(0) as Y.XmlText)
            .find((one) => `${one}`.includes(text));
          if (line) change(line);
        },
        { authorId: colleague },
      );
    await typed('kept at it', (line) => line.insert(0, 'Well. '));
    expect(await changes()).toEqual([]);
    await typed('kept at it', (line) => line.delete(`${line.toDelta()[0].insert}`.length + 3, 4));
    expect((await trial.quote(use.quote)).uses[0]?.wording).toBe('We  at it.');
    expect(await changes()).toMatchObject([{ use: use.use, by: 'Ben Carr' }]);
    await trial.calls.call('POST /api/quotes/:quoteId/restore', { use: use.use }, params);
    expect(await changes()).toEqual([]);
  });

  it('[SAVE-4] words that were taken back leave the text once more when a merge brings them back', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Win Oke');
    await trial.write('We asked. «It never did.» So they said.', use);
    await trial.capture(use, 'It never did.', speaker);
    const wanted = { speakerId: speaker, from: 'speaker', evidence: PHONE } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/withdraw', wanted, { quoteId: use.quote });
    expect(await trial.text()).not.toContain('It never did.');
    // typed offline beside what stood there, and moved to a paragraph of its own
    await trial.editLast((text) => {
      const at = text.toString().indexOf('[A quote');
      text.insert(at, 'It never did, ever.', { [quoteKey(use)]: { ...use } });
    });
    await trial.write('Again: «It never did.» They said so.', { ...use, use: newId() });
    expect((await trial.text()).match(/It never did/g)).toHaveLength(2);
    const looks = returnedWords(trial.service.parts, trial.service.writing);
    looks.wake();
    await looks.settled();
    const text = await trial.text();
    expect(text).not.toContain('It never did');
    expect(text).toContain('Again: [A quote stood here.');
    expect(text).not.toContain('taken it back.][A quote');
    const { seq } = await trial.quote(use.quote);
    looks.wake();
    await looks.stop();
    expect(await trial.text()).toBe(text);
    expect((await trial.quote(use.quote)).seq, 'it is one withdrawal').toBe(seq);
  });

  it('[SAVE-3] capturing is repeated by an outbox without a second quote, before the mark has come', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Ben Carr');
    const first = await trial.capture(use, 'Not yet in the text.', speaker);
    expect(first.word).toBe('not-used');
    const second = await trial.capture(use, 'Not yet in the text.', speaker);
    expect(second.seq).toBe(first.seq);
    await expect(trial.capture({ ...use, use: newId() }, 'Other.', speaker)).rejects.toThrow(/made before/);
  });

  it('[QUOTE-3] a draft says of confirmed words that they may not be printed', async () => {
    const use = newUse();
    const speakerId = await trial.speaker('Pat Printer');
    await trial.write('Then: «Nowhere as yet.» So.', use);
    await trial.capture(use, 'Nowhere as yet.', speakerId);
    const { ask } = await trial.ask(use, speakerId);
    const evidence = { how: 'phone', note: 'On Monday' } as const;
    const inQuote = { quoteId: use.quote };
    const seen = await trial.seen(use);
    const answer = { ask, use: use.use, speakerId, kind: 'confirmed', evidence, seen } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, inQuote);
    const draft = async () =>
      String((await trial.calls.send('GET', `/api/cases/${trial.caseId}/export.html`)).body);
    expect(await draft()).toContain('Nowhere as yet. [quote confirmed, but not for print]');
    const consent = { speakerId, from: 'speaker', naming: 'name-and-role', evidence } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/consent', { ...consent, channels: ['print'] }, inQuote);
    expect(await draft()).toContain('Nowhere as yet. So.');
  });

  it('[ACCESS-5] a contact reads words of others once they are confirmed, and their own at once', async () => {
    const { service, caseId, schoolId, studyId, blockId } = trial;
    const [mine, other] = [newUse(), newUse()];
    const me = await trial.speaker('Mo Reader');
    const them = await trial.speaker('Ola Other');
    await trial.write('I said: «Mine is this.» So.', mine);
    await trial.write('They said: «Theirs is that.» So.', other);
    await trial.capture(mine, 'Mine is this.', me);
    await trial.capture(other, 'Theirs is that.', them);
    const contact = await service.person('Mo Reader Here');
    const read = service.parts.records.read;
    await service.join(studyId, contact, 'contact');
    const place = { case_id: caseId, school_id: schoolId, user_id: contact, since: 0 };
    await read.insertInto('case_contacts').values(place).execute();
    await read.updateTable('speakers').set({ person_id: contact }).where('id', '=', me).execute();
    const level = { level: 'read', set_by: null, set_at: 0 };
    await read
      .insertInto('block_grants')
      .values({ block_id: blockId, person_id: contact, ...level })
      .execute();
    const page = await service.signedIn(contact);
    const copy = async () => {
      const { blocks } = await page.call('GET /api/cases/:caseId/text', undefined, { caseId });
      return blocks.find((block) => block.blockId === blockId)?.html ?? '';
    };
    expect(await copy()).toContain('Mine is this.');
    expect(await copy()).not.toContain('Theirs is that.');
    expect(await copy()).toContain('shown here once its speaker has confirmed it');
    const draft = await trial.calls.send('GET', `/api/cases/${caseId}/export.html`);
    expect(String(draft.body)).toContain('Theirs is that. [quote not confirmed]');
    // as where a writer takes the mark off between two looks: what was read first has it
    const theCase = await read
      .selectFrom('cases')
      .selectAll()
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const study = await read
      .selectFrom('studies')
      .selectAll()
      .where('id', '=', theCase.study_id)
      .executeTakeFirstOrThrow();
    const { figures } = await loadQuotedText(service.parts, study, [caseId]);
    const nothing = { select: () => nothing, where: () => nothing, execute: async () => [] };
    let looks = 0;
    const hasty = new Proxy(read, {
      get: (target, name) => {
        if (name !== 'selectFrom') return Reflect.get(target, name);
        return (table: 'projections') => {
          if (table === 'projections') looks += 1;
          return table === 'projections' && looks > 1 ? nothing : target.selectFrom(table);
        };
      },
    });
    const records = { ...service.parts.records, read: hasty };
    const [hastily] = await loadReadingCopies(
      { ...service.parts, records },
      { role: 'contact', personId: contact },
      figures.filter((block) => block.blockId === blockId),
    );
    expect(hastily?.html).toContain('Mine is this.');
    expect(hastily?.html).not.toContain('Theirs is that.');
    const { ask } = await trial.ask(other, them);
    const seen = await trial.seen(other);
    const answer = {
      ask,
      use: other.use,
      speakerId: them,
      kind: 'confirmed',
      evidence: PHONE,
      seen,
    } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: other.quote });
    expect(await copy()).toContain('Theirs is that.');
    expect(await copy()).not.toContain('data-use');
  });

  it('[QUOTE-2] an edit in the moment of the answer: it counts for what was shown, and for nothing else', async () => {
    for (const word of ['never', 'always', 'often']) {
      const use = newUse();
      const speaker = await trial.speaker('Eve Quick', { email: `${word}@school.example` });
      await trial.write('Eve said: «We sometimes meet.» So.', use);
      await trial.capture(use, 'We sometimes meet.', speaker);
      const { ask } = await trial.ask(use, speaker);
      const seen = await trial.seen(use);
      const answer = {
        ask,
        use: use.use,
        speakerId: speaker,
        kind: 'confirmed',
        evidence: PHONE,
        seen,
      } as const;
      await Promise.all([
        trial.calls.call('POST /api/quotes/:quoteId/answers', answer, { quoteId: use.quote }),
        trial.retype(use, 'sometimes', word),
      ]);
      const after = await trial.quote(use.quote);
      expect(after.uses[0]?.wording).toBe(`We ${word} meet.`);
      expect(standings(after)).toEqual(['changed']);
      expect(after.blocks.map(({ reason }) => reason)).toContain('changed');
      await trial.retype(use, word, 'sometimes');
      expect(standings(await trial.quote(use.quote))).toEqual(['verified']);
    }
  });

  it('a correction that is taken up stands in the text and is verified without asking again', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Cy Dunn');
    await trial.write('He said: «We meet on mondays.» That is all.', use);
    await trial.capture(use, 'We meet on mondays.', speaker);
    const { ask } = await trial.ask(use, speaker);
    const params = { quoteId: use.quote };
    const seen = await trial.seen(use);
    const bad = {
      ask: newId(),
      use: use.use,
      speakerId: speaker,
      evidence: PHONE,
      wording: ' ',
      seen,
    } as const;
    const empty = { ...bad, kind: 'correction-proposed' } as const;
    const refused = await trial.calls.refused('POST /api/quotes/:quoteId/answers', empty, params);
    expect(refused.code).toBe('bad-request');
    expect((await trial.quote(use.quote)).asks, 'nothing is kept of it').toHaveLength(1);
    const wording = 'We meet on Tuesdays, all of us.';
    await trial.calls.call(
      'POST /api/quotes/:quoteId/answers',
      { ask, use: use.use, speakerId: speaker, kind: 'correction-proposed', wording, evidence: PHONE, seen },
      params,
    );
    const accepted = await trial.calls.call(
      'POST /api/quotes/:quoteId/asks/:askId/correction',
      { decided: 'accepted' },
      { ...params, askId: ask },
    );
    expect(accepted.textChanged).toBe(true);
    expect(accepted.quote.uses[0]?.wording).toBe(wording);
    expect(standings(accepted.quote)).toEqual(['verified']);
  });

  it('[QUOTE-1] what was read to a speaker counts alone: words changed meanwhile, or an answer of their own, refuse it', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Fay Grant');
    await trial.write('Fay said: «We sometimes meet.» So.', use);
    const { uses } = await trial.capture(use, 'We sometimes meet.', speaker);
    const params = { quoteId: use.quote };
    const context = uses[0]?.context ?? { before: '', between: [], after: '' };
    const read = { seen: { wording: 'We sometimes meet.', context }, after: null };
    const of = { use: use.use, speakerId: speaker, evidence: PHONE };
    const yes = { ...of, ...read, ask: newId(), kind: 'confirmed' } as const;
    // a colleague writes, and holds it against the source, while somebody is on the telephone
    await trial.retype(use, 'sometimes', 'never');
    await trial.calls.call('POST /api/quotes/:quoteId/check', { wording: 'We never meet.' }, params);
    const late = await trial.calls.refused('POST /api/quotes/:quoteId/answers', yes, params);
    expect(late.code).toBe('conflict');
    expect((await trial.quote(use.quote)).asks).toEqual([]);
    await trial.retype(use, 'never', 'sometimes');
    const elsewhere = { ...yes, seen: { ...read.seen, context: { ...context, before: 'Fay wrote:' } } };
    await trial.calls.refused('POST /api/quotes/:quoteId/answers', elsewhere, params);

    const unread = { ...of, ask: newId(), kind: 'confirmed' } as unknown as typeof yes;
    const refused = await trial.calls.refused('POST /api/quotes/:quoteId/answers', unread, params);
    expect(refused.code, 'of what nobody says was read, nothing counts').toBe('bad-request');

    const no = { ...yes, kind: 'disputed' } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', no, params);
    const second = await trial.calls.refused('POST /api/quotes/:quoteId/answers', yes, params);
    expect(second.detail).toContain('answered meanwhile');
    expect(standings(await trial.quote(use.quote))).toEqual(['disputed']);
  });

  it('[QUOTE-1] a correction is taken up as it was read, not one that was written since', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Gus Hart');
    await trial.write('Gus said: «We meet on mondays.» So.', use);
    await trial.capture(use, 'We meet on mondays.', speaker);
    const { ask } = await trial.ask(use, speaker);
    const of = { ask, use: use.use, speakerId: speaker, evidence: PHONE, seen: await trial.seen(use) };
    const params = { quoteId: use.quote };
    const newer = { ...of, kind: 'correction-proposed', wording: 'We meet at ten.' } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', newer, params);
    const decide = (wording: string) =>
      [
        'POST /api/quotes/:quoteId/asks/:askId/correction',
        { decided: 'accepted', wording },
        { ...params, askId: ask },
      ] as const;
    await trial.calls.refused(...decide('We meet on Mondays.'));
    expect(standings(await trial.quote(use.quote))).toEqual(['correction-proposed']);
    expect(standings((await trial.calls.call(...decide('We meet at ten.'))).quote)).toEqual(['verified']);
  });

  it('[QUOTE-7] words are found fair among those that the editor read, not among others', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Hal Irwin');
    await trial.write('One of them said: «It is warm here.» So.', use);
    await trial.capture(use, 'It is warm here.', speaker);
    const { ask } = await trial.ask(use, speaker);
    const params = { quoteId: use.quote };
    const of = { use: use.use, speakerId: speaker };
    const yes = { ...of, ask, kind: 'confirmed', evidence: PHONE, seen: await trial.seen(use) } as const;
    await trial.calls.call('POST /api/quotes/:quoteId/answers', yes, params);
    await trial.editLast((text) => text.insert(0, 'Nobody believed it. ', {}));
    const fair = (before: string) => ({
      ...{ ...of, reason: 'It says the same.' },
      seen: { wording: 'It is warm here.', context: { before, between: [], after: 'So.' } },
    });
    await trial.calls.refused('POST /api/quotes/:quoteId/fair', fair('One of them said:'), params);
    expect(standings(await trial.quote(use.quote))).toEqual(['context-changed']);
    const seen = fair('Nobody believed it. One of them said:');
    expect(standings(await trial.calls.call('POST /api/quotes/:quoteId/fair', seen, params))).toEqual([
      'verified',
    ]);
  });

  it('[QUOTE-5] the id of a question about one quote asks nothing about another', async () => {
    const [one, other] = [newUse(), newUse()];
    const speaker = await trial.speaker('Ida Jones');
    for (const use of [one, other]) {
      await trial.write('Ida said: «It is so.» So.', use);
      await trial.capture(use, 'It is so.', speaker);
    }
    const { ask } = await trial.ask(one, speaker);
    const { read } = trial.service.parts.records;
    const due = () => read.selectFrom('quote_asks').selectAll().where('id', '=', ask).execute();
    const before = await due();
    const asks = [{ id: ask, quoteId: other.quote, use: other.use }];
    const wanted = { id: newId(), speakerId: speaker, asks };
    const refused = await trial.calls.refused('POST /api/cases/:caseId/asks', wanted, {
      caseId: trial.caseId,
    });
    expect(refused.code).toBe('conflict');
    expect(await due()).toEqual(before);
    expect((await trial.quote(other.quote)).asks).toEqual([]);
  });

  it('[NAME-1] a certificate names whoever is not to be named nowhere, not even as who answered', async () => {
    const use = newUse();
    const speaker = await trial.speaker('Joan Secret', { naming: 'anonymous' });
    await trial.write('She said: «It is quiet.» So.', use);
    await trial.capture(use, 'It is quiet.', speaker);
    const where = { quoteId: use.quote };
    await trial.calls.call('PATCH /api/quotes/:quoteId', { source: 'Interview with Joan Secret' }, where);
    const { link } = await trial.ask(use, speaker);
    const page = trial.service.browser();
    await page.call('POST /api/links/redeem', { token: link.split('#')[1] ?? '' });
    const [own] = (await page.call('GET /api/contact/quotes')).words;
    const askId = own?.quotes[0]?.askId ?? '';
    await page.call('POST /api/contact/asks/:askId/answer', { kind: 'confirmed', after: null }, { askId });
    const { body } = await trial.calls.send('GET', `/api/quotes/${use.quote}/certificate.html`);
    expect(String(body)).toContain('Confirmed, in these words · The speaker');
    expect(String(body)).not.toContain('Joan');
  });
});
