import { describe, expect, it } from 'vitest';
import { passkeyPlace } from '../../shared/accounts/passkey-place.ts';

describe('where passkeys can be used', () => {
  it.each([
    ['https://casebook.example', 'casebook.example', 'https://casebook.example'],
    ['https://cases.school.example:8443', 'cases.school.example', 'https://cases.school.example:8443'],
    ['http://localhost:4400', 'localhost', 'http://localhost:4400'],
    ['http://127.0.0.1:4400', 'localhost', 'http://localhost:4400'],
    ['http://[::1]:4400', 'localhost', 'http://localhost:4400'],
    ['http://127.1', 'localhost', 'http://localhost'],
  ])('[PASSKEY-1] of %s is under %s', (publicUrl, rpId, origin) => {
    expect(passkeyPlace(publicUrl)).toEqual({ offered: true, rpId, origin });
  });

  it.each([
    ['http://192.168.1.20:4400', 'numbers'],
    ['https://192.168.1.20', 'numbers'],
    ['https://[2001:db8::20]', 'numbers'],
    ['http://casebook.example', 'not-https'],
  ] as const)('[PASSKEY-1] is nowhere for %s: %s', (publicUrl, why) => {
    expect(passkeyPlace(publicUrl)).toEqual({ offered: false, why });
  });
});
