import { readFileSync } from 'node:fs';

/** Another service by which people may sign in. */
export interface OidcSettings {
  /** As its discovery document names itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As the button calls it. */
  readonly name: string;
}

/** What was set, each as it stands in the environment. */
export interface OidcVariables {
  readonly OIDC_ISSUER?: string | undefined;
  readonly OIDC_CLIENT_ID?: string | undefined;
  readonly OIDC_CLIENT_SECRET?: string | undefined;
  readonly OIDC_CLIENT_SECRET_FILE?: string | undefined;
  readonly OIDC_NAME?: string | undefined;
}

/**
 * All of them, or none.
 * @returns null for none
 * @throws by `fault`, for the first that cannot be, with one line
 */
export function readOidcSettings(set: OidcVariables, fault: (line: string) => never): OidcSettings | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_CLIENT_SECRET_FILE, OIDC_NAME } = set;
  const given = Object.entries(set).filter(
    ([name, value]) => name.startsWith('OIDC_') && value !== undefined,
  );
  if (given.length === 0) return null;
  const because = `is needed where ${given[0]?.[0]} is set`;
  if (OIDC_ISSUER === undefined) return fault(`OIDC_ISSUER: ${because}`);
  if (OIDC_CLIENT_ID === undefined) return fault(`OIDC_CLIENT_ID: ${because}`);
  if (OIDC_NAME === undefined) return fault(`OIDC_NAME: ${because}`);
  if (OIDC_CLIENT_SECRET !== undefined && OIDC_CLIENT_SECRET_FILE !== undefined) {
    return fault('OIDC_CLIENT_SECRET_FILE: set this or OIDC_CLIENT_SECRET, not both');
  }
  const clientSecret =
    OIDC_CLIENT_SECRET_FILE === undefined ? OIDC_CLIENT_SECRET : secretOf(OIDC_CLIENT_SECRET_FILE, fault);
  if (clientSecret === undefined) {
    return fault(`OIDC_CLIENT_SECRET (or OIDC_CLIENT_SECRET_FILE): ${because}`);
  }
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret, name: OIDC_NAME };
}

function secretOf(file: string, fault: (line: string) => never): string {
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch {
    return fault('OIDC_CLIENT_SECRET_FILE: cannot be read');
  }
  return secret === '' ? fault('OIDC_CLIENT_SECRET_FILE: is empty') : secret;
}

/** @returns whether what goes there is read by nobody on the way: https, or this machine itself */
export function isSafeIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash, username } = new URL(value);
  const plain = search === '' && hash === '' && username === '';
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return plain && (protocol === 'https:' || (protocol === 'http:' && here));
}
