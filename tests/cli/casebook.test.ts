import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import SqliteConnection from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { casebook, freePort, type RunningServer, startServer } from '../support/server.ts';
import { plantTeam } from '../support/team.ts';
import { PageCalls } from '../support/web.ts';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-cli-'));
  folders.push(folder);
  return folder;
}
let server: RunningServer | undefined;
const started = async (...given: Parameters<typeof startServer>): Promise<RunningServer> => {
  server = await startServer(...given);
  return server;
};
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const person = async (calls: PageCalls) => (await calls.call('GET /api/session')).person;
const token = (link: string): string => new URL(link).hash.slice(1);

describe('casebook serve', () => {
  it('[LINK-1] prints a new owner link at every start until somebody is the owner', async () => {
    const running = await started();
    const first = running.ownerLink ?? '';
    expect(first).toMatch(new RegExp(`^${running.url}/enter#[A-Za-z0-9_-]{43}$`));
    expect(await running.stop()).toMatchObject({ code: 0 });
    await running.restart();
    expect(running.ownerLink).not.toBe(first);
    const calls = new PageCalls(running.url, running.url);
    const identity = { name: 'Imogen Farrell', email: 'imogen@wendale.example' };
    expect((await calls.refused('POST /api/links/redeem', { token: token(first), ...identity })).code).toBe(
      'link-not-usable',
    );
    await calls.call('POST /api/links/redeem', { token: token(running.ownerLink ?? ''), ...identity });
    expect(await running.kill9()).toMatchObject({ signal: 'SIGKILL' });
    await running.restart();
    expect(running.ownerLink).toBeNull();
    expect(await person(calls)).toMatchObject({ name: 'Imogen Farrell' });
  });

  it('[LINK-1] neither tokens nor codes reach the log', async () => {
    const running = await started({ env: { LOG_LEVEL: 'debug' } });
    const team = await plantTeam(running);
    const invited = await team.invite('Ruth Adeyemi', 'fieldworker');
    const apiToken = await team.token();
    const calls = new PageCalls(running.url, running.url);
    await calls.call('POST /api/links/redeem', { token: token(invited) });
    await calls.call('POST /api/session/request', { email: team.lead.email });
    const { stderr } = await running.stop();
    expect(stderr).toContain('stopping');
    for (const secret of [token(invited), apiToken, ...calls.cookies.values(), team.lead.email]) {
      expect(stderr).not.toContain(secret);
    }
    expect(stderr).not.toMatch(/\b\d{6}\b(?!")/);
  });

  it('keeps its folder to its own user', async () => {
    const running = await started({ dataDir: join(await newFolder(), 'data') });
    expect((await stat(running.dataDir)).mode & 0o077).toBe(0);
    expect((await readdir(running.dataDir)).sort()).toEqual(
      expect.arrayContaining(['casebook.db', 'secret', 'serving.lock']),
    );
  });

  it('two do not serve the same folder, and the first goes on', async () => {
    const running = await started();
    const port = String(await freePort());
    const second = await casebook(['serve'], { DATA_DIR: running.dataDir, PORT: port });
    expect(second.code).toBe(1);
    expect(second.stderr.trim()).toMatch(/^another Casebook is serving .* already$/);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
  });

  it('[INPUT-1] what cannot start says why in one line', async () => {
    const running = await started();
    const port = new URL(running.url).port;
    const dataDir = await newFolder();
    const cases: [Record<string, string>, RegExp][] = [
      [{ PORT: 'x' }, /^PORT: must be a number from 1 to 65535$/],
      [{ PORT: port }, /^PORT: \d+ is in use already; choose another$/],
      [{ PUBLIC_URL: 'nowhere' }, /^PUBLIC_URL: must be an address/],
      [{ DATA_DIR: '/dev/null/data' }, /^DATA_DIR: .* cannot be used$/],
    ];
    for (const [env, line] of cases) {
      const ended = await casebook(['serve'], { DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env });
      expect(ended.code, JSON.stringify(env)).toBe(1);
      expect(ended.stderr.trim().split('\n').at(-1), JSON.stringify(env)).toMatch(line);
    }
  });

  it('does not touch what a later version wrote', async () => {
    const running = await started({ dataDir: await newFolder() });
    await running.stop();
    const file = join(running.dataDir, 'casebook.db');
    const database = new SqliteConnection(file);
    database.exec("insert into migrations (position, name, made_at) values (99, '0099-later', 0)");
    database.close();
    for (const command of ['serve', 'check']) {
      const ended = await casebook([command], { DATA_DIR: running.dataDir, PORT: new URL(running.url).port });
      expect(ended.code).toBe(1);
      expect(ended.stderr.trim()).toMatch(/^the data was written by a later version of Casebook/);
    }
  });

  it('serves the page, compressed as it was built', async () => {
    const running = await started();
    const page = await fetch(`${running.url}/studies/x`, { headers: { 'accept-encoding': 'br' } });
    expect(page.headers.get('content-encoding')).toBe('br');
    const html = await page.text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
    const answer = await fetch(running.url + script, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${running.url}/sw.js`)).headers.get('cache-control')).toBe('no-cache');
  });
});

describe('casebook demo', () => {
  it('prints a link for each of its people, and leaves nothing behind', async () => {
    const running = await started({ command: 'demo' });
    const links = running.stdout.match(/http\S+#\S+/g) ?? [];
    expect(links).toHaveLength(5);
    const goTo: string[] = [];
    for (const link of links) {
      const calls = new PageCalls(running.url, running.url);
      const redeemed = await calls.call('POST /api/links/redeem', { token: token(link) });
      goTo.push(redeemed.goTo.replace(/\/studies\/.+/, '/studies/…'));
      expect(redeemed.person.email).toMatch(/\.example$/);
    }
    expect(goTo).toEqual(['/studies/…', '/studies/…', '/studies/…', '/studies/…', '/contact']);
    expect(await readdir(running.dataDir)).toEqual([]);
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('casebook-demo-'));
    expect(before.length).toBeGreaterThan(0);
    await running.stop();
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('casebook-demo-'));
    expect(after.length).toBe(before.length - 1);
  });
});

describe('the other commands', () => {
  it('user add: a person, and a link that signs them in once; also while the service runs', async () => {
    const running = await started();
    const env = { DATA_DIR: running.dataDir, PORT: new URL(running.url).port };
    const args = ['user', 'add', '--name', 'Ruth Adeyemi', '--email', 'Ruth@Wendale.example', '--host'];
    const added = await casebook(args, env);
    expect(added).toMatchObject({ code: 0 });
    const link = /http\S+#\S+/.exec(added.stdout)?.[0] ?? '';
    const calls = new PageCalls(running.url, running.url);
    await calls.call('POST /api/links/redeem', { token: token(link) });
    expect(await person(calls)).toMatchObject({ name: 'Ruth Adeyemi', email: 'ruth@wendale.example' });
    expect((await calls.call('GET /api/studies')).mayCreate).toBe(true);
    expect((await calls.refused('POST /api/links/redeem', { token: token(link) })).code).toBe(
      'link-not-usable',
    );
    const wrong = await casebook(['user', 'add', '--name', 'X', '--email', 'no address'], env);
    expect(wrong).toMatchObject({ code: 1, stderr: '--email: no address is not an e-mail address\n' });
  });

  it('user add: the link leads to the server that serves the folder, and says which must run', async () => {
    const running = await started({ dataDir: await newFolder() });
    const add = async (env: Record<string, string> = {}) =>
      (
        await casebook(['user', 'add', '--name', 'Ruth Adeyemi', '--email', 'ruth@wendale.example'], {
          DATA_DIR: running.dataDir,
          ...env,
        })
      ).stdout;
    const elsewhere = 'https://casebook.wendale.example';
    for (const env of [undefined, { PORT: '4999' }]) {
      const said = await add(env);
      expect(said).toContain(`\n${running.url}/enter#`);
      expect(said).toMatch(/\nCasebook serves .* there now\.\n$/);
    }
    await running.stop();
    expect(await add()).toContain(`\n${running.url}/enter#`);
    const said = await add({ PUBLIC_URL: elsewhere });
    expect(said).toContain(`\n${elsewhere}/enter#`);
    expect(said).toContain(
      `\nNothing serves ${running.dataDir} at present: start Casebook on it so that it is reached at ${elsewhere}.\n`,
    );
    expect(await add({ PORT: '4999' })).toContain('\nhttp://localhost:4999/enter#');
  });

  it('token create: prints a token that speaks for the person', async () => {
    const running = await started();
    const { lead } = await plantTeam(running);
    const env = { DATA_DIR: running.dataDir };
    const made = await casebook(['token', 'create', '--user', lead.email, '--name', 'backup'], env);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^cbk_\S{43}\n$/) });
    const answer = await fetch(`${running.url}/api/session`, {
      headers: { authorization: `Bearer ${made.stdout.trim()}` },
    });
    expect(await answer.json()).toMatchObject({ person: { id: lead.id } });
    const nobody = await casebook(['token', 'create', '--user', 'x@example.org'], env);
    expect(nobody).toMatchObject({ code: 1, stderr: '--user: nobody here has the address x@example.org\n' });
  });

  it('[AUDIT-1] audit: prints what belongs to no study, or to one; check names what was changed', async () => {
    const running = await started({ command: 'serve', dataDir: await newFolder() });
    const team = await plantTeam(running);
    await running.stop();
    const env = { DATA_DIR: running.dataDir };
    const ofService = await casebook(['audit'], env);
    expect(ofService.stdout.split('\r\n')[1]).toContain('"Imogen Farrell signed in by a link."');
    const ofStudy = await casebook(['audit', '--study', team.studyId], env);
    expect(ofStudy.stdout.split('\r\n')).toHaveLength(5);
    expect(ofStudy.stdout).toContain('"Imogen Farrell made the study."');
    expect(await casebook(['audit', '--study', 'none'], env)).toMatchObject({ code: 1, stdout: '' });
    const database = new SqliteConnection(join(running.dataDir, 'casebook.db'));
    database.exec(
      "drop trigger audit_no_update; update audit set person_id = 'eve' where seq = 2 and chain like 'study/%'",
    );
    database.close();
    expect(await casebook(['check'], env)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        new RegExp(`^audit of study/${team.studyId}: record 2 is not what was written\n.* one fault\\.\n$`),
      ),
    });
  });

  it('check: says that all is whole, and names what is not', async () => {
    const running = await started({ command: 'serve', dataDir: await newFolder() });
    const team = await plantTeam(running);
    await running.stop();
    const env = { DATA_DIR: running.dataDir };
    expect(await casebook(['check'], env)).toMatchObject({
      code: 0,
      stdout: `${team.case.blocks.length} blocks, 0 changes, 5 audit records, 0 quotes, 0 scans, 0 threads: all whole.\n`,
    });
    const [damaged, dependent, fine] = team.case.blocks.map((block) => block.blockId) as [
      string,
      string,
      string,
    ];
    plantRow(running.dataDir, damaged, Uint8Array.of(0, 0), 1);
    // An insertion that follows the tenth letter of somebody, whose first ten are not there.
    plantRow(running.dataDir, dependent, Uint8Array.of(1, 1, 5, 10, 132, 5, 9, 1, 97, 0));
    plantRow(running.dataDir, fine, Uint8Array.of(0, 0));
    const checked = await casebook(['check'], env);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain(`block ${damaged}: the checksum of row 1 does not hold\n`);
    expect(checked.stdout).toContain(`block ${dependent}: the log builds on a row that is not there\n`);
    expect(checked.stdout).not.toContain(fine);
    expect(checked.stdout).toMatch(
      /\d+ changes, 5 audit records, 0 quotes, 0 scans, 0 threads: 2 faults\.\n$/,
    );
  });

  it('a mistyped folder is not taken for an empty one', async () => {
    const dataDir = join(await newFolder(), 'nothing-here');
    for (const args of [['check'], ['token', 'create', '--user', 'x@example.org']]) {
      const ended = await casebook(args, { DATA_DIR: dataDir });
      expect(ended).toMatchObject({ code: 1 });
      expect(ended.stderr).toContain(`DATA_DIR: there is no Casebook in ${dataDir}\n`);
    }
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });

  it('npx casebook works in the folder of the project', async () => {
    const root = join(import.meta.dirname, '../..');
    const { stdout } = await promisify(execFile)('npx', ['casebook', '--help'], { cwd: root });
    for (const command of ['serve', 'demo', 'user', 'token', 'check']) expect(stdout).toContain(command);
  });
});

/** Writes a log row behind the service's back. @param skew added to the right checksum */
function plantRow(dataDir: string, blockId: string, bytes: Uint8Array, skew = 0): void {
  const database = new SqliteConnection(join(dataDir, 'casebook.db'));
  database.function('crc32', (value) => crc32(value as Buffer));
  database
    .prepare(
      `insert into block_log (block_id, seq, lineage, server_time, clients, bytes, checksum)
       select block_id, 1, lineage, 0, '[]', @bytes, crc32(@bytes) + @skew from block_heads where block_id = @blockId`,
    )
    .run({ blockId, bytes, skew });
  database.close();
}
