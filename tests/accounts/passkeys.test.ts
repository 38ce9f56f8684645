import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHALLENGE_LIFETIME } from '../../server/accounts/passkey-challenges.ts';
import type { Passkey, PasskeyQuestion } from '../../shared/api/passkeys.ts';
import type { Person } from '../../shared/api/people.ts';
import { Authenticator, type Twist } from '../support/authenticator.ts';
import { newId } from '../support/team.ts';
import type { PageCalls } from '../support/web.ts';
import { type AccountsOnTrial, openAccounts } from './accounts-on-trial.ts';

const ORIGIN = 'http://localhost:4400';

let trial: AccountsOnTrial;
let ann: Person;
let page: PageCalls;
beforeEach(async () => {
  trial = await openAccounts();
  ann = await trial.person('Ann Ames', 'ann@example.org');
  page = await trial.signedIn(ann);
});
afterEach(() => trial.close());

async function add(at: PageCalls, device: Authenticator, name = 'Laptop'): Promise<Passkey> {
  const made = device.make(await at.call('POST /api/passkeys/begin', {}));
  return at.call('POST /api/passkeys', { id: newId(), name, made });
}
async function ask(at: PageCalls): Promise<PasskeyQuestion> {
  const { question } = await at.call('POST /api/session/passkey/begin', {});
  if (!question) throw new Error('no passkey is offered');
  return question;
}
async function records(): Promise<{ kind: string; detail: string }[]> {
  await trial.parts.refusals.settled();
  return trial.parts.records.read.selectFrom('audit').select(['kind', 'detail']).orderBy('seq').execute();
}

describe('a passkey of one’s own', () => {
  it('[PASSKEY-1] is added, signs in elsewhere, and is told of with its uses', async () => {
    const device = new Authenticator(ORIGIN);
    const added = await add(page, device);
    expect(added).toMatchObject({ name: 'Laptop', lastUsedAt: null, elsewhere: false, current: true });
    trial.parts.clock.advance(60_000);
    const phone = trial.web.browser();
    const { person } = await phone.call('POST /api/session/passkey', device.use(await ask(phone)));
    expect(person).toEqual(ann);
    expect((await phone.call('GET /api/session')).person).toEqual(ann);
    const { passkeys } = await phone.call('GET /api/passkeys');
    expect(passkeys).toMatchObject([
      { id: added.id, lastUsedAt: trial.parts.clock.now(), createdAt: added.createdAt, current: true },
    ]);
    const { devices } = await phone.call('GET /api/devices');
    expect(devices.find(({ current }) => current)?.passkey).toBe(true);
    expect(await records()).toEqual([
      { kind: 'passkey-added', detail: '{}' },
      { kind: 'signed-in', detail: '{"by":"passkey"}' },
    ]);
  });

  it('[PASSKEY-1] asks for the device’s own lock, and for nothing about its maker', async () => {
    const order = await page.call('POST /api/passkeys/begin', {});
    expect(order).toMatchObject({
      rp: { id: 'localhost', name: 'Casebook' },
      user: { name: 'ann@example.org', displayName: 'Ann Ames' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    expect(await ask(trial.web.browser())).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    // Some devices tell of their maker all the same: that is not looked at, and not kept.
    const device = new Authenticator(ORIGIN);
    const made = device.make(order, { attestation: 'packed' });
    await page.call('POST /api/passkeys', { id: newId(), name: 'Key', made });
    const phone = trial.web.browser();
    await phone.call('POST /api/session/passkey', device.use(await ask(phone)));
  });

  it('tells its person by mail that it was added', async () => {
    await add(page, new Authenticator(ORIGIN), 'Windows laptop');
    await trial.settled();
    const mail = trial.parts.mailer.sent.at(-1);
    expect(mail).toMatchObject({ to: 'ann@example.org', studyId: null });
    expect(mail?.text).toContain('“Windows laptop”');
    expect(mail?.text).toContain(`${ORIGIN}/account`);
  });

  it('may be renamed, and the same one is not added twice', async () => {
    const device = new Authenticator(ORIGIN);
    const { id } = await add(page, device);
    const passkeyId = { passkeyId: id };
    const renamed = await page.call('PATCH /api/passkeys/:passkeyId', { name: ' My phone ' }, passkeyId);
    expect(renamed).toMatchObject({ id, name: 'My phone' });
    const order = await page.call('POST /api/passkeys/begin', {});
    expect(order.excludeCredentials).toHaveLength(1);
    expect((await page.refused('PATCH /api/passkeys/:passkeyId', { name: ' ' }, passkeyId)).code).toBe(
      'bad-request',
    );
  });

  it('[PASSKEY-1] is taken away: it signs nobody in, and what it began counts as begun without one', async () => {
    const device = new Authenticator(ORIGIN);
    const { id } = await add(page, device);
    const phone = trial.web.browser();
    await phone.call('POST /api/session/passkey', device.use(await ask(phone)));
    await page.call('DELETE /api/passkeys/:passkeyId', undefined, { passkeyId: id });
    expect((await page.call('GET /api/passkeys')).passkeys).toEqual([]);
    const { devices } = await phone.call('GET /api/devices');
    expect(devices.map(({ passkey }) => passkey)).toEqual([false, false]);
    const other = trial.web.browser();
    const refused = await other.refused('POST /api/session/passkey', device.use(await ask(other)));
    expect(refused.code).toBe('passkey-not-usable');
    expect((await records()).map(({ kind }) => kind)).toEqual([
      'passkey-added',
      'signed-in',
      'passkey-removed',
    ]);
  });

  it('[PASSKEY-1] somebody else’s is not there for me', async () => {
    const { id } = await add(page, new Authenticator(ORIGIN));
    const eve = await trial.signedIn(await trial.person('Eve', 'eve@example.org'));
    const passkeyId = { passkeyId: id };
    expect((await eve.call('GET /api/passkeys')).passkeys).toEqual([]);
    expect((await eve.refused('PATCH /api/passkeys/:passkeyId', { name: 'x' }, passkeyId)).code).toBe(
      'not-found',
    );
    expect((await eve.refused('DELETE /api/passkeys/:passkeyId', undefined, passkeyId)).code).toBe(
      'not-found',
    );
    expect((await page.call('GET /api/passkeys')).passkeys).toMatchObject([{ id, name: 'Laptop' }]);
  });

  it('[PASSKEY-1] is added only where the address is known to be the person’s: whoever invited them has their link', async () => {
    await trial.parts.records.read.updateTable('user').set({ emailVerified: 0 }).execute();
    expect((await page.call('GET /api/passkeys')).addressProven).toBe(false);
    expect((await page.refused('POST /api/passkeys/begin', {})).code).toBe('conflict');
    await page.call('POST /api/session/request', { email: ann.email });
    await trial.settled();
    const code = /your code is (\d{6})/.exec(trial.parts.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';
    await page.call('POST /api/session/code', { email: ann.email, code });
    expect((await page.call('GET /api/passkeys')).addressProven).toBe(true);
    await add(page, new Authenticator(ORIGIN));
  });
});

describe('a challenge', () => {
  it('[PASSKEY-1] is answered once', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const phone = trial.web.browser();
    const use = device.use(await ask(phone));
    await phone.call('POST /api/session/passkey', use);
    expect((await trial.web.browser().refused('POST /api/session/passkey', use)).code).toBe(
      'passkey-not-usable',
    );
  });

  it('[PASSKEY-1] of the same answer at the same moment lets one in', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const use = device.use(await ask(page));
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => trial.web.browser().ask('POST /api/session/passkey', use)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('[PASSKEY-1] is spent by a wrong answer, too', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const question = await ask(page);
    const phone = trial.web.browser();
    await phone.refused(
      'POST /api/session/passkey',
      device.use(question, { origin: 'https://evil.example' }),
    );
    await phone.refused('POST /api/session/passkey', device.use(question));
  });

  it('[PASSKEY-1] runs out after five minutes', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const late = await ask(page);
    trial.parts.clock.advance(CHALLENGE_LIFETIME);
    const phone = trial.web.browser();
    await phone.refused('POST /api/session/passkey', device.use(late));
    const inTime = await ask(page);
    trial.parts.clock.advance(CHALLENGE_LIFETIME - 1);
    await phone.call('POST /api/session/passkey', device.use(inTime));
    // What nobody answered is of no use to anybody.
    await ask(page);
    await ask(page);
    trial.parts.clock.advance(CHALLENGE_LIFETIME);
    await ask(page);
    const left = await trial.parts.records.read.selectFrom('passkey_challenges').selectAll().execute();
    expect(left).toHaveLength(1);
  });

  it('[PASSKEY-1] is good for its purpose alone, and one to add for the session that asked', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const toAdd = await page.call('POST /api/passkeys/begin', {});
    const asked = { ...(await ask(page)), challenge: toAdd.challenge };
    await trial.web.browser().refused('POST /api/session/passkey', device.use(asked));
    const again = await page.call('POST /api/passkeys/begin', {});
    const toSignIn = { ...again, challenge: (await ask(page)).challenge };
    const body = (order: typeof again) => ({ id: newId(), name: 'x', made: device.make(order) });
    expect((await page.refused('POST /api/passkeys', body(toSignIn))).code).toBe('passkey-not-usable');
    const elsewhere = await trial.signedIn(ann);
    expect((await elsewhere.refused('POST /api/passkeys', body(again))).code).toBe('passkey-not-usable');
  });

  it('[PASSKEY-1] stands in the database as a hash alone', async () => {
    const { challenge } = await ask(page);
    const rows = await trial.parts.records.read.selectFrom('passkey_challenges').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(challenge);
  });
});

describe('an answer that does not hold', () => {
  const WRONG: readonly (readonly [string, Twist])[] = [
    ['another page’s origin', { origin: 'https://casebook.example' }],
    ['this machine under its number', { origin: 'http://127.0.0.1:4400' }],
    ['another service’s name', { rpId: 'evil.example' }],
    ['a challenge of its own', { challenge: Buffer.alloc(32, 1).toString('base64url') }],
    ['no fingerprint, face or screen lock', { unverified: true }],
    ['a frame of another page', { crossOrigin: true }],
    ['somebody else’s name on it', { userHandle: Buffer.from('eve').toString('base64url') }],
    ['no name on it', { userHandle: null }],
    ['what was signed for something else', { type: 'webauthn.create' }],
  ];

  it.each(WRONG)('[PASSKEY-1] [WEB-1] signs nobody in: %s', async (_what, twist) => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const phone = trial.web.browser();
    const refused = await phone.refused('POST /api/session/passkey', device.use(await ask(phone), twist));
    // The same answer as for a passkey that nobody knows.
    const unknown = new Authenticator(ORIGIN);
    unknown.make(await page.call('POST /api/passkeys/begin', {}));
    expect(await phone.refused('POST /api/session/passkey', unknown.use(await ask(phone)))).toEqual(refused);
    expect(refused.code).toBe('passkey-not-usable');
    expect((await phone.call('GET /api/session')).person).toBeNull();
    expect((await records()).map(({ kind }) => kind)).toEqual(['passkey-added', 'passkey-refused']);
  });

  it.each(WRONG.filter(([, twist]) => twist.userHandle === undefined && twist.type === undefined))(
    '[PASSKEY-1] adds nothing: %s',
    async (_what, twist) => {
      const made = new Authenticator(ORIGIN).make(await page.call('POST /api/passkeys/begin', {}), twist);
      const refused = await page.refused('POST /api/passkeys', { id: newId(), name: 'x', made });
      expect(refused.code).toBe('passkey-not-usable');
      expect((await page.call('GET /api/passkeys')).passkeys).toEqual([]);
    },
  );

  it('[PASSKEY-1] by one bit of its signature, or of what it signed, signs nobody in', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const phone = trial.web.browser();
    const turned = (part: string, at: number) => {
      const bytes = Buffer.from(part, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      return bytes.toString('base64url');
    };
    for (const part of ['signature', 'authenticatorData'] as const) {
      const use = device.use(await ask(phone));
      const response = { ...use.response, [part]: turned(use.response[part], 36) };
      await phone.refused('POST /api/session/passkey', { ...use, response });
    }
    expect((await phone.call('GET /api/session')).person).toBeNull();
  });

  it('[PASSKEY-1] with another person’s passkey behind one’s own name signs nobody in', async () => {
    const [mine, theirs] = [new Authenticator(ORIGIN), new Authenticator(ORIGIN)];
    await add(page, mine);
    const eve = await trial.signedIn(await trial.person('Eve', 'eve@example.org'));
    await add(eve, theirs);
    const phone = trial.web.browser();
    const question = await ask(phone);
    const forged = theirs.use(question);
    const { id, rawId, response } = mine.use(question);
    const { userHandle } = response;
    await phone.refused('POST /api/session/passkey', {
      ...forged,
      id,
      rawId,
      response: { ...forged.response, userHandle },
    });
    expect((await phone.call('GET /api/session')).person).toBeNull();
  });

  it('[PASSKEY-1] with a counter that did not rise may be a copy’s, and signs nobody in', async () => {
    const device = new Authenticator(ORIGIN, 10);
    await add(page, device);
    const phone = trial.web.browser();
    await phone.call('POST /api/session/passkey', device.use(await ask(phone)));
    for (const counter of [11, 3, 0]) {
      const use = device.use(await ask(phone), { counter });
      expect((await phone.refused('POST /api/session/passkey', use)).code).toBe('passkey-not-usable');
    }
    await phone.call('POST /api/session/passkey', device.use(await ask(phone)));
  });

  it('[INPUT-1] bytes that are none are refused at the edge, and garbage like any other failure', async () => {
    const device = new Authenticator(ORIGIN);
    await add(page, device);
    const phone = trial.web.browser();
    const use = device.use(await ask(phone));
    const wrong = { ...use, response: { ...use.response, signature: 'not base64!' } };
    expect((await phone.refused('POST /api/session/passkey', wrong)).code).toBe('bad-request');
    for (const clientDataJSON of ['AAAA', Buffer.from('[]').toString('base64url')]) {
      const garbage = { ...use, response: { ...use.response, clientDataJSON } };
      expect((await phone.refused('POST /api/session/passkey', garbage)).code).toBe('passkey-not-usable');
    }
    const nested = Buffer.alloc(32_000, 0x81).toString('base64url');
    const endless = Buffer.from('bbffffffffffffffff', 'hex').toString('base64url');
    const long = Buffer.from('a168617574684461746141', 'hex').toString('base64url');
    for (const attestationObject of ['AAAA', 'oA', nested, endless, long]) {
      const made = device.make(await page.call('POST /api/passkeys/begin', {}));
      const garbage = { ...made, response: { ...made.response, attestationObject } };
      const body = { id: newId(), name: 'x', made: garbage };
      expect((await page.refused('POST /api/passkeys', body)).code).toBe('passkey-not-usable');
    }
  });

  it('[WEB-1] failures of a network are limited', async () => {
    const unknown = new Authenticator(ORIGIN);
    unknown.make(await page.call('POST /api/passkeys/begin', {}));
    const phone = trial.web.browser();
    const use = unknown.use(await ask(phone));
    for (let time = 0; time < 600; time += 1) await phone.refused('POST /api/session/passkey', use);
    const refused = await phone.refused('POST /api/session/passkey', use);
    expect(refused.code).toBe('too-many');
  });
});

describe('where passkeys cannot be used', () => {
  it.each([
    ['http://10.0.0.7:4400', 'numbers'],
    ['https://[2001:db8::1]', 'numbers'],
    ['http://casebook.example', 'not-https'],
  ] as const)('at %s says why, and makes none', async (publicUrl, why) => {
    const other = await openAccounts({ publicUrl });
    const bea = await other.signedIn(await other.person('Bea', 'bea@example.org'));
    const offer = { origin: null, why };
    expect(await bea.call('POST /api/session/passkey/begin', {})).toEqual({ ...offer, question: null });
    expect(await bea.call('GET /api/passkeys')).toMatchObject({ ...offer, passkeys: [] });
    expect((await bea.refused('POST /api/passkeys/begin', {})).code).toBe('conflict');
    await other.close();
  });

  it('at another address, one that was made before is told of as such', async () => {
    await add(page, new Authenticator(ORIGIN));
    await trial.parts.records.read.updateTable('passkeys').set({ rp_id: 'old.example' }).execute();
    expect((await page.call('GET /api/passkeys')).passkeys).toMatchObject([{ elsewhere: true }]);
  });
});
