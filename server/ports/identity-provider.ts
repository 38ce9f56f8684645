/** What binds a sign-in at another service to the browser that began it. Each is a secret of its own. */
export interface SignInProof {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636): 43 to 128 letters. */
  readonly verifier: string;
}

/** What the browser brought back. */
export interface ProviderReturn {
  readonly state: string;
  readonly code: string;
  /** Of RFC 9207; absent where the service sends none. */
  readonly iss?: string | undefined;
}

/** Whom the service says that it is. */
export interface ProviderIdentity {
  readonly issuer: string;
  /** Theirs for good at this issuer. */
  readonly subject: string;
  /** As the service wrote it; null where it does not vouch for one. */
  readonly verifiedEmail: string | null;
}

/** Another service that says who somebody is (OpenID Connect). */
export interface IdentityProvider {
  /** As the button calls it. */
  readonly name: string;
  readonly issuer: string;
  /**
   * @returns where the browser is to go
   * @throws ProviderUnavailableError
   */
  signInAddress(proof: SignInProof): Promise<string>;
  /**
   * Exchanges what came back; of a code that came back twice, at most one exchange succeeds.
   * @throws ProviderRefusedError where anything does not hold, ProviderUnavailableError
   */
  identify(returned: ProviderReturn, proof: SignInProof): Promise<ProviderIdentity>;
}

/** What was brought back does not hold; the message is for the log, and has nothing of what was sent. */
export class ProviderRefusedError extends Error {
  override readonly name = 'ProviderRefusedError';
}

/** The service does not answer, or not as one of its kind does. */
export class ProviderUnavailableError extends Error {
  override readonly name = 'ProviderUnavailableError';
}
