import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMessage } from '../contracts/mailer.contract.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { openSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { newId, plantTeam, type Team } from '../support/team.ts';
import { PageCalls } from '../support/web.ts';

const HOOK = pathToFileURL(join(import.meta.dirname, '../faults/support/moved-clock.mjs')).href;
const MINUTE = 60_000;

let sink: SmtpSink;
let dataDir: string;
let server: RunningServer | undefined;
beforeEach(async () => {
  sink = await openSmtpSink();
  dataDir = await mkdtemp(join(tmpdir(), 'casebook-letters-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await sink.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** A real process that believes that it is then, on the same folder. */
async function startAt(when: number): Promise<RunningServer> {
  server = await startServer({
    dataDir,
    env: {
      SMTP_URL: sink.url,
      NODE_OPTIONS: `--import=${HOOK}`,
      CLOCK_MOVED_BY: String(when - Date.now()),
    },
  });
  return server;
}

/** A Tuesday, 10:00 in London. */
const TUESDAY = Date.UTC(2031, 0, 14, 10);

async function inviteAt(when: number): Promise<Team> {
  const team = await plantTeam(await startAt(when));
  await team.calls.call(
    'POST /api/studies/:studyId/invitations',
    {
      id: 'inv-1',
      email: 'derek@school.example',
      name: 'Derek Onslow',
      role: 'contact',
      caseId: team.case.id,
      schoolId: team.schoolId,
      letter: { subject: 'About your school', text: 'Hello Derek – it’s us.\n\n[link]\n\nImogen' },
    },
    { studyId: team.studyId },
  );
  return team;
}

/** The lead's calls on a server that was started since; the session is that of the folder. */
function onThis(running: RunningServer, team: Team): PageCalls {
  const calls = new PageCalls(running.url, running.url);
  for (const [name, value] of team.calls.cookies) calls.cookies.set(name, value);
  return calls;
}

async function lettersOf(calls: PageCalls, team: Team) {
  const { letters } = await calls.call('GET /api/studies/:studyId/letters', undefined, {
    studyId: team.studyId,
  });
  return letters.map(({ state, tries }) => ({ state, tries }));
}

/** @returns what is the same of two copies of one mail: all but when it was handed over */
const copy = (raw = ''): string => raw.replace(/^Date: .*\r\n/m, '');

describe('letters from a real server to a real mail server', () => {
  it('[LETTER-1] [LETTER-2] a letter that waits outlives kill -9, and goes once, from its sender', async () => {
    const team = await inviteAt(TUESDAY);
    expect(sink.messages).toEqual([]);
    await server?.kill9();
    const second = await startAt(TUESDAY + 11 * MINUTE);
    await sink.until(1);
    const { headers, text } = readMessage(sink.messages[0] ?? '');
    expect(headers).toMatch(/^from: "?Imogen Farrell via Casebook"? <casebook@127\.0\.0\.1>$/im);
    expect(headers).toMatch(/^reply-to: "?Imogen Farrell"? <imogen@wendale\.example>$/im);
    expect(headers).toMatch(/^to: derek@school\.example$/im);
    expect(headers).toMatch(/^subject: About your school$/im);
    expect(text).toMatch(/^Hello Derek – it’s us\./);
    const link = /^http\S+\/enter#\S{43}$/m.exec(text)?.[0] ?? '';
    const derek = new PageCalls(second.url, second.url);
    const purpose = await derek.call('POST /api/links/inspect', { token: new URL(link).hash.slice(1) });
    expect(purpose).toMatchObject({ kind: 'contact', needsCode: true, name: 'Derek Onslow' });

    // A stop in good order finishes the letter that is being handed over.
    expect(await second.stop()).toMatchObject({ code: 0 });
    const third = await startAt(TUESDAY + 60 * MINUTE);
    expect(await lettersOf(onThis(third, team), team)).toEqual([{ state: 'sent', tries: 0 }]);
    expect(sink.messages).toHaveLength(1);
  });

  it('[LETTER-2] killed while the mail server has it and has not said so, it comes again as the same', async () => {
    const team = await inviteAt(TUESDAY);
    await server?.kill9();
    sink.silent = true;
    await startAt(TUESDAY + 11 * MINUTE);
    await sink.until(1);
    await server?.kill9();
    sink.silent = false;
    // The address is part of the link, and the port of a test's server is another each time.
    const moved = await startAt(TUESDAY + 15 * MINUTE);
    await sink.until(2);
    const [first, second] = sink.messages.map((raw) => copy(raw).replace(/127\.0\.0\.1:\d+/g, 'HOST'));
    expect(second).toBe(first);
    expect(await moved.stop()).toMatchObject({ code: 0 });
    const last = await startAt(TUESDAY + 60 * MINUTE);
    expect(await lettersOf(onThis(last, team), team)).toEqual([{ state: 'sent', tries: 0 }]);
    expect(sink.messages).toHaveLength(2);
  });

  it('[LETTER-1] over a weekend it waits, and it is called back', async () => {
    const saturday = TUESDAY + 4 * 24 * 60 * MINUTE;
    const team = await inviteAt(saturday);
    const key = 'GET /api/studies/:studyId/letters';
    const { letters } = await team.calls.call(key, undefined, { studyId: team.studyId });
    expect(letters[0]).toMatchObject({ dueAt: Date.UTC(2031, 0, 20, 8), waitsFor: 'school-hours' });
    await server?.kill9();
    const sunday = await startAt(saturday + 24 * 60 * MINUTE);
    const letterId = letters[0]?.id ?? '';
    const called = onThis(sunday, team).call('POST /api/letters/:letterId/call-back', {}, { letterId });
    expect(await called).toMatchObject({ state: 'called-back' });
    await sunday.stop();
    const monday = await startAt(Date.UTC(2031, 0, 20, 9));
    await onThis(monday, team).call(
      'POST /api/invitations/:invitationId/letters',
      { id: newId(), subject: 'Then by Monday', text: '[link]', anyHour: true },
      { invitationId: 'inv-1' },
    );
    await monday.kill9();
    await startAt(Date.UTC(2031, 0, 20, 23));
    await sink.until(1);
    expect(readMessage(sink.messages[0] ?? '').headers).toMatch(/^subject: Then by Monday$/im);
  });
});
