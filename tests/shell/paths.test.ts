import { describe, expect, it } from 'vitest';
import { comingBackTo, ownPath } from '../../client/ui/paths.ts';

describe('where one is led after signing in', () => {
  it('is a page of this place, as it was asked for', () => {
    expect(ownPath('/cases/x?section=2.4')).toBe('/cases/x?section=2.4');
    expect(ownPath('/')).toBe('/');
  });

  it.each([
    undefined,
    '',
    'cases/x',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    'https://elsewhere.example/',
    'javascript:alert(1)',
    '/\t/elsewhere.example',
    '\\/elsewhere.example',
  ])('is never elsewhere, whatever stands in the address: %j', (path) => {
    expect(ownPath(path)).toBe('/');
  });

  it('is where one was, and never the sign-in page itself', () => {
    expect(comingBackTo('/account')).toEqual({ to: '/account' });
    for (const path of ['/', '/sign-in', '/sign-in?to=%2F', '/sign-in/return']) {
      expect(comingBackTo(path)).toEqual({});
    }
  });
});
