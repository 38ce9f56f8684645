import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import SqliteConnection from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStores } from '../../server/compose.ts';
import { silentLog } from '../../server/log.ts';
import { readSettings } from '../../server/settings.ts';
import { casebook, startServer } from '../support/server.ts';
import { plantTeam } from '../support/team.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'casebook-erase-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const erase = (email: string) => casebook(['user', 'erase', '--email', email], { DATA_DIR: dataDir });

it('[PRIVACY-5] casebook user erase deletes an account while no server runs, and says why where it does not', async () => {
  const server = await startServer({ dataDir });
  const team = await plantTeam(server);
  const email = 'zephyrine@wendale.example';
  const added = await casebook(['user', 'add', '--name', 'Zephyrine Quill', '--email', email], {
    DATA_DIR: dataDir,
  });
  expect(added.code).toBe(0);
  const running = await erase(email);
  expect(running).toMatchObject({ code: 1, stdout: '' });
  expect(running.stderr).toContain('Stop it first');
  await server.stop();

  expect((await erase('nobody@wendale.example')).stderr).toContain('nobody here has the address');
  const leads = await erase(team.lead.email);
  expect(leads).toMatchObject({ code: 1, stdout: '' });
  expect(leads.stderr).toContain('“Mentoring in the Wendale schools”');

  const { code, stdout, stderr } = await erase(email);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('The account is deleted.');
  const bytes = await readFile(join(dataDir, 'casebook.db'));
  expect(bytes.includes('Zephyrine')).toBe(false);
  expect(bytes.includes(email)).toBe(false);
  const check = await casebook(['check'], { DATA_DIR: dataDir });
  expect(check.code, check.stdout).toBe(0);
  const audit = await casebook(['audit'], { DATA_DIR: dataDir });
  expect(audit.stdout).toContain('deleted the account of A former member');
  expect((await erase(email)).code).toBe(1);
});

it('[PRIVACY-5] what an earlier version deleted is taken out of the file when this one first opens it', async () => {
  const kept = join(import.meta.dirname, '../compatibility/0.1.0/casebook.db.gz');
  const file = join(dataDir, 'casebook.db');
  await writeFile(file, gunzipSync(await readFile(kept)));
  const raw = new SqliteConnection(file);
  raw.pragma('secure_delete = OFF');
  raw.prepare('insert into meta (key, value) values (?, ?)').run('x', 'Zephyrine Quill');
  raw.prepare('delete from meta where key = ?').run('x');
  raw.close();
  expect((await readFile(file)).includes('Zephyrine')).toBe(true);
  const stores = await openStores(readSettings({ DATA_DIR: dataDir }), silentLog());
  await stores.close();
  expect((await readFile(file)).includes('Zephyrine')).toBe(false);
});
