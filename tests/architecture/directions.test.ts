import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

const REFUSED = [
  ['shared/quotes/a1.ts', "import { a } from '../../server/main.ts';\nexport const b = a;\n"],
  ['shared/quotes/a2.ts', "import { a } from '../../client/main.tsx';\nexport const b = a;\n"],
  ['shared/quotes/a3.ts', "import { readFileSync } from 'node:fs';\nexport const b = readFileSync;\n"],
  ['shared/quotes/a4.ts', "import { useState } from 'react';\nexport const b = useState;\n"],
  ['client/quotes/a5.ts', "import { a } from '../../server/main.ts';\nexport const b = a;\n"],
  ['server/quotes/a6.ts', "import { a } from '../../client/main.tsx';\nexport const b = a;\n"],
  ['server/quotes/a7.ts', "import { a } from '../adapters/sql/database.ts';\nexport const b = a;\n"],
] as const;

const ALLOWED = [
  ['client/quotes/b1.ts', "import { a } from '../../shared/a.ts';\nexport const b = a;\n"],
  ['server/compose.ts', "import { a } from './adapters/a.ts';\nexport const b = a;\n"],
  ['server/quotes/b2.ts', "import { a } from '../ports/a.ts';\nexport const b = a;\n"],
] as const;

const IMPURE = ['shared/quotes/c1.ts', 'export const b = window.name;\n'] as const;
const BARREL = ['server/quotes/d1.ts', "export * from './b2.ts';\n"] as const;

interface Finding {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

describe('the linter holds the directions of the architecture', () => {
  const copy = mkdtempSync(join(tmpdir(), 'directions-'));
  let findings: readonly Finding[] = [];

  beforeAll(() => {
    copyFileSync(join(root, 'biome.json'), join(copy, 'biome.json'));
    for (const [path, source] of [...REFUSED, ...ALLOWED, IMPURE, BARREL]) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), source);
    }
    const run = spawnSync(
      process.execPath,
      [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    findings = (JSON.parse(run.stdout) as { diagnostics: Finding[] }).diagnostics;
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  /** @returns the names of the rules that one file breaks */
  function broken(path: string): string {
    return findings
      .filter(({ location }) => {
        const found = typeof location.path === 'string' ? location.path : location.path.file;
        return found.endsWith(path);
      })
      .map((finding) => finding.category)
      .join(' ');
  }

  it.each(REFUSED)('refuses in %s: %s', (path) => {
    expect(broken(path)).toContain('noRestrictedImports');
  });

  it('refuses what reads the page or the process in shared/', () => {
    expect(broken(IMPURE[0])).toContain('noRestrictedGlobals');
  });

  it('refuses a file that only passes on what others export', () => {
    expect(broken(BARREL[0])).toMatch(/noBarrelFile|noReExportAll/);
  });

  it.each(ALLOWED)('has nothing against %s: %s', (path) => {
    expect(broken(path)).not.toContain('noRestricted');
  });
});
