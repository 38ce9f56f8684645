import { open, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OutboxFiles } from '../../ports/outbox-files.ts';

/** Headers of our own letters are far shorter, in bytes. */
const HEAD = 16 * 1024;

/** @param folder where the outbox writes; it need not be there */
export function outboxFiles(folder: string): OutboxFiles {
  return {
    async to(address) {
      const wanted = address.toLowerCase();
      const found: string[] = [];
      for (const file of await lettersIn(folder)) {
        if (recipientOf(await headOf(join(folder, file))) === wanted) found.push(file);
      }
      return found;
    },
    async discard(files) {
      for (const file of files) await rm(join(folder, basename(file)), { force: true });
    },
  };
}

async function lettersIn(folder: string): Promise<string[]> {
  try {
    // One that was cut off while it was written has another ending behind.
    return (await readdir(folder)).filter((file) => /\.eml(?:\.tmp)?$/.test(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** @returns empty for one that was renamed or deleted meanwhile */
async function headOf(path: string): Promise<string> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return '';
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @returns the address in lower case; null where there are several, or none */
function recipientOf(letter: string): string | null {
  const head = letter.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const line = /^to:[ \t]*(.*)$/im.exec(head.replace(/\r?\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';
  const address = (/^[^,]*<([^<>]+)>$/.exec(line)?.[1] ?? line).toLowerCase();
  return /^[^\s,@]+@[^\s,@]+$/.test(address) ? address : null;
}
