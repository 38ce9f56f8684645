import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OidcSettings } from '../../server/oidc-settings.ts';

/** Somebody with an account at the provider. */
export interface ProviderAccount {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: unknown;
}

/** What the provider does otherwise than it should. */
export interface ProviderTwist {
  /** Put over what an ID token says; undefined takes a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly alg?: 'none' | 'HS256';
  /** Signed by a key that it does not publish. */
  readonly foreignKey?: boolean;
  /** Answers of the token endpoint, such as 503. */
  readonly tokenStatus?: number;
  /** Added to, or put over, what it says of itself. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Told in the address of the return (RFC 9207). */
  readonly iss?: string;
  /** The address is told by the userinfo endpoint alone, as this account. */
  readonly userinfo?: ProviderAccount;
  /** Sent in place of the discovery document. */
  readonly discovery?: string;
}

interface Grant {
  readonly account: ProviderAccount;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const CLIENT_ID = 'casebook';
const CLIENT_SECRET = 'a secret: of+the tests';

// Made once: each takes a quarter of a second.
const KEYS = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const FOREIGN_KEYS = generateKeyPairSync('rsa', { modulusLength: 2_048 });

/** A small OpenID provider of the tests, over real HTTP, that can also do wrong. */
export class OidcProvider {
  readonly #server: Server;
  readonly #grants = new Map<string, Grant>();
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** Who is signed in there. */
  account: ProviderAccount = { sub: 'u-1', email: 'ann@example.org', email_verified: true };
  twist: ProviderTwist = {};

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OidcProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const provider = new OidcProvider(server);
    server.on('request', (request, response) => void provider.#answer(request, response));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get settings(): OidcSettings {
    return { issuer: this.issuer, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, name: 'Wendale' };
  }

  /** As variables of the service's environment. */
  get env(): Readonly<Record<string, string>> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: CLIENT_SECRET,
      OIDC_NAME: 'Wendale',
    };
  }

  /** Goes there as a browser would. @returns where it is sent back to */
  async visit(address: string): Promise<URL> {
    const page = await (await fetch(address)).text();
    const href = /href="([^"]+)"/.exec(page)?.[1];
    if (href === undefined) throw new Error(`the provider sends nobody on: ${page}`);
    return new URL(href.replaceAll('&amp;', '&'));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    this.asked.push(url.pathname);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, this.twist.discovery ?? this.#metadata());
      case '/jwks': {
        const { kty, n, e } = KEYS.publicKey.export({ format: 'jwk' });
        return json(200, { keys: [{ kty, n, e, kid: 'k', alg: 'RS256', use: 'sig' }] });
      }
      case '/authorize':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(this.#page(url.searchParams));
        return;
      case '/token': {
        const { tokenStatus } = this.twist;
        if (tokenStatus !== undefined) return json(tokenStatus, { error: 'server_error' });
        const answer = this.#exchange(request, new URLSearchParams(await bodyOf(request)));
        return json('error' in answer ? 400 : 200, answer);
      }
      case '/userinfo':
        return json(200, this.twist.userinfo ?? this.account);
      default:
        return json(404, {});
    }
  }

  #metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...(this.twist.userinfo && { userinfo_endpoint: `${issuer}/userinfo` }),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      ...this.twist.metadata,
    };
  }

  /** Where somebody who is signed in there is asked whether to go on. */
  #page(asked: URLSearchParams): string {
    const code = randomBytes(16).toString('base64url');
    const redirectUri = asked.get('redirect_uri') ?? '';
    this.#grants.set(code, {
      account: this.account,
      nonce: asked.get('nonce') ?? '',
      challenge: asked.get('code_challenge') ?? '',
      redirectUri,
    });
    const said = new URLSearchParams({ code, state: asked.get('state') ?? '' });
    if (this.twist.iss !== undefined) said.set('iss', this.twist.iss);
    const mark = asked.get('response_mode') === 'fragment' ? '#' : '?';
    const href = `${redirectUri}${mark}${said}`.replaceAll('&', '&amp;');
    return `<!doctype html><title>Wendale</title><a href="${href}">Continue as ${this.account.sub}</a>`;
  }

  #exchange(request: IncomingMessage, sent: URLSearchParams): object {
    const [id, secret] = shownBy(request);
    if (id !== CLIENT_ID || secret !== CLIENT_SECRET) return { error: 'invalid_client' };
    const code = sent.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const verifier = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant?.redirectUri !== sent.get('redirect_uri') || grant?.challenge !== verifier) {
      return { error: 'invalid_grant' };
    }
    return { access_token: 'a', token_type: 'bearer', id_token: this.#idToken(grant) };
  }

  #idToken({ account, nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1_000);
    const { claims, alg = 'RS256', foreignKey, userinfo } = this.twist;
    const told = userinfo ? { sub: account.sub } : account;
    const base = { iss: this.issuer, aud: CLIENT_ID, iat: now, exp: now + 300, nonce };
    const parts = [
      { alg, kid: 'k' },
      { ...base, ...told, ...claims },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const key: KeyObject = foreignKey ? FOREIGN_KEYS.privateKey : KEYS.privateKey;
    const signature = alg === 'RS256' ? sign('sha256', Buffer.from(text), key).toString('base64url') : '';
    return `${text}.${signature}`;
  }
}

/** @returns the client's name and secret as it showed them (RFC 6749, section 2.3.1) */
function shownBy(request: IncomingMessage): readonly string[] {
  const [, pair = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const parts = Buffer.from(pair, 'base64').toString().split(':');
  return parts.map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += part;
  return body;
}
