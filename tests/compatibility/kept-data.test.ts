import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CaseDetail, CaseText } from '../../shared/api/cases.ts';
import { casebook, startServer } from '../support/server.ts';

interface Answers {
  readonly token: string;
  readonly caseId: string;
  readonly detail: CaseDetail;
  readonly text: CaseText;
  /** Since 0.2.0: a token that reads this study alone, and one of its sections. */
  readonly readsOnly?: string;
  readonly blockId?: string;
  /** Since 0.2.0: other answers, by path. */
  readonly also?: Readonly<Record<string, object>>;
}

/** @returns what a later version has to answer at least: it may let people do more, and the record goes on */
function atLeast(path: string, body: object): object {
  const known = Object.entries(body).filter(([key]) => !(path.endsWith('/audit') && key === 'seal'));
  return Object.fromEntries(
    known.map(([key, value]) => [
      key,
      key === 'acts' || (path.endsWith('/audit') && Array.isArray(value))
        ? expect.arrayContaining(value.map((each: unknown) => matching(each)))
        : value,
    ]),
  );
}

/** Since then it is told which words are quotes; the words are the same. */
function withoutQuotes({ blocks }: CaseText): CaseText {
  const plain = (html: string) => html.replace(/<span class="quoted"[^>]*>(.*?)<\/span>/gs, '$1');
  return { blocks: blocks.map((block) => ({ ...block, html: plain(block.html) })) };
}

function matching(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? expect.objectContaining(value) : value;
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
    const get = async <T>(path: string, token = answers.token): Promise<T> => {
      const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status, path).toBe(200);
      return (await response.json()) as T;
    };
    const text = async (token?: string) =>
      withoutQuotes(await get<CaseText>(`/api/cases/${answers.caseId}/text`, token));
    expect(await text()).toMatchObject(withoutQuotes(answers.text));
    const path = `/api/cases/${answers.caseId}`;
    expect(await get<CaseDetail>(path)).toMatchObject(atLeast(path, answers.detail));
    for (const [path, body] of Object.entries(answers.also ?? {})) {
      expect(await get(path), path).toMatchObject(atLeast(path, body));
    }
    if (answers.readsOnly) {
      expect(await text(answers.readsOnly)).toMatchObject(withoutQuotes(answers.text));
      const written = await fetch(`${server.url}/api/blocks/${answers.blockId}/status`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${answers.readsOnly}`, 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'agreed' }),
      });
      expect(written.status).toBe(403);
    }
    await server.stop();
    const check = await casebook(['check'], { DATA_DIR: dataDir });
    expect(check.code, check.stderr).toBe(0);
    await rm(dataDir, { recursive: true });
  });
});

it('some version is kept', () => {
  expect(versions).not.toHaveLength(0);
});
