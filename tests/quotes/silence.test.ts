import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { loadQuote } from '../../server/quotes/quote-store.ts';
import { SilenceDesk } from '../../server/quotes/silence.ts';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { quoteKey } from '../../shared/document/quote-key.ts';
import { withoutTelephone } from '../../shared/quotes/ask-letter.ts';
import { createWorld, setUpStudy, type World } from '../studies/world.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const USE = { quote: 'q1', use: 'u1' };

let world: World;
let silence: SilenceDesk;
let place: Awaited<ReturnType<typeof setUpStudy>>;
beforeEach(async () => {
  // it is Tuesday, 9:00
  world = await createWorld({ smtpUrl: 'smtp://mail.example' });
  silence = new SilenceDesk(world.parts, world.letters);
  place = await setUpStudy(world, 'one');
});
afterEach(async () => {
  await silence.stop();
  await world.close();
});

async function captured(id: string): Promise<void> {
  const { caseId, schoolId, block } = place;
  const { ada } = world.people;
  const use = { quote: id, use: `u-${id}` };
  await world.write(block('1'), ada, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    doc.getXmlFragment(CONTENT).push([paragraph]);
    paragraph.push([text]);
    text.insert(0, `Words of ${id}.`, { [quoteKey(use)]: use });
  });
  if (id === USE.quote) {
    const about = { role: 'Headteacher', age: 'sixteen-or-over' } as const;
    const wanted = { id: 's1', schoolId, name: 'Sam Hale', email: 'sam@school.example', ...about };
    await world.call('POST /api/cases/:caseId/speakers', ada, { caseId }, wanted);
  }
  const words = { how: 'interview', wording: `Words of ${id}.`, checked: true } as const;
  const quote = { id, blockId: block('1'), use: use.use, speakerIds: ['s1'], ...words };
  await world.call('POST /api/cases/:caseId/quotes', ada, { caseId }, quote);
}

async function ask(letter: string, ...quotes: string[]) {
  const { ada } = world.people;
  const asks = quotes.map((id) => ({ id: `a-${id}`, quoteId: id, use: `u-${id}` }));
  const told = await world.call(
    'POST /api/cases/:caseId/asks',
    ada,
    { caseId: place.caseId },
    { id: letter, speakerId: 's1', asks },
  );
  await world.letters.settled();
  return told;
}

/** Moves the clock on, hour by hour, with everything that falls due. */
async function advance(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= HOUR) {
    world.parts.clock.advance(Math.min(left, HOUR));
    silence.wake();
    await silence.settled();
    await world.letters.settled();
    await silence.settled();
  }
}

const kinds = async (id: string) => {
  const whole = await world.call('GET /api/quotes/:quoteId', world.people.ada, { quoteId: id });
  return whole.steps.map(({ event }) => (event.kind === 'reminded' ? `reminded ${event.day}` : event.kind));
};
const subjects = () =>
  world.parts.mailer.sent.filter(({ kind }) => kind !== 'sign-in').map(({ subject }) => subject);

describe('questions that nobody answers', () => {
  it('[QUOTE-5] are called to mind on school days 3, 7 and 12, by one letter for all, and lapse on day 14', async () => {
    await captured('q1');
    await captured('q2');
    const { quotes } = await ask('letter-1', 'q1', 'q2');
    expect(quotes.map(({ word }) => word)).toEqual(['waiting', 'waiting']);
    await advance(DAY);
    expect(subjects()).toEqual(['Please check your words: Study one']);
    expect(world.parts.mailer.sent.at(-1)?.text).toMatch(/\/quotes#/);
    await advance(20 * DAY);
    const steps = ['captured', 'checked', 'sent', 'reminded 3', 'reminded 7', 'reminded 12', 'lapsed'];
    expect(await kinds('q1')).toEqual(steps);
    expect(await kinds('q2')).toEqual(steps);
    expect(subjects().slice(1)).toEqual(Array(3).fill('Still to check: your words in Study one'));
    const { quotes: after } = await world.call('GET /api/cases/:caseId/quotes', world.people.ada, {
      caseId: place.caseId,
    });
    expect(after.map(({ word }) => word)).toEqual(['needs-you', 'needs-you']);
  });

  it('[QUOTE-5] [GUARDIAN-1] are put to a parent once, by a letter that names no words, and lapse on day 14; then no yes is taken', async () => {
    const { ada } = world.people;
    const { caseId } = place;
    await captured('q1');
    const young = { age: 'under-sixteen', email: '' } as const;
    const params = { caseId, speakerId: 's1' };
    await world.call('PATCH /api/cases/:caseId/speakers/:speakerId', ada, params, young);
    const guardian = { name: 'Una Hale', email: 'una@home.example' };
    const asks = [{ id: 'g-1', quoteId: 'q1', use: 'u-q1' }];
    const wanted = { id: 'letter-1', speakerId: 's1', guardian, asks };
    const made = await world.call('POST /api/cases/:caseId/guardian-asks', ada, { caseId }, wanted);
    expect(made).toMatchObject({ refused: [], link: '' });
    const again = await world.call('POST /api/cases/:caseId/guardian-asks', ada, { caseId }, wanted);
    expect(again.quotes[0]?.guardianAsks, 'the same call asks once').toHaveLength(1);
    await world.letters.settled();
    await advance(DAY);
    const [letter] = world.parts.mailer.sent;
    expect(letter).toMatchObject({ to: 'una@home.example', subject: 'May we quote Sam Hale? Study one' });
    expect(letter?.text).toMatch(/\/quotes#/);
    expect(letter?.text).not.toContain('Words of');
    await advance(20 * DAY);
    expect(world.parts.mailer.sent).toHaveLength(1);
    expect(await kinds('q1')).toEqual(['captured', 'checked', 'guardian-asked', 'lapsed']);
    const open = await world.call('GET /api/cases/:caseId/quotes', ada, { caseId });
    expect(open.quotes[0]?.guardianAsks).toMatchObject([{ isOpen: false }]);
    // asked anew, and called back before it goes
    const second = { ...wanted, id: 'letter-2', asks: [{ id: 'g-2', quoteId: 'q1', use: 'u-q1' }] };
    await world.call('POST /api/cases/:caseId/guardian-asks', ada, { caseId }, second);
    await world.call('POST /api/letters/:letterId/call-back', ada, { letterId: 'letter-2' }, {});
    expect((await kinds('q1')).slice(-2)).toEqual(['guardian-asked', 'recalled']);
  });

  it('[QUOTE-5] are called to mind on the days that the study sets; what was sent lapses as it was told', async () => {
    const { ada } = world.people;
    const set = (terms: { reminders: number[]; lapse: number; printOn: string | null }) =>
      world.call('PUT /api/studies/:studyId/quote-terms', ada, { studyId: place.studyId }, terms);
    await captured('q1');
    await captured('q2');
    await ask('letter-1', 'q1');
    await set({ reminders: [5, 2, 5], lapse: 6, printOn: null });
    await ask('letter-2', 'q2');
    await advance(9 * DAY);
    expect(await kinds('q2')).toEqual(['captured', 'checked', 'sent', 'reminded 2', 'reminded 5', 'lapsed']);
    expect(await kinds('q1')).toEqual(['captured', 'checked', 'sent', 'reminded 2', 'reminded 5']);
    await advance(12 * DAY);
    expect((await kinds('q1')).at(-1)).toBe('lapsed');
  });

  it('[QUOTE-5] holidays that are entered meanwhile put a reminder off, and take it away from nobody', async () => {
    const { ada } = world.people;
    await captured('q1');
    await ask('letter-1', 'q1');
    const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Europe/London' } as const;
    const today = new Date(world.parts.clock.now()).toISOString().slice(0, 10);
    const later = new Date(world.parts.clock.now() + 6 * DAY).toISOString().slice(0, 10);
    const set = (holidays: { from: string; to: string }[]) =>
      world.call(
        'PUT /api/studies/:studyId/school-hours',
        ada,
        { studyId: place.studyId },
        { ...hours, days: [...hours.days], holidays },
      );
    await set([{ from: today, to: later }]);
    await advance(11 * DAY);
    expect(await kinds('q1')).toEqual(['captured', 'checked', 'sent', 'reminded 3']);
    await set([]);
    await advance(HOUR);
    expect((await kinds('q1')).at(-1), 'day 7 is over by now').toBe('reminded 7');
  });

  it('the letter tells the sender’s telephone, and until when taking back reaches print', async () => {
    const { ada } = world.people;
    await world.parts.records.read
      .updateTable('people')
      .set({ telephone: '+44 20 7946 0011' })
      .where('user_id', '=', ada)
      .execute();
    const terms = { reminders: [3], lapse: 14, printOn: '2031-03-01' };
    await world.call('PUT /api/studies/:studyId/quote-terms', ada, { studyId: place.studyId }, terms);
    await captured('q1');
    await ask('letter-1', 'q1');
    const { text } = await world.call('GET /api/letters/:letterId', ada, { letterId: 'letter-1' });
    expect(text).toContain('ring me on +44 20 7946 0011');
    expect(text).toContain('Until 1 March 2031 that still reaches what is printed.');
    expect(withoutTelephone(text, '')).not.toContain('7946');
    expect(withoutTelephone(text.replace('ring me on', 'my number is'), '+44 20 7946 0011')).not.toContain(
      '7946',
    );
  });

  it('[QUOTE-5] an answer ends it, and so does the team that takes the question back', async () => {
    await captured('q1');
    await captured('q2');
    await ask('letter-1', 'q1', 'q2');
    await advance(DAY);
    const evidence = { how: 'phone', note: 'On Wednesday.' } as const;
    const [open] = (await loadQuote(world.parts.records.read, 'q1'))?.record.asks ?? [];
    const context = { before: '', between: [], after: '' };
    const seen = { wording: open?.shown.wording ?? '', context };
    const answer = { ask: 'a-q1', use: 'u-q1', speakerId: 's1', kind: 'confirmed', evidence, seen } as const;
    await world.call('POST /api/quotes/:quoteId/answers', world.people.ada, { quoteId: 'q1' }, answer);
    await world.call('POST /api/quotes/:quoteId/asks/:askId/recall', world.people.ada, {
      quoteId: 'q2',
      askId: 'a-q2',
    });
    await advance(25 * DAY);
    expect(await kinds('q1')).toEqual(['captured', 'checked', 'sent', 'confirmed']);
    expect(await kinds('q2')).toEqual(['captured', 'checked', 'sent', 'recalled']);
    expect(subjects()).toHaveLength(1);
  });

  it('[QUOTE-5] nobody is reminded of words that they took back, or that are not used, beside others', async () => {
    const { ada } = world.people;
    for (const id of ['q1', 'q2', 'q3']) await captured(id);
    await ask('letter-1', 'q1', 'q2', 'q3');
    const evidence = { how: 'phone', note: 'On Tuesday.' } as const;
    const back = { speakerId: 's1', from: 'speaker', evidence } as const;
    await world.call('POST /api/quotes/:quoteId/withdraw', ada, { quoteId: 'q2' }, back);
    await world.call('PUT /api/quotes/:quoteId/used', ada, { quoteId: 'q3' }, { used: false });
    await advance(4 * DAY);
    expect(await kinds('q1')).toContain('reminded 3');
    expect(await kinds('q2')).not.toContain('reminded 3');
    expect(await kinds('q3')).not.toContain('reminded 3');
    expect(world.parts.mailer.sent.at(-1)?.text).toContain('one quote of yours');
  });

  it('[LINK-1] nobody is reminded at an address that others turned out to read: it lapses', async () => {
    await captured('q1');
    await ask('letter-1', 'q1');
    await advance(DAY);
    const speaker = { caseId: place.caseId, speakerId: 's1' };
    await world.call('PATCH /api/cases/:caseId/speakers/:speakerId', world.people.ada, speaker, {
      address: 'shared',
    });
    await advance(20 * DAY);
    expect(await kinds('q1')).toEqual(['captured', 'checked', 'sent', 'lapsed']);
    expect(subjects()).toHaveLength(1);
  });

  it('[LETTER-1] a letter that is called back takes its questions back, and goes to nobody', async () => {
    await captured('q1');
    await ask('letter-1', 'q1');
    await world.call('POST /api/letters/:letterId/call-back', world.people.ada, { letterId: 'letter-1' });
    await advance(DAY);
    expect(await kinds('q1')).toEqual(['captured', 'checked', 'sent', 'recalled']);
    expect(subjects()).toEqual([]);
  });

  it('[LETTER-1] a letter that waits is told of as such, and its link works as long as the question', async () => {
    await captured('q1');
    const { ada } = world.people;
    const plan = await world.call('GET /api/cases/:caseId/speakers/:speakerId/when', ada, {
      ...{ caseId: place.caseId, speakerId: 's1' },
    });
    const { quotes } = await ask('letter-1', 'q1');
    const asked = quotes[0]?.asks[0];
    expect(asked?.goesAt).toBe(plan.dueAt);
    expect(asked?.lapsesAt).toBe(plan.lapsesAt);
    await advance((plan.dueAt ?? 0) - world.parts.clock.now() + HOUR);
    const { quotes: gone } = await world.call('GET /api/cases/:caseId/quotes', ada, { caseId: place.caseId });
    expect(gone[0]?.asks[0]?.goesAt).toBe(null);
    const link = await world.parts.records.read.selectFrom('links').selectAll().executeTakeFirstOrThrow();
    expect(link.expires_at).toBeGreaterThanOrEqual(asked?.lapsesAt ?? Number.POSITIVE_INFINITY);
  });

  it('[ACCESS-5] whoever comes in by it finds their own words, and nothing of the sections', async () => {
    await captured('q1');
    await ask('letter-1', 'q1');
    const link = await world.parts.records.read.selectFrom('links').selectAll().executeTakeFirstOrThrow();
    expect(link).toMatchObject({ quotes_alone: 1, email: 'sam@school.example', role: 'contact' });
  });
});
