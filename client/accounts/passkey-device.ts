/** What browsers do with passkeys. Loaded only where one is made or used. */
import {
  browserSupportsWebAuthnAutofill,
  sendSignal,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type { NewPasskey, PasskeyOrder, PasskeyQuestion, PasskeyUse } from '../../shared/api/passkeys.ts';
import { PasskeyError, type PasskeyTrouble } from './passkey-trouble.ts';

/**
 * Has the device make a passkey; it asks the person for its lock.
 * @throws PasskeyError
 */
export async function makePasskey(order: PasskeyOrder): Promise<NewPasskey> {
  const made = await told(startRegistration({ optionsJSON: order }));
  const { clientDataJSON, attestationObject, transports } = made.response;
  return {
    id: made.id,
    rawId: made.rawId,
    type: 'public-key',
    response: { clientDataJSON, attestationObject, ...(transports && { transports }) },
  };
}

/**
 * Has the device use a passkey; it asks the person which, and for its lock.
 * @throws PasskeyError
 */
export async function signWithPasskey(question: PasskeyQuestion): Promise<PasskeyUse> {
  return usedOf(await told(startAuthentication({ optionsJSON: question })));
}

/**
 * Lets the browser offer passkeys among what it fills in, and waits until one is picked.
 * @returns null where the browser does not do that
 * @throws PasskeyError; `replaced` when anything else is asked of the device meanwhile
 */
export async function offerPasskeys(question: PasskeyQuestion): Promise<PasskeyUse | null> {
  if (!(await browserSupportsWebAuthnAutofill())) return null;
  return usedOf(await told(startAuthentication({ optionsJSON: question, useBrowserAutofill: true })));
}

/**
 * Tells the device which passkeys are left, so that it offers no others. Few can be
 * told so far; the others go on offering what was taken away.
 * @param left as the device calls them
 */
export async function tellWhatIsLeft(rpId: string, handle: string, left: readonly string[]): Promise<void> {
  if (!('signalAllAcceptedCredentials' in PublicKeyCredential)) return;
  const signal = { rpID: rpId, userID: handle, allAcceptedCredentialIDs: [...left] };
  // A device that does not take it offers a passkey that signs nobody in, as those do that cannot be told.
  await sendSignal({ signalName: 'allAcceptedCredentials', ...signal }).catch(() => {});
}

/** Takes back what the device was asked. */
export function stopAsking(): void {
  WebAuthnAbortService.cancelCeremony();
}

function usedOf(used: Awaited<ReturnType<typeof startAuthentication>>): PasskeyUse {
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
  return {
    id: used.id,
    rawId: used.rawId,
    type: 'public-key',
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) },
  };
}

async function told<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw new PasskeyError(troubleOf(error), error);
  }
}

/** Names of errors as the standard has them (WebAuthn 3, sections 5.1.3 and 5.1.4). */
function troubleOf(error: unknown): PasskeyTrouble {
  const cause = error instanceof WebAuthnError ? error.cause : error;
  switch (cause instanceof Error || cause instanceof DOMException ? cause.name : '') {
    case 'AbortError':
      return 'replaced';
    case 'NotAllowedError':
      return 'cancelled';
    case 'InvalidStateError':
      return 'made-before';
    case 'ConstraintError':
      return 'no-lock';
    case 'NotSupportedError':
    case 'SecurityError':
      return 'unsupported';
    default:
      return 'failed';
  }
}
