import { resolve } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { isSafeIssuer, type OidcSettings, readOidcSettings } from './oidc-settings.ts';

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** Where people reach the service, without a slash at its end. */
  readonly publicUrl: string;
  /** null: mails go to `DATA_DIR/outbox`. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** null: people sign in by mail and passkey alone. */
  readonly oidc: OidcSettings | null;
  readonly logLevel: LogLevel;
}

/** A setting that cannot be; its message is one line for whoever starts the service. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** An empty variable counts as absent, as in most service managers. */
const given = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type);

const url = (...protocols: string[]) =>
  z.string().refine(
    (value) => {
      if (!URL.canParse(value)) return false;
      const parsed = new URL(value);
      return protocols.includes(parsed.protocol) && parsed.hostname !== '';
    },
    `must be an address that starts with ${protocols.map((name) => `${name}//`).join(' or ')}`,
  );

const notYet = (what: string) =>
  given(z.undefined(`${what} is not supported by this version; leave it out`).optional());

const environment = z.object({
  PORT: given(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a number from 1 to 65535')
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535, 'must be a number from 1 to 65535')
      .default(4400),
  ),
  HOST: given(
    z
      .string()
      .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
      .default('127.0.0.1'),
  ),
  DATA_DIR: given(z.string().default('./data')),
  PUBLIC_URL: given(url('http:', 'https:').optional()),
  DATABASE_URL: notYet('PostgreSQL'),
  REDIS_URL: notYet('Redis'),
  SMTP_URL: given(url('smtp:', 'smtps:').optional()),
  MAIL_FROM: given(
    z
      .string()
      .regex(/^(?:[^<>\r\n@]+ <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, 'must be an e-mail address')
      .optional(),
  ),
  OIDC_ISSUER: given(
    z
      .string()
      .refine(isSafeIssuer, 'must be an address that starts with https://, as the provider names it')
      .optional(),
  ),
  OIDC_CLIENT_ID: given(z.string().optional()),
  OIDC_CLIENT_SECRET: given(z.string().optional()),
  OIDC_CLIENT_SECRET_FILE: given(z.string().optional()),
  OIDC_NAME: given(z.string().trim().min(1).max(60, 'must have at most 60 letters').optional()),
  LOG_LEVEL: given(z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info')),
});

/** Addresses that mean all of this machine's: nobody can open a page by them. */
const EVERYWHERE: readonly string[] = ['0.0.0.0', '::'];

/**
 * @param env variables as the process was given them
 * @throws SettingsError naming the first variable that cannot be
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const read = environment.safeParse(env);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new SettingsError(`${String(issue?.path[0] ?? 'settings')}: ${issue?.message ?? 'cannot be read'}`);
  }
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, SMTP_URL, MAIL_FROM, LOG_LEVEL } = read.data;
  if (PUBLIC_URL === undefined && EVERYWHERE.includes(HOST)) {
    throw new SettingsError(`PUBLIC_URL: is needed where HOST is ${HOST}, so that links lead somewhere`);
  }
  const publicUrl = publicAddress(PUBLIC_URL) ?? `http://${typedHost(HOST)}:${PORT}`;
  return {
    port: PORT,
    host: HOST,
    dataDir: resolve(DATA_DIR),
    publicUrl,
    smtpUrl: SMTP_URL ?? null,
    mailFrom: MAIL_FROM ?? `Casebook <casebook@${new URL(publicUrl).hostname}>`,
    oidc: readOidcSettings(read.data, (line) => {
      throw new SettingsError(line);
    }),
    logLevel: LOG_LEVEL,
  };
}

/** How people are to type the host: this machine by its name, since a number can hold no passkey. */
function typedHost(host: string): string {
  if (host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Links and the origin check are made of it, so nothing but the origin may stand there. */
function publicAddress(value: string | undefined): string | null {
  if (value === undefined) return null;
  const parsed = new URL(value);
  if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '') {
    throw new SettingsError(
      'PUBLIC_URL: must be an address without a path, such as https://casebook.example',
    );
  }
  return parsed.origin;
}
