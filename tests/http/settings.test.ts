import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../server/log.ts';
import { readSettings, SettingsError } from '../../server/settings.ts';

const OIDC = {
  OIDC_ISSUER: 'https://id.example/realm',
  OIDC_CLIENT_ID: 'casebook',
  OIDC_CLIENT_SECRET: 'secret',
  OIDC_NAME: 'Wendale',
};

describe('settings', () => {
  it('[OIDC-1] name another service to sign in through, or none', () => {
    expect(readSettings({}).oidc).toBeNull();
    expect(readSettings({ OIDC_ISSUER: '', OIDC_NAME: '' }).oidc).toBeNull();
    const named = { issuer: 'https://id.example/realm', clientId: 'casebook', name: 'Wendale' };
    expect(readSettings(OIDC).oidc).toEqual({ ...named, clientSecret: 'secret' });
    const folder = mkdtempSync(join(tmpdir(), 'casebook-settings-'));
    const file = join(folder, 'secret');
    writeFileSync(file, 'of a file\n');
    const { OIDC_CLIENT_SECRET: _, ...others } = OIDC;
    const { oidc } = readSettings({ ...others, OIDC_CLIENT_SECRET_FILE: file });
    expect(oidc).toEqual({ ...named, clientSecret: 'of a file' });
    rmSync(folder, { recursive: true });
  });

  it('have an answer for everything', () => {
    expect(readSettings({})).toMatchObject({
      port: 4400,
      host: '127.0.0.1',
      dataDir: `${process.cwd()}/data`,
      publicUrl: 'http://localhost:4400',
      smtpUrl: null,
      logLevel: 'info',
    });
    expect(readSettings({ PORT: '', SMTP_URL: '', PUBLIC_URL: '' }).port).toBe(4400);
    expect(readSettings({ PUBLIC_URL: 'https://casebook.example/' })).toMatchObject({
      publicUrl: 'https://casebook.example',
      mailFrom: 'Casebook <casebook@casebook.example>',
    });
    expect(readSettings({ HOST: '127.0.0.1', PORT: '81' }).publicUrl).toBe('http://localhost:81');
    expect(readSettings({ HOST: '::1', PORT: '81' }).publicUrl).toBe('http://[::1]:81');
  });

  it.each([
    [{ PORT: 'http' }, 'PORT: must be a number from 1 to 65535'],
    [{ PORT: '0' }, 'PORT: must be a number from 1 to 65535'],
    [{ PORT: '65536' }, 'PORT: must be a number from 1 to 65535'],
    [{ HOST: 'a b' }, 'HOST: must be a host name or an address'],
    [{ HOST: '0.0.0.0' }, 'PUBLIC_URL: is needed where HOST is 0.0.0.0'],
    [{ HOST: '::' }, 'PUBLIC_URL: is needed where HOST is ::'],
    [
      { PUBLIC_URL: 'casebook.example' },
      'PUBLIC_URL: must be an address that starts with http:// or https://',
    ],
    [{ PUBLIC_URL: 'https://a.example/b' }, 'PUBLIC_URL: must be an address without a path'],
    [{ SMTP_URL: 'mail.example:25' }, 'SMTP_URL: must be an address that starts with smtp:// or smtps://'],
    [{ MAIL_FROM: 'nobody' }, 'MAIL_FROM: must be an e-mail address'],
    [{ MAIL_FROM: 'a@b.example\r\nBcc: eve@example.org' }, 'MAIL_FROM: must be an e-mail address'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be one of error, warn, info, debug, silent'],
    [
      { DATABASE_URL: 'postgres://a/b' },
      'DATABASE_URL: PostgreSQL is not supported by this version; leave it out',
    ],
    [{ OIDC_NAME: 'Wendale' }, 'OIDC_ISSUER: is needed where OIDC_NAME is set'],
    [{ OIDC_ISSUER: 'https://id.example' }, 'OIDC_CLIENT_ID: is needed where OIDC_ISSUER is set'],
    [{ ...OIDC, OIDC_NAME: '' }, 'OIDC_NAME: is needed where OIDC_ISSUER is set'],
    [{ ...OIDC, OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET (or OIDC_CLIENT_SECRET_FILE): is needed'],
    [{ ...OIDC, OIDC_CLIENT_SECRET_FILE: '/x' }, 'OIDC_CLIENT_SECRET_FILE: set this or OIDC_CLIENT_SECRET'],
    [
      { ...OIDC, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: '/nowhere/secret' },
      'OIDC_CLIENT_SECRET_FILE: cannot be read',
    ],
    [
      { ...OIDC, OIDC_ISSUER: 'http://id.example' },
      'OIDC_ISSUER: must be an address that starts with https://',
    ],
    [{ ...OIDC, OIDC_ISSUER: 'https://id.example/?a' }, 'OIDC_ISSUER: must be an address'],
    [{ REDIS_URL: 'redis://a' }, 'REDIS_URL: Redis is not supported by this version; leave it out'],
  ])('[INPUT-1] %j stops the start with one line', (env, line) => {
    let message = '';
    try {
      readSettings(env);
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      message = (error as Error).message;
    }
    expect(message).toContain(line);
    expect(message).not.toContain('\n');
  });
});

describe('the log', () => {
  const lines: string[] = [];
  const options = { now: () => Date.UTC(2030, 0, 1), write: (line: string) => void lines.push(line) };

  it('says what is at or above its level, one line per event', () => {
    const log = createLog({ level: 'warn', json: false, ...options });
    log.error('e', { a: 1 });
    log.warn('w');
    log.info('i');
    log.debug('d');
    expect(lines.splice(0)).toEqual([
      '2030-01-01T00:00:00.000Z error e a=1',
      '2030-01-01T00:00:00.000Z warn  w',
    ]);
    createLog({ level: 'silent', json: false, ...options }).error('e');
    expect(lines).toEqual([]);
  });

  it('[INPUT-1] nobody writes a line of their own into it', () => {
    for (const json of [true, false]) {
      createLog({ level: 'info', json, ...options }).info('a\nb', { agent: 'x\r\n2030 error forged\u2028y' });
    }
    expect(lines).toHaveLength(2);
    for (const line of lines.splice(0)) expect(line).not.toMatch(/[\r\n\u2028]/);
  });

  it('tells the cause of an error', () => {
    createLog({ level: 'info', json: true, ...options }).error('broken', {}, new Error('why'));
    expect(JSON.parse(lines.splice(0)[0] as string)).toMatchObject({
      level: 'error',
      message: 'broken',
      cause: expect.stringContaining('why'),
    });
  });
});
