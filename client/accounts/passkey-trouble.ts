import type { NoPasskeyReason } from '../../shared/accounts/passkey-place.ts';
import type { PasskeyOffer } from '../../shared/api/passkeys.ts';

/** Why a device did not make or use a passkey. */
export type PasskeyTrouble =
  /** The person closed its window or let it wait, or there is none: browsers do not tell which. */
  | 'cancelled'
  /** Another act of ours took its place; nobody needs to hear of it. */
  | 'replaced'
  | 'made-before'
  /** The device has no fingerprint, face or screen lock set up. */
  | 'no-lock'
  | 'unsupported'
  | 'failed';

export class PasskeyError extends Error {
  override readonly name = 'PasskeyError';
  readonly trouble: PasskeyTrouble;
  constructor(trouble: PasskeyTrouble, cause: unknown) {
    super(`a passkey was not used: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

/** @returns what to say where signing in did not work; null where there is nothing to say */
export function signInTrouble(trouble: PasskeyTrouble): string | null {
  switch (trouble) {
    case 'replaced':
      return null;
    case 'cancelled':
      return 'No passkey was used. If you have none for Casebook on this device, sign in with a code.';
    case 'no-lock':
      return 'Your device has no fingerprint, face or screen lock set up. Sign in with a code.';
    case 'unsupported':
      return 'This browser can’t use passkeys. Sign in with a code.';
    default:
      return 'That did not work on your device. Try again, or sign in with a code.';
  }
}

/** @returns what to say where none could be made; null where there is nothing to say */
export function addingTrouble(trouble: PasskeyTrouble): string | null {
  switch (trouble) {
    case 'replaced':
      return null;
    case 'cancelled':
      return 'No passkey was made: the question of your device was closed, or it waited too long.';
    case 'made-before':
      return 'This device has a passkey of yours already.';
    case 'no-lock':
      return 'Set up a fingerprint, a face or a screen lock in the settings of your device first, or use another device.';
    case 'unsupported':
      return 'This browser can’t make passkeys. Try another one, or your phone.';
    default:
      return 'That did not work on your device. Try again, or use another one.';
  }
}

const NOT_HERE: Readonly<Record<NoPasskeyReason, string>> = {
  numbers:
    'Passkeys can’t be used here: this Casebook is reached by a number, and they need an address with a name. Whoever runs it can give it one.',
  'not-https':
    'Passkeys can’t be used here: they need an address that begins with https. Whoever runs this Casebook can set that up.',
};

/** Whether a passkey can be used on this page: yes, or why not, and at which address instead. */
export type PasskeyHere =
  | { readonly here: true }
  | { readonly here: false; readonly why: string; readonly instead: string | null };

export function passkeyHere(offer: PasskeyOffer): PasskeyHere {
  if (offer.origin === null) {
    return { here: false, why: offer.why ? NOT_HERE[offer.why] : NOT_HERE.numbers, instead: null };
  }
  if (offer.origin !== location.origin) {
    return {
      here: false,
      why: /^[\d.:[\]]+$/.test(location.hostname)
        ? 'Passkeys can’t be used at an address that is a number. To use one, open Casebook at'
        : 'Passkeys belong to one address, and this is another. To use one, open Casebook at',
      instead: offer.origin,
    };
  }
  if (!('PublicKeyCredential' in window)) {
    return { here: false, why: 'This browser can’t use passkeys.', instead: null };
  }
  return { here: true };
}
