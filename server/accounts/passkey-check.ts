/**
 * What a device signed, held against what it was asked. The cryptography is
 * SimpleWebAuthn's, loaded when it is first needed: it costs a start a third of a
 * second, and 30 MB.
 */
import type { NewPasskey, PasskeyUse } from '../../shared/api/passkeys.ts';

/** Where answers have to come from. */
export interface ExpectedPlace {
  readonly rpId: string;
  readonly origin: string;
}

/** Signatures that are taken: EdDSA, ES256 and RS256, which all platforms between them have (COSE numbers). */
export const ALGORITHMS: readonly number[] = [-8, -7, -257];

/** The answer does not hold; the message is for the log, and never has more than what was sent. */
export class PasskeyCheckError extends Error {
  override readonly name = 'PasskeyCheckError';
}

export interface CheckedPasskey {
  /** base64url */
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  /** Of a kind that devices of a person share. */
  readonly synced: boolean;
}

/** @returns the challenge that the answer says it signed; null where it says nothing that can be read */
export function challengeOf(clientDataJSON: string): string | null {
  return readClientData(clientDataJSON)?.challenge ?? null;
}

/**
 * @param challenge that was spent for this answer
 * @throws PasskeyCheckError where anything does not hold
 */
export async function checkNewPasskey(
  made: NewPasskey,
  challenge: string,
  place: ExpectedPlace,
): Promise<CheckedPasskey> {
  refuseFrames(made.response.clientDataJSON);
  const { clientDataJSON, attestationObject } = made.response;
  return checked(async () => {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...made,
        response: { clientDataJSON, attestationObject: await unattested(attestationObject) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    });
    if (!verified) throw new PasskeyCheckError('the new passkey could not be verified');
    const { credential, credentialDeviceType } = registrationInfo;
    if (credential.id !== made.id) throw new PasskeyCheckError('it is not the passkey that it says it is');
    return {
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      synced: credentialDeviceType === 'multiDevice',
    };
  });
}

/**
 * @param kept of the passkey, from when it was made or last used
 * @returns the counter of signatures, which never stays or falls once it has begun to count
 * @throws PasskeyCheckError where anything does not hold
 */
export async function checkPasskeyUse(
  use: PasskeyUse,
  challenge: string,
  place: ExpectedPlace,
  kept: { readonly credentialId: string; readonly publicKey: Uint8Array; readonly counter: number },
): Promise<number> {
  refuseFrames(use.response.clientDataJSON);
  const { userHandle, ...response } = use.response;
  return checked(async () => {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...use,
        response: { ...response, ...(userHandle && { userHandle }) },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      requireUserVerification: true,
      credential: {
        id: kept.credentialId,
        publicKey: new Uint8Array(kept.publicKey),
        counter: kept.counter,
      },
    });
    if (!verified) throw new PasskeyCheckError('the signature is not of this passkey');
    return authenticationInfo.newCounter;
  });
}

async function checked<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof PasskeyCheckError) throw error;
    // What the library throws for bytes that it cannot read is as much a no as what it throws for wrong ones.
    throw new PasskeyCheckError(
      error instanceof Error ? error.message.slice(0, 200) : 'it could not be read',
    );
  }
}

/** Our pages stand in no frame, so what was signed in one was not asked for by them. */
function refuseFrames(clientDataJSON: string): void {
  const said = readClientData(clientDataJSON);
  if (!said) throw new PasskeyCheckError('its client data cannot be read');
  if (said.framed) throw new PasskeyCheckError('it was signed in a frame of another page');
}

function readClientData(clientDataJSON: string): { challenge: string; framed: boolean } | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    if (typeof said !== 'object' || said === null) return null;
    const { challenge, crossOrigin, topOrigin } = said as Readonly<Record<string, unknown>>;
    if (typeof challenge !== 'string') return null;
    return { challenge, framed: crossOrigin === true || topOrigin !== undefined };
  } catch {
    // Bytes that are no JSON say nothing.
    return null;
  }
}

/**
 * Of who made a device nothing is asked, and what a device tells of it anyway is not
 * looked at: certificates of strangers would be read, and the lists that they name fetched.
 * @returns the same object with a statement of nothing, in base64url
 */
async function unattested(attestationObject: string): Promise<string> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const authData = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url'))).get(
    'authData',
  );
  if (!(authData instanceof Uint8Array)) throw new PasskeyCheckError('it has no authenticator data');
  // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes of a length in two bytes}
  const head = Buffer.from('\u00a3cfmtdnonegattStmt\u00a0hauthData\u0059', 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(authData.length);
  return Buffer.concat([head, length, authData]).toString('base64url');
}
