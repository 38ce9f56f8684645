import { open, readFile } from 'node:fs/promises';
import type { ErasureList, ListedErasure } from '../../ports/erasure-list.ts';

/** @param path of a file with one erasure on each line; it need not be there */
export function erasureList(path: string): ErasureList {
  return {
    async all() {
      const lines = (await textOf(path)).split('\n');
      return lines.flatMap((line, at) => {
        if (line.trim() === '') return [];
        try {
          return [JSON.parse(line) as ListedErasure];
        } catch (cause) {
          // Cut off while it was written: the database has it, and adds it again.
          if (at === lines.length - 1) return [];
          throw new Error(`line ${at + 1} of ${path} cannot be read`, { cause });
        }
      });
    },
    async add(erasure) {
      const text = await textOf(path);
      // What was cut off goes, so that the next line is one of its own.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const file = await open(path, whole === text ? 'a' : 'r+', 0o600);
      try {
        if (whole !== text) await file.truncate(Buffer.byteLength(whole));
        await file.write(`${JSON.stringify(erasure)}\n`, whole === text ? null : Buffer.byteLength(whole));
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
