import type { Role } from './roles.ts';

/**
 * Whether somebody has to show a passkey before anything of a study is for them
 * (PASSKEY-2). School contacts come by links of their own, and to nobody who is
 * nothing in a study is it told that it asks.
 * @param asker.shown their session was begun or confirmed with a passkey, or their token was made in one that was
 */
export function owesPasskey(
  study: { readonly requiresPasskey: boolean },
  asker: { readonly role: Role | null; readonly shown: boolean },
): boolean {
  return study.requiresPasskey && asker.role !== null && asker.role !== 'contact' && !asker.shown;
}
