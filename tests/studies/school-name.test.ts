import { describe, expect, it } from 'vitest';
import { isToldApart, namesakes, namesakeWords } from '../../shared/studies/school-name.ts';

const hill = { id: 'hill', name: 'Hill School', place: 'Leeds' };
const other = { id: 'other', name: 'Brook School', place: 'Leeds' };

describe('two schools of one name', () => {
  it('are found however the name is typed; a school is no other than itself', () => {
    expect(namesakes({ id: 'new', name: '  HILL  school' }, [hill, other])).toEqual([hill]);
    expect(namesakes({ id: 'hill', name: 'Hill School' }, [hill, other])).toEqual([]);
    expect(namesakes({ id: 'new', name: '  ' }, [{ ...hill, name: '' }])).toEqual([]);
  });

  it('are told apart by a place of their own, and by none not', () => {
    expect(isToldApart('York', [hill])).toBe(true);
    expect(isToldApart(' leeds ', [hill])).toBe(false);
    expect(isToldApart('', [hill])).toBe(false);
    expect(isToldApart('', [])).toBe(true);
  });

  it('are said with where they are', () => {
    expect(namesakeWords([hill])).toBe('There is a school of this name already: Hill School, Leeds.');
    expect(namesakeWords([hill, { ...hill, place: '' }])).toBe(
      'There are schools of this name already: Hill School, Leeds; Hill School.',
    );
  });
});
