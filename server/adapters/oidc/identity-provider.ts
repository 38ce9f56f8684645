/**
 * OpenID Connect by `openid-client`, which is certified for it. It is loaded when
 * somebody first signs in this way. Nothing is asked of any network before that.
 */
import type * as OpenidClient from 'openid-client';
import type { OidcSettings } from '../../oidc-settings.ts';
import {
  type IdentityProvider,
  ProviderRefusedError,
  ProviderUnavailableError,
} from '../../ports/identity-provider.ts';
import { boundedFetch } from './bounded-fetch.ts';

/** How long what the provider says of itself is believed, in milliseconds. */
const DISCOVERED_ANEW_AFTER = 60 * 60_000;
/** How far its clock and ours may be apart, in seconds. */
const CLOCK_TOLERANCE = 60;
/** For each answer, in seconds: somebody waits for it at the page. */
const ANSWER_WITHIN = 10;

type Client = typeof OpenidClient;
interface Known {
  readonly client: Client;
  readonly config: OpenidClient.Configuration;
}

/**
 * @param options.returnTo page of ours that the provider sends browsers back to
 * @param options.now milliseconds since 1970
 */
export function oidcIdentityProvider(options: {
  readonly settings: OidcSettings;
  readonly returnTo: string;
  readonly now: () => number;
}): IdentityProvider {
  const { settings, returnTo, now } = options;
  const { name } = settings;
  const issuer = withoutSlash(settings.issuer);
  let known: { readonly at: number; readonly promise: Promise<Known> } | null = null;

  /** Asked once for all who wait; what failed is asked anew by the next. */
  const discovered = (): Promise<Known> => {
    if (known && Math.abs(now() - known.at) < DISCOVERED_ANEW_AFTER) return known.promise;
    const asked = { at: now(), promise: discover(settings) };
    known = asked;
    asked.promise.catch(() => {
      if (known === asked) known = null;
    });
    return asked.promise;
  };

  return {
    name,
    issuer,
    async signInAddress({ state, nonce, verifier }) {
      const { client, config } = await discovered();
      const { response_modes_supported: modes } = config.serverMetadata();
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: returnTo,
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        // Where it can be, the code comes back where no server and no log on the way sees it (WEB-1).
        ...(modes?.includes('fragment') && { response_mode: 'fragment' }),
      });
      return address.href;
    },

    async identify({ state, code, iss }, proof) {
      const { client, config } = await discovered();
      const cameBack = new URL(returnTo);
      cameBack.search = new URLSearchParams({ state, code, ...(iss !== undefined && { iss }) }).toString();
      return judged(async () => {
        const tokens = await client.authorizationCodeGrant(config, cameBack, {
          expectedState: proof.state,
          expectedNonce: proof.nonce,
          pkceCodeVerifier: proof.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new ProviderRefusedError('there is no ID token');
        const said =
          claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
            ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
            : claims;
        const vouched = said.email_verified === true && typeof said.email === 'string';
        return {
          // The client has held the token's own against it; accounts are kept under one spelling.
          issuer,
          subject: claims.sub,
          verifiedEmail: vouched ? String(said.email) : null,
        };
      });
    },
  };
}

/** Some name themselves with a slash at the end, and are written down without, or the other way. */
function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, '');
}

/** @throws ProviderUnavailableError where what it says of itself cannot be had, or is of another */
async function discover(settings: OidcSettings): Promise<Known> {
  const client = await import('openid-client');
  const { issuer, clientId, clientSecret } = settings;
  const [post, basic] = [client.ClientSecretPost(clientSecret), client.ClientSecretBasic(clientSecret)];
  let config: OpenidClient.Configuration;
  try {
    config = await client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: CLOCK_TOLERANCE },
      // What a provider that says nothing takes is the first (OpenID Connect Discovery 1.0, section 3).
      (as, ...sent) => {
        const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
        return (methods.includes('client_secret_basic') ? basic : post)(as, ...sent);
      },
      {
        timeout: ANSWER_WITHIN,
        [client.customFetch]: boundedFetch,
        execute: [
          // Else the signature of what comes from the token endpoint would not be looked at.
          client.enableNonRepudiationChecks,
          ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
        ],
      },
    );
  } catch (error) {
    throw new ProviderUnavailableError(wordsOf(error));
  }
  // Some name themselves by a pattern that stands for many: whoever signs in there is not known here.
  const named = config.serverMetadata().issuer;
  if (withoutSlash(named) !== withoutSlash(issuer)) {
    throw new ProviderUnavailableError('it is another issuer');
  }
  return { client, config };
}

/** Tells what does not hold from a provider that does not answer. */
async function judged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderRefusedError) throw error;
    throw isSilence(error)
      ? new ProviderUnavailableError(wordsOf(error))
      : new ProviderRefusedError(wordsOf(error));
  }
}

/** Names of what a fetch throws by itself, and codes of the client for an answer that is none of the protocol. */
const SILENT: readonly unknown[] = [
  'TypeError',
  'TimeoutError',
  'AbortError',
  'AnswerTooLargeError',
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  // It does not know this Casebook, or not by this secret: nobody at the page can mend that.
  'invalid_client',
  'unauthorized_client',
];

function isSilence(error: unknown): boolean {
  const { name, code, error: answered, cause } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const because = (cause as { name?: unknown } | undefined)?.name;
  return [name, code, answered, because].some((word) => SILENT.includes(word));
}

/** @returns the kind of an error, for the log: none of the words that came with it */
function wordsOf(error: unknown): string {
  const { name, code, error: answered } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return [name, code, answered]
    .filter((word) => typeof word === 'string' && /^\w{1,60}$/.test(word))
    .join(' ');
}
