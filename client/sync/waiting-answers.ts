/**
 * Beside answers of the server, the device keeps what is on its way there whole, such as quotes
 * that were captured offline: lists under keys that begin like this. They are nobody's copy.
 */
export const WAITING_ANSWERS = 'waiting ';

/** @returns how many things wait under the key; 0 for an answer of the server */
export function waitingUnder({ key, value }: { readonly key: string; readonly value: unknown }): number {
  return key.startsWith(WAITING_ANSWERS) && Array.isArray(value) ? value.length : 0;
}
