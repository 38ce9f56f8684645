import type { IncomingMessage } from 'node:http';

/** Who a request comes from, as the server knows it. */
export interface SignedIn {
  readonly personId: string;
  /** The session's or the token's id: what `signed-out` on the bus names. */
  readonly credentialId: string;
  readonly via: 'session' | 'token';
}

export interface Authentication {
  /**
   * Reads the session cookie, `Authorization: Bearer <token>`, or a
   * `casebook.token.<token>` entry of `Sec-WebSocket-Protocol`. A token that is
   * offered and not valid is an answer of its own: the cookie is not tried.
   * @returns null for nobody
   */
  ofRequest(request: IncomingMessage): Promise<SignedIn | null>;
}
