import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Randomness } from '../ports/clock.ts';

/**
 * The installation's secret, which signs session cookies and hashes codes. It is
 * made once and kept in `DATA_DIR/secret`, readable by the process's owner alone.
 * @throws when the file holds something else than a secret
 */
export async function loadSecret(dataDir: string, random: Randomness): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'secret');
  const fresh = `${path}.${random.id()}.tmp`;
  try {
    await writeFile(fresh, `${Buffer.from(random.bytes(32)).toString('base64url')}\n`, { mode: 0o600 });
    // A hard link never replaces what is there: of two starts at once, one secret wins.
    await link(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  const secret = (await readFile(path, 'utf8')).trim();
  if (!/^[A-Za-z0-9_-]{43,}$/.test(secret)) throw new Error(`${path} does not hold a secret`);
  await chmod(path, 0o600);
  return secret;
}
