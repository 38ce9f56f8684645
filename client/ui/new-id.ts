/**
 * An id made on this device, so that a call may be repeated without a second
 * effect: 128 random bits as 22 characters of base64url.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
