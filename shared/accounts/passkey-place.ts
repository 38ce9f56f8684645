/** Why no passkey can be used at an address: it is a number, or it is not on https. */
export const NO_PASSKEY_REASONS = ['numbers', 'not-https'] as const;
export type NoPasskeyReason = (typeof NO_PASSKEY_REASONS)[number];

/**
 * Where passkeys of a service work. `rpId` is what browsers keep them under, `origin`
 * the one address at which they can be used.
 */
export type PasskeyPlace =
  | { readonly offered: true; readonly rpId: string; readonly origin: string }
  | { readonly offered: false; readonly why: NoPasskeyReason };

/** Names of the machine that a browser runs on; of these only `localhost` can hold a passkey. */
const THIS_MACHINE: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Passkeys belong to a name, never to a number, and browsers offer them on https
 * alone, but for the machine that they run on (WebAuthn 3, sections 5.1.3 and 13.4.9).
 * @param publicUrl the setting, an origin
 */
export function passkeyPlace(publicUrl: string): PasskeyPlace {
  const url = new URL(publicUrl);
  if (THIS_MACHINE.includes(url.hostname)) {
    const port = url.port === '' ? '' : `:${url.port}`;
    return { offered: true, rpId: 'localhost', origin: `${url.protocol}//localhost${port}` };
  }
  if (isNumber(url.hostname)) return { offered: false, why: 'numbers' };
  if (url.protocol !== 'https:') return { offered: false, why: 'not-https' };
  return { offered: true, rpId: url.hostname, origin: url.origin };
}

/** URL parsing has made every way to write an IPv4 address four decimal numbers. */
function isNumber(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname);
}
