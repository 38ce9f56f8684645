import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../support/server.ts';

/** Counts what the process says on stderr, and notes the number as it ends. */
const COUNTING = `
  import { writeFileSync } from 'node:fs';
  const write = process.stderr.write.bind(process.stderr);
  let count = 0;
  process.stderr.write = (...args) => { count += 1; return write(...args); };
  process.on('exit', () => writeFileSync(process.env.COUNT_FILE, String(count)));
`;

it('[INPUT-1] goes on quietly when nobody reads its log any more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-terminal-'));
  const port = await freePort();
  const countFile = join(folder, 'count');
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(COUNTING)}`,
      join(import.meta.dirname, '../../server/cli/casebook.mjs'),
      'serve',
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATA_DIR: folder,
        PORT: String(port),
        LOG_LEVEL: 'debug',
        COUNT_FILE: countFile,
      },
    },
  );
  let said = '';
  while (!said.includes('ready on')) said += String((await once(child.stdout, 'data'))[0]);
  child.stdout.destroy();
  child.stderr.destroy();
  for (let request = 0; request < 3; request++) {
    const socket = connect(port, '127.0.0.1');
    socket.end('no request at all\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  }
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(Number(await readFile(countFile, 'utf8'))).toBeLessThan(20);
  await rm(folder, { recursive: true });
});
