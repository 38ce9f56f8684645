import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CaseDetail, CaseText } from '../../shared/api/contract.ts';
import { casebook, startServer } from '../support/server.ts';

interface Answers {
  readonly token: string;
  readonly caseId: string;
  readonly detail: CaseDetail;
  readonly text: CaseText;
}

const versions = (await readdir(import.meta.dirname, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(versions)('the data that version %s wrote', (version) => {
  const folder = join(import.meta.dirname, version);

  it('[SAVE-3] opens, is whole, and says what it said then', async () => {
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as Answers;
    const dataDir = await mkdtemp(join(tmpdir(), 'casebook-kept-'));
    await writeFile(join(dataDir, 'casebook.db'), gunzipSync(await readFile(join(folder, 'casebook.db.gz'))));
    const server = await startServer({ dataDir });
    const get = async <T>(path: string): Promise<T> => {
      const response = await fetch(`${server.url}${path}`, {
        headers: { authorization: `Bearer ${answers.token}` },
      });
      expect(response.status, path).toBe(200);
      return (await response.json()) as T;
    };
    expect(await get<CaseText>(`/api/cases/${answers.caseId}/text`)).toMatchObject(answers.text);
    // A later version may let the same person do more.
    const acts = expect.arrayContaining([...answers.detail.acts]);
    expect(await get<CaseDetail>(`/api/cases/${answers.caseId}`)).toMatchObject({ ...answers.detail, acts });
    await server.stop();
    const check = await casebook(['check'], { DATA_DIR: dataDir });
    expect(check.code, check.stderr).toBe(0);
    await rm(dataDir, { recursive: true });
  });
});

it('some version is kept', () => {
  expect(versions).not.toHaveLength(0);
});
