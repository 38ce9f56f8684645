import { request } from '../ui/request.ts';

/**
 * Shows a passkey in the session that is there, which then goes on as one that has.
 * @returns false where the server offers none
 * @throws PasskeyError where the device used none; as `request` does
 */
export async function showPasskey(): Promise<boolean> {
  const { signWithPasskey } = await import('./passkey-device.ts');
  const { question } = await request('POST /api/session/passkey/begin', {});
  if (!question) return false;
  await request('POST /api/session/passkey', { body: await signWithPasskey(question) });
  return true;
}
