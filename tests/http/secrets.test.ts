import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createLog } from '../../server/log.ts';
import { type ComposedService, composeService } from '../support/composed.ts';
import { openSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { newId } from '../support/team.ts';

const lines: string[] = [];
let sink: SmtpSink;
let service: ComposedService;
beforeAll(async () => {
  sink = await openSmtpSink();
  const log = createLog({ level: 'debug', json: false, now: () => 0, write: (line) => lines.push(line) });
  service = await composeService({ SMTP_URL: sink.url }, log);
});
afterAll(async () => {
  await service.close();
  await sink.close();
});

describe('secrets', () => {
  it('[WEB-1] [LINK-1] of links, codes, tokens and sessions stand in no log and in no table as they are', async () => {
    const lead = await service.person('Lena Lead');
    const page = await service.signedIn(lead);
    const { studyId, schoolId, case: made } = await service.study(lead);
    const secrets = [...page.cookies.values()].map(
      (value) => decodeURIComponent(value).split('.')[0] as string,
    );
    const { token } = await page.call('POST /api/tokens', { id: newId(), name: 'script' });
    secrets.push(token);
    const { link } = await page.call(
      'POST /api/studies/:studyId/invitations',
      {
        id: newId(),
        email: 'head@school.example',
        role: 'contact',
        caseId: made.id,
        schoolId,
      },
      { studyId },
    );
    const { pathname, search, hash } = new URL(link);
    expect([pathname, search]).toEqual(['/enter', '']);
    const linkToken = hash.slice(1);
    secrets.push(linkToken);
    await service.browser().call('POST /api/links/code', { token: linkToken });
    const digits = /^your code is (\d{6})/m.exec(sink.messages.at(-1) ?? '')?.[1] as string;

    // What goes wrong is logged in some detail: that must not be the secret.
    const program = { authorization: `Bearer ${token}`, origin: undefined };
    await page.send('POST', '/api/links/redeem', { body: `{"token":"${linkToken}",`, headers: {} });
    await page.send('POST', '/api/links/redeem', { body: JSON.stringify({ token: linkToken, code: 'x' }) });
    await page.send('POST', '/api/links/redeem', {
      body: JSON.stringify({ token: linkToken, code: digits }),
    });
    await page.send('POST', '/api/studies', { body: '{}', headers: program });
    await page.send('GET', `/api/studies/${linkToken}`, { headers: program });
    await page.send('GET', `/enter?token=${linkToken}`);
    await new Promise<void>((resolve) => {
      const socket = new WebSocket(`${service.url.replace('http', 'ws')}/collab/block/nothing`, [
        'y-websocket',
        `casebook.token.${token}`,
      ]);
      // The protocol that is answered with never carries the token.
      socket.on('open', () => expect(socket.protocol).toBe('y-websocket'));
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
    });
    await service.parts.refusals.settled();

    const told = lines.join('\n');
    const kept = JSON.stringify(await everything());
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      expect(told).not.toContain(secret);
    }
    // A session's own token is how better-auth finds it; it is worth nothing without the signature.
    for (const secret of secrets.slice(1)) expect(kept).not.toContain(secret);
    expect(told).not.toContain(digits);
    expect(kept).not.toContain(`"${digits}"`);
  });
});

async function everything(): Promise<unknown[]> {
  const { read } = service.parts.records;
  return Promise.all(
    (
      [
        'links',
        'api_tokens',
        'verification',
        'audit',
        'session',
        'user',
        'outbox',
        'letters',
        'meta',
      ] as const
    ).map((table) => read.selectFrom(table).selectAll().execute()),
  );
}
