import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isOverByThen } from '../../client/information/asking-day.ts';
import {
  askableOf,
  askablePeople,
  nextSchool,
  wantedSections,
} from '../../client/information/asking-draft.ts';
import { letterWords, remindedWords, standingChip } from '../../client/information/request-words.ts';
import { linkWords } from '../../client/letters/letter-words.ts';
import { SharingGrid } from '../../client/sharing/sharing-grid.ts';
import type { InformationRequest } from '../../shared/api/information.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import { REQUEST_STATES } from '../../shared/information/request.ts';
import { LETTER_STATES } from '../../shared/letters/letter-state.ts';
import { type AskingWorld, createAskingWorld } from './asking-world.ts';

let here: AskingWorld;
beforeEach(async () => {
  here = await createAskingWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  await here.world.close();
});

async function gridOf(personId: string): Promise<SharingGrid> {
  const { caseId } = here.study;
  const sharing = await here.world.call('GET /api/cases/:caseId/sharing', personId, { caseId });
  return new SharingGrid(sharing, personId);
}

describe('the form that asks', () => {
  it('[ACCESS-5] offers the sections of the school that can be asked, and leaves out what does not apply', async () => {
    const { world, study } = here;
    const { ada } = world.people;
    const offered = async () =>
      askableOf(await gridOf(ada), mentoringAndCoaching, study.schoolId).map(({ section, usual }) => [
        section.sectionId,
        section.schoolId,
        usual,
      ]);
    expect(await offered()).toEqual([
      ['4-facts', study.schoolId, true],
      ['12', study.schoolId, true],
      ['13', study.schoolId, false],
    ]);
    const blockId = study.block('13', study.schoolId);
    const notApplicable = 'Nobody films here.';
    await world.call('PUT /api/blocks/:blockId/status', ada, { blockId }, { notApplicable });
    expect((await offered()).map(([id]) => id)).toEqual(['4-facts', '12']);
    expect(await here.tryAsk(ada, { sections: [{ sectionId: '13' }] }), 'and so does the server').toBe(
      'conflict',
    );
  });

  it('[ASK-1] offers those who speak for the school, and says who has been asked', async () => {
    const { world, study, ask, requests } = here;
    const { ada, eve, host } = world.people;
    const offered = async (schoolId: string) =>
      askablePeople(await gridOf(ada), schoolId, await requests(ada)).map(({ person, asked }) => [
        person.id,
        asked,
      ]);
    expect(await offered(study.schoolId)).toEqual([[eve, false]]);
    expect(await offered('two')).toEqual([[host, false]]);
    const { schools } = await here.detail(ada);
    expect(nextSchool(schools, await requests(ada))).toBe(study.schoolId);
    await ask(ada, {});
    expect(await offered(study.schoolId)).toEqual([[eve, true]]);
    expect(await offered('two')).toEqual([[host, false]]);
    expect(nextSchool(schools, await requests(ada))).toBe('two');
    await here.end('withdraw');
    expect(await offered(study.schoolId)).toEqual([[eve, false]]);
  });

  it('[ACCESS-6] tells the server what was set when its asker looked', async () => {
    const { world, study, tryAsk } = here;
    const { ada, eve } = world.people;
    const blockId = study.block('4-facts', study.schoolId);
    const before = await gridOf(ada);
    await here.share(ada, { blockId, personId: eve, from: null, to: 'read' });
    const after = await gridOf(ada);
    const wanted = (grid: SharingGrid) =>
      wantedSections(
        grid,
        grid.sharing.sections.filter((section) => section.blockId === blockId),
        grid.people.find(({ id }) => id === eve) ?? null,
      );
    expect(wanted(before)).toEqual([{ sectionId: '4-facts', from: null }]);
    expect(wanted(after)).toEqual([{ sectionId: '4-facts', from: 'read' }]);
    expect(await tryAsk(ada, { sections: wanted(before) ?? [] })).toBe('conflict');
    expect(await tryAsk(ada, { sections: wanted(after) ?? [] })).toBe('ok');
  });
});

describe('the words of a request', () => {
  it('[ASK-2] tell its state apart, and that a day has passed only while something is waited for', async () => {
    const { request } = await here.ask(here.world.people.ada, {});
    const said = (today: Date) => {
      vi.useFakeTimers({ now: today, toFake: ['Date'] });
      return REQUEST_STATES.map((state) => standingChip({ ...request, state }).words);
    };
    const before = said(new Date(2030, 0, 29, 10));
    const after = said(new Date(2030, 0, 30, 10));
    expect(new Set(before).size).toBe(REQUEST_STATES.length);
    const changed = REQUEST_STATES.filter((_, at) => before[at] !== after[at]);
    expect(changed).toEqual(['invited', 'open']);
  });

  it('[ASK-2] [ACCESS-6] say truly that what was asked was taken away, which is told before it is', async () => {
    const { world, study, ask, share } = here;
    const { ada, eve } = world.people;
    await ask(ada, { sections: [{ sectionId: '4-facts' }] });
    const facts = study.block('4-facts', study.schoolId);
    const taking = { blockId: facts, personId: eve, from: null, to: 'none' as const };
    const closed = (grid: SharingGrid) =>
      grid.closesAsked([taking]).map(({ person, section }) => `${person.name} ${section.sectionId}`);
    expect(closed(await gridOf(ada))).toEqual(['Eve Contact 4-facts']);
    await share(ada, taking);
    expect(closed(await gridOf(ada)), 'it is taken already').toEqual([]);
    const [request] = await here.requests(ada);
    expect(request && standingChip(request).words).toBe('Cannot fill it in');
    await share(ada, { ...taking, from: 'none', to: null });
    await here.end('close');
    expect(closed(await gridOf(ada)), 'nothing is asked any more').toEqual([]);
  });

  it('say of its letter what became of it', async () => {
    const { request } = await here.ask(here.world.people.ada, {});
    const letter = request.letter as NonNullable<InformationRequest['letter']>;
    const words = LETTER_STATES.map((state) =>
      letterWords({ letter: { ...letter, state }, reminders: state === 'failed' ? 1 : 0 }),
    );
    expect(new Set(words).size).toBe(LETTER_STATES.length);
    expect(words.at(-1)).toBe('The reminder could not be sent: no mail server took it.');
    const waits = letterWords({ letter: { ...letter, state: 'waiting', waitsFor: 'week' }, reminders: 0 });
    expect(waits).toMatch(/, a week after the last one\.$/);
    expect(letterWords({ letter: null, reminders: 0 })).toBeNull();
  });
});

describe('that somebody was reminded', () => {
  it('[ASK-3] is said with the day of a letter that went, and not of one that did not', async () => {
    const request = await here.ask(here.world.people.ada, {}).then((reply) => reply.request);
    const words = (reminders: number, state: 'sent' | 'called-back') =>
      remindedWords({
        reminders,
        remindedAt: reminders === 0 ? null : Date.UTC(2020, 4, 3, 12),
        letter: request.letter && { ...request.letter, state },
      });
    expect([words(0, 'sent'), words(1, 'called-back')]).toEqual(['', '']);
    expect(words(1, 'sent')).toMatch(/^; reminded on 3 May/);
    expect(words(2, 'called-back')).toBe('; reminded before');
  });
});

describe('the day in a letter that reminds', () => {
  it('is over by the day on which that goes, not by the one on which it was written', () => {
    vi.useFakeTimers({ now: new Date(2030, 0, 12, 15), toFake: ['Date'] });
    const goes = (dueDay: string | null) => ({ dueAt: null, dueDay, waitsFor: 'school-hours' }) as const;
    expect([
      isOverByThen('2030-01-13', goes('2030-01-14')),
      isOverByThen('2030-01-14', goes('2030-01-14')),
    ]).toEqual([true, false]);
    // Passed on by hand, or not known yet.
    for (const plan of [goes(null), null]) {
      expect([isOverByThen('2030-01-11', plan), isOverByThen('2030-01-12', plan)]).toEqual([true, false]);
    }
  });
});

describe('the link of a letter that is read again', () => {
  it('[LETTER-1] is said to stand where it stands, also where its place was taken out', () => {
    expect(linkWords({ state: 'sent', days: 14, text: 'Hello\n[link]' })).toMatch(/where it says \[link\]/);
    expect(linkWords({ state: 'sent', days: 14, text: 'Hello' })).toMatch(
      /good for 14 days, stands at the end/,
    );
    expect(linkWords({ state: 'waiting', days: 7, text: 'Hello' })).toMatch(/is made when it goes/);
    expect(linkWords({ state: 'dropped', days: 7, text: 'Hello' })).toMatch(/^It was not sent/);
  });
});
