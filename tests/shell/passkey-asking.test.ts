import { describe, expect, it } from 'vitest';
import { asking } from '../../client/accounts/passkey-asking.ts';

const ONE = { id: 'one', title: 'One' };
const TWO = { id: 'two', title: 'Two' };

describe('[PASSKEY-2] a page that waits for a passkey', () => {
  it('is asked for one by its own study, or by any where it does not know which', () => {
    expect(asking({ passkeys: [], askedBy: [ONE, TWO] }, 'one')).toBe(1);
    expect(asking({ passkeys: [], askedBy: [TWO] }, 'one')).toBe(0);
    expect(asking({ passkeys: [], askedBy: [ONE, TWO] }, undefined)).toBe(2);
  });

  it('is asked no more once one was shown in its session', () => {
    const shown = { id: 'p', current: true } as Parameters<typeof asking>[0]['passkeys'][number];
    expect(asking({ passkeys: [shown], askedBy: [ONE] }, 'one')).toBe(0);
  });
});
