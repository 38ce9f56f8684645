import { watch } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Waits for a letter in the outbox folder, as whoever runs the server would find it.
 * @param earlier how many letters to that address lie there already
 * @returns the newest letter to the address, as a mail program would show it
 */
export async function letterTo(dataDir: string, address: string, earlier = 0): Promise<string> {
  const folder = join(dataDir, 'outbox');
  await mkdir(folder, { recursive: true });
  const letters = async (): Promise<string[]> => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.eml')).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    return texts.filter((text) => text.includes(`To: ${address}`));
  };
  const watcher = watch(folder);
  try {
    for (;;) {
      // Asked for before looking, so that a letter that comes meanwhile is not missed.
      const change = new Promise((resolve) => watcher.once('change', resolve));
      const found = await letters();
      const newest = found.at(-1);
      if (found.length > earlier && newest) return newest;
      await change;
    }
  } finally {
    watcher.close();
  }
}

/** @returns the six digits of a letter */
export function digitsOf(letter: string): string {
  const digits = /\b(\d{6})\b/.exec(
    letter
      .split(/\r?\n\r?\n/)
      .slice(1)
      .join('\n\n'),
  )?.[1];
  if (!digits) throw new Error(`no digits in: ${letter}`);
  return digits;
}
