import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectLink } from '../../server/accounts/links.ts';
import { redeemLink } from '../../server/accounts/redemption.ts';
import type { Recipient } from '../../server/letters/letter-addressee.ts';
import { LetterDesk } from '../../server/letters/letter-desk.ts';
import type { Mail } from '../../server/ports/mailer.ts';
import { advanceDesk, DAY, type LettersOnTrial, MINUTE, openLetters, tokenIn } from './letters-on-trial.ts';

let trial: LettersOnTrial;
beforeEach(async () => {
  trial = await openLetters();
});
afterEach(() => trial.world.close());

const ACTOR = { personId: null, way: 'page', tokenId: null, from: '' } as const;
const opens = (token: string) =>
  inspectLink(trial.world.parts, token).then(
    () => true,
    () => false,
  );
const letterOf = async () => {
  const [letter] = (await trial.invitation()).letters;
  if (!letter) throw new Error('no letter');
  return letter;
};
const rows = () => trial.world.parts.records.read.selectFrom('letters').selectAll().orderBy('id').execute();

describe('a letter that the mail server does not take', () => {
  it('[LETTER-2] is tried again, word for word the same, until it is taken', async () => {
    const { mailer } = trial.world.parts;
    await trial.invite();
    const tried: string[] = [];
    const send = mailer.send.bind(mailer);
    mailer.send = (mail) => {
      tried.push(JSON.stringify(mail));
      return send(mail);
    };
    mailer.failure = new Error('no route to host');
    await trial.advance(10 * MINUTE);
    expect(await letterOf()).toMatchObject({ state: 'waiting', tries: 1, waitsFor: 'mail-server' });
    await trial.advance(MINUTE);
    expect(await letterOf()).toMatchObject({ tries: 2 });
    mailer.failure = null;
    await trial.advance(5 * MINUTE);
    expect(await letterOf()).toMatchObject({ state: 'sent' });
    expect(trial.mails).toHaveLength(1);
    expect(tried).toHaveLength(3);
    expect(new Set(tried).size).toBe(1);
    expect(await opens(tokenIn(trial.mails[0]))).toBe(true);
  });

  it('[LETTER-1] [LETTER-2] is tried again in school hours', async () => {
    const { mailer } = trial.world.parts;
    await trial.advance((7 * 60 + 49) * MINUTE);
    await trial.invite();
    mailer.failure = new Error('no route to host');
    await trial.advance(10 * MINUTE);
    expect(await letterOf()).toMatchObject({ tries: 1, dueAt: Date.UTC(2030, 0, 16, 8) });
    mailer.failure = null;
    await trial.advance(15 * 60 * MINUTE);
    expect(trial.mails).toEqual([]);
    await trial.advance(2 * MINUTE);
    expect(trial.mails).toHaveLength(1);
  });

  it('[LETTER-2] is given up in the end, which is said, and can be sent again', async () => {
    const { mailer } = trial.world.parts;
    mailer.failure = new Error('no such mailbox');
    await trial.invite();
    await trial.advance(6 * DAY);
    expect(await letterOf()).toMatchObject({ state: 'failed', tries: 8 });
    expect(await trial.told()).toContain('letter-failed by the server');
    mailer.failure = null;
    expect(await trial.again('letter-2')).toBe('ok');
    await trial.advance(10 * MINUTE);
    expect(trial.mails).toHaveLength(1);
  });

  it('[LETTER-1] called back after it was tried, has a link that works no more', async () => {
    const { mailer } = trial.world.parts;
    let token = '';
    mailer.send = async (mail) => {
      token = tokenIn(mail);
      throw new Error('the line went dead after the last word');
    };
    await trial.invite();
    await trial.advance(10 * MINUTE);
    expect(await opens(token)).toBe(true);
    expect(await trial.callBack((await letterOf()).id)).toBe('ok');
    expect(await opens(token)).toBe(false);
  });

  it('[LETTER-1] ends unsent where its sender left while it was handed over', async () => {
    const { mailer } = trial.world.parts;
    const { ada, ben } = trial.world.people;
    const { studyId, world } = trial;
    const member = { studyId, personId: ben };
    await world.call('PATCH /api/studies/:studyId/members/:personId', ada, member, { role: 'owner' });
    await trial.invite();
    const send = mailer.send.bind(mailer);
    mailer.send = async () => {
      const lead = { studyId, personId: ada };
      await world.call('DELETE /api/studies/:studyId/members/:personId', ben, lead);
      mailer.send = send;
      throw new Error('no route to host');
    };
    await trial.advance(DAY);
    expect(trial.mails).toEqual([]);
    expect((await rows()).map(({ state }) => state)).toEqual(['dropped']);
  });

  it('[LETTER-2] has gone where somebody used its link, whatever the mail server said', async () => {
    const { mailer } = trial.world.parts;
    await trial.invite();
    await trial.advance(10 * MINUTE);
    const use = (token: string, signedInAs: string | null) =>
      redeemLink(trial.world.parts, token, {}, { signedInAs, addressProven: true, actor: ACTOR });
    const { person } = await use(tokenIn(trial.mails[0]), null);
    await ask('ask-1', { personId: person.id, schoolId: trial.schoolId });
    const tried: Mail[] = [];
    mailer.send = async (mail) => {
      tried.push(mail);
      throw new Error('the line went dead after the last word');
    };
    await trial.advance(7 * DAY);
    await use(tokenIn(tried.at(-1)), person.id);
    const times = tried.length;
    await trial.advance(DAY);
    expect(tried).toHaveLength(times);
    expect((await rows()).find(({ id }) => id === 'ask-1')).toMatchObject({ state: 'sent', seed: null });
  });

  it('[LETTER-1] tried again after holidays, has the same link, which works from then on', async () => {
    const { mailer, clock } = trial.world.parts;
    const holidays = [{ from: '2030-01-16', to: '2030-01-25' }];
    await trial.world.call(
      'PUT /api/studies/:studyId/school-hours',
      trial.world.people.ada,
      { studyId: trial.studyId },
      { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Europe/London', holidays },
    );
    await trial.advance((7 * 60 + 49) * MINUTE);
    await trial.invite({ days: 7 });
    const tried: Mail[] = [];
    mailer.send = async (mail) => {
      tried.push(mail);
      if (tried.length === 1) throw new Error('no route to host');
    };
    await trial.advance(13 * DAY);
    expect(tried).toHaveLength(2);
    expect(tokenIn(tried[1])).toBe(tokenIn(tried[0]));
    expect(tried[1]?.text).toContain('It works until 4 February 2030.');
    expect(clock.now()).toBeGreaterThan(Date.UTC(2030, 0, 28, 8));
    expect(await opens(tokenIn(tried[1]))).toBe(true);
  });

  it('[LETTER-1] does not go at the same moment as one that was written after it', async () => {
    const { mailer } = trial.world.parts;
    const holidays = [{ from: '2030-01-16', to: '2030-01-25' }];
    await trial.world.call(
      'PUT /api/studies/:studyId/school-hours',
      trial.world.people.ada,
      { studyId: trial.studyId },
      { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Europe/London', holidays },
    );
    await trial.advance((7 * 60 + 45) * MINUTE);
    await trial.invite();
    await trial.advance(9 * MINUTE);
    // Of two for the same moment, the one whose id comes first is handed over first.
    await ask('-', { invitationId: 'inv-1' });
    mailer.failure = new Error('no route to host');
    await trial.advance(10 * MINUTE);
    mailer.failure = null;
    const monday = Date.UTC(2030, 0, 28, 8);
    expect((await rows()).map((row) => row.next_at)).toEqual([monday, monday]);
    await trial.advance(14 * DAY);
    expect(trial.mails).toHaveLength(1);
    await trial.advance(7 * DAY);
    expect(trial.mails).toHaveLength(2);
  });
});

/** Queues a request for information, as the feature that asks does. */
async function ask(id: string, to: Recipient): Promise<void> {
  const { parts, letters, people } = trial.world;
  const words = { subject: 'Before we visit', text: 'Could you tell us?', days: 14, anyHour: false } as const;
  const place = { studyId: trial.studyId, caseId: trial.caseId, to };
  const by = { ...ACTOR, personId: people.ada };
  await parts.records.transaction((records) =>
    letters.queue(records, { id, kind: 'information-request', ...place, ...words, by }),
  );
  letters.wake();
  await letters.settled();
}

describe('a letter that cannot be made ready', () => {
  it('[LETTER-2] is put off, and goes when what kept it is mended', async () => {
    await trial.invite();
    await trial.invite({ id: 'inv-2', email: 'head@school.example', name: 'Petra' });
    const { read } = trial.world.parts.records;
    await read
      .insertInto('school_hours')
      .values({ study_id: trial.studyId, hours: 'no hours', set_by: 'x', set_at: 1 })
      .execute();
    await trial.advance(10 * MINUTE);
    expect((await rows()).map(({ state, tries }) => [state, tries])).toEqual([
      ['waiting', 1],
      ['waiting', 1],
    ]);
    await read.deleteFrom('school_hours').execute();
    await trial.advance(MINUTE);
    expect(trial.mails).toHaveLength(2);
  });
});

describe('a server that is ended', () => {
  /** As the next start does: a new desk on what is kept. */
  const restart = async () => {
    await trial.world.letters.stop();
    const desk = new LetterDesk(trial.world.parts, 'a secret of these tests');
    desk.wake();
    await desk.settled();
    return desk;
  };

  it('[LETTER-2] while a letter waits, sends it when it is due', async () => {
    await trial.invite();
    const desk = await restart();
    await advanceDesk(trial.world, desk, 10 * MINUTE);
    expect(trial.mails).toHaveLength(1);
    await desk.stop();
  });

  it('[LETTER-2] while it hands a letter over, hands over the same again', async () => {
    const { mailer } = trial.world.parts;
    await trial.invite();
    await trial.advance(9 * MINUTE);
    const taken: string[] = [];
    let dies = true;
    mailer.send = async (mail) => {
      taken.push(JSON.stringify(mail));
      // The mail server took it; the process never came to say so.
      if (dies) await new Promise(() => {});
    };
    trial.world.parts.clock.advance(MINUTE);
    while (taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await rows()).map((row) => row.state)).toEqual(['sending']);
    expect(await trial.callBack((await letterOf()).id)).toBe('conflict');
    dies = false;
    const desk = new LetterDesk(trial.world.parts, 'a secret of these tests');
    trial.world.parts.clock.advance(5 * MINUTE);
    desk.wake();
    await desk.settled();
    expect(taken).toHaveLength(2);
    expect(taken[1]).toBe(taken[0]);
    expect((await rows()).map((row) => row.state)).toEqual(['sent']);
    await desk.stop();
    // The first desk waits for ever for its mail server.
    trial.world.letters.stop = async () => {};
  });

  it('[LETTER-1] [LINK-1] while it hands one over in the evening: called back, its link works no more', async () => {
    const { mailer, clock } = trial.world.parts;
    await trial.advance((7 * 60 + 45) * MINUTE);
    await trial.invite();
    await trial.advance(9 * MINUTE);
    const taken: Mail[] = [];
    mailer.send = async (mail) => {
      taken.push(mail);
      await new Promise(() => {});
    };
    clock.advance(MINUTE);
    while (taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(60 * MINUTE);
    const desk = new LetterDesk(trial.world.parts, 'a secret of these tests');
    desk.wake();
    await desk.settled();
    const letter = await letterOf();
    expect(letter).toMatchObject({ state: 'waiting', waitsFor: 'school-hours' });
    expect(await opens(tokenIn(taken[0]))).toBe(true);
    expect(await trial.callBack(letter.id)).toBe('ok');
    expect(await opens(tokenIn(taken[0]))).toBe(false);
    await desk.stop();
    // The first desk waits for ever for its mail server.
    trial.world.letters.stop = async () => {};
  });

  it('[LETTER-1] over night, sends in the morning what it missed', async () => {
    await trial.invite();
    await trial.world.letters.stop();
    trial.world.parts.clock.advance(10 * 60 * MINUTE);
    const desk = await restart();
    expect(trial.mails).toEqual([]);
    expect(await letterOf()).toMatchObject({ dueAt: Date.UTC(2030, 0, 16, 8), waitsFor: 'school-hours' });
    await desk.stop();
  });
});

describe('a stop', () => {
  it('[STOP-1] waits for a mail server that has the letter, but not for ever', async () => {
    const { mailer, clock } = trial.world.parts;
    await trial.invite();
    await trial.advance(9 * MINUTE);
    let asked = (): void => {};
    const handedOver = new Promise<void>((resolve) => {
      asked = resolve;
    });
    mailer.send = () => {
      asked();
      return new Promise(() => {});
    };
    clock.advance(MINUTE);
    await handedOver;
    let stopped = false;
    const stop = trial.world.letters.stop().then(() => {
      stopped = true;
    });
    clock.advance(9_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    clock.advance(1);
    await stop;
    trial.world.letters.stop = async () => {};
  });
});

describe('where no mail goes out', () => {
  beforeEach(async () => {
    await trial.world.close();
    trial = await openLetters({ smtpUrl: null });
  });

  it('[LINK-1] the link is told once, and the letter lies in the outbox to be passed on', async () => {
    const { link, mailed, invitation } = await trial.invite();
    await trial.world.letters.settled();
    expect(mailed).toBe(false);
    expect(invitation.letters).toMatchObject([{ state: 'by-hand' }]);
    expect(trial.mails).toHaveLength(1);
    expect(trial.mails[0]?.text).toContain(`\n${link}\n`);
    expect(await opens(link.split('#')[1] as string)).toBe(true);
    expect((await trial.invite()).link).toBe('');
    expect(await trial.callBack(invitation.letters[0]?.id as string)).toBe('conflict');
  });

  it('sent again, has a new link at once', async () => {
    const first = await trial.invite();
    const again = await trial.world.call(
      'POST /api/invitations/:invitationId/letters',
      trial.world.people.ada,
      { invitationId: 'inv-1' },
      { id: 'letter-2', subject: 'Once more', text: '[link]' },
    );
    expect(await opens(first.link.split('#')[1] as string)).toBe(false);
    expect(await opens(again.link.split('#')[1] as string)).toBe(true);
  });

  it('[LETTER-1] lies in the outbox to be passed on, where mail was switched off while it waited', async () => {
    await trial.world.close();
    trial = await openLetters();
    await trial.invite();
    Object.assign(trial.world.parts.settings, { smtpUrl: null });
    await trial.advance(10 * MINUTE);
    expect(await letterOf()).toMatchObject({ state: 'by-hand' });
    expect(await opens(tokenIn(trial.mails[0]))).toBe(true);
    expect(await trial.told()).not.toContain('letter-sent by the server');
  });
});
