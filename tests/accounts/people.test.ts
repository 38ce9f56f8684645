import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextColour, PERSON_COLOURS } from '../../server/accounts/colours.ts';
import { loadSecret } from '../../server/accounts/secret.ts';
import { systemRandomness } from '../../server/adapters/system/randomness.ts';
import { initialsOf } from '../../shared/accounts/initials.ts';

/** Contrast against white by WCAG 2.2 (relative luminance). */
function contrastWithWhite(colour: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

describe('what others see of a person', () => {
  it.each([
    ['Ann Ames', 'AA'],
    ['ann maria van der berg', 'AB'],
    ['Zoë', 'Z'],
    ['  élodie   Østergaard ', 'ÉØ'],
    ['李 小龙', '李小'],
    ['Dr. J. R. (Bob) O’Neil', 'DO'],
    ['👩‍🏫 Teacher', 'T'],
    ['   ', '?'],
    ['—', '?'],
  ])('initials of "%s" are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('every colour carries white text', () => {
    for (const colour of PERSON_COLOURS) {
      expect(colour).toMatch(/^#[0-9a-f]{6}$/);
      expect(contrastWithWhite(colour), colour).toBeGreaterThanOrEqual(4.5);
    }
    expect(new Set(PERSON_COLOURS).size).toBe(PERSON_COLOURS.length);
  });

  it('colours go round before any comes twice', () => {
    const taken: string[] = [];
    for (let at = 0; at < PERSON_COLOURS.length; at += 1) taken.push(nextColour(taken));
    expect(new Set(taken).size).toBe(PERSON_COLOURS.length);
    expect(nextColour(taken)).toBe(PERSON_COLOURS[0]);
  });
});

describe('the secret of an installation', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebook-secret-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, for the owner of the process alone, also by several starts at once', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(() => loadSecret(folder, systemRandomness)));
    expect(new Set(made).size).toBe(1);
    expect(await loadSecret(folder, systemRandomness)).toBe(made[0]);
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
    expect((await readFile(join(folder, 'secret'), 'utf8')).trim()).toBe(made[0]);
  });

  it('is not replaced when its file was spoilt: that would sign everybody out unseen', async () => {
    await writeFile(join(folder, 'secret'), '');
    await expect(loadSecret(folder, systemRandomness)).rejects.toThrow('does not hold a secret');
  });
});
