import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, startServer } from '../support/server.ts';

const CASEBOOK = join(import.meta.dirname, '../../server/cli/casebook.mjs');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-stop-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @returns exit code and stderr of a server that was told to stop once it was ready */
async function stopped(how: string): Promise<{ code: number | null; stderr: string }> {
  const port = String(await freePort());
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'stop-that-fails.ts'), how],
    { env: { ...process.env, DATA_DIR: folder, PORT: port, LOG_LEVEL: 'error' } },
  );
  return new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr?.on('data', (data) => {
      stderr += data;
    });
    child.stdout?.once('data', () => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

describe('a stop', () => {
  it('[STOP-1] ends with 0 on SIGTERM and on SIGINT when everything is saved', async () => {
    const server = await startServer({ dataDir: folder });
    expect(await server.stop()).toMatchObject({ code: 0, signal: null });
    await server.restart();
    process.kill(server.pid, 'SIGINT');
    expect(await server.stop()).toMatchObject({ code: 0, signal: null });
  });

  it('[STOP-1] names what it could not save, and does not end with 0', async () => {
    const { code, stderr } = await stopped('unsaved');
    expect(code).toBe(1);
    expect(stderr).toContain('Not saved: the last edits of block-7, block-9\n');
  });

  it('[STOP-1] does not end with 0 when it fails as a whole', async () => {
    const { code, stderr } = await stopped('throws');
    expect(code).toBe(1);
    expect(stderr).toContain('the stop failed');
  });

  it('[STOP-1] answers the call that was under way', async () => {
    const server = await startServer({ dataDir: folder });
    const body = JSON.stringify({ email: 'ann@example.org' });
    const { hostname, port } = new URL(server.url);
    const ended: Promise<unknown>[] = [];
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /api/session/request HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${server.url}\r\n` +
            'Content-Type: application/json\r\nExpect: 100-continue\r\n' +
            `Content-Length: ${body.length}\r\n\r\n`,
        );
      });
      socket.on('data', (data) => {
        // The server has the head of the call, and waits for its body.
        if (text === '') {
          ended.push(server.stop());
          socket.write(body);
        }
        text += data;
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(await ended[0]).toMatchObject({ code: 0 });
  });

  it('[STOP-1] is not held up by a browser that keeps its connection', async () => {
    const server = await startServer({ dataDir: folder });
    const response = await fetch(`${server.url}/healthz`, { headers: { connection: 'keep-alive' } });
    expect(response.status).toBe(200);
    expect(await server.stop()).toMatchObject({ code: 0 });
  });

  it.each(['start', 'npx'])(
    '[STOP-1] follows when npm (%s) ends, which takes only its shell along',
    async (how) => {
      const port = String(await freePort());
      const env = {
        ...process.env,
        npm_lifecycle_event: how,
        DATA_DIR: folder,
        PORT: port,
        LOG_LEVEL: 'info',
      };
      const command = `"${process.execPath}" "${CASEBOOK}" serve; exit`;
      const shell = spawn('sh', ['-c', command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let stderr = '';
      shell.stderr.on('data', (data) => {
        stderr += data;
      });
      shell.stdout.once('data', () => shell.kill('SIGTERM'));
      // The server holds the other ends of its output until it ends.
      await once(shell, 'close');
      expect(shell.signalCode).toBe('SIGTERM');
      expect(stderr).toContain('"message":"stopping","reason":"npm ended"');
      await (await startServer({ dataDir: folder })).close();
    },
  );
});
