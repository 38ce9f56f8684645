import type { Framework } from '../../shared/framework/framework.ts';
import { mentoringAndCoaching } from '../../shared/framework/mentoring-and-coaching.ts';
import type { Records } from '../ports/record-store.ts';

/** Frameworks that come with the program; imported ones stand in the database. */
const BUILT_IN: readonly Framework[] = [mentoringAndCoaching];

/** Parsed texts of imported frameworks; a published version never changes, so its text is the key. */
const parsed = new Map<string, Framework>();
const PARSED_KEPT = 20;

/** @returns the framework that comes with the program under this id and version */
export function builtInFramework(id: string, version: number): Framework | undefined {
  return BUILT_IN.find((framework) => framework.id === id && framework.version === version);
}

/** @returns that version of the framework, built in or imported; null when there is none */
export async function findFramework(
  records: Records,
  id: string,
  version: number,
): Promise<Framework | null> {
  const builtIn = builtInFramework(id, version);
  if (builtIn) return builtIn;
  const row = await records
    .selectFrom('frameworks')
    .select('json')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? readStored(row.json) : null;
}

/**
 * The framework that a study was made with.
 * @throws Error when it is gone: studies keep their framework for ever
 */
export async function studyFramework(records: Records, id: string, version: number): Promise<Framework> {
  const framework = await findFramework(records, id, version);
  if (!framework) throw new Error(`framework ${id} version ${version} is missing`);
  return framework;
}

/** @returns every version of every framework, built-in ones first */
export async function allFrameworks(records: Records): Promise<readonly Framework[]> {
  const rows = await records
    .selectFrom('frameworks')
    .select('json')
    .orderBy('id')
    .orderBy('version')
    .execute();
  const imported = rows.map((row) => readStored(row.json));
  return [...BUILT_IN, ...imported.filter(({ id, version }) => !builtInFramework(id, version))];
}

/** What stands in the table was checked when it was imported. */
function readStored(json: string): Framework {
  const known = parsed.get(json);
  if (known) return known;
  const framework = JSON.parse(json) as Framework;
  for (const oldest of parsed.keys()) {
    if (parsed.size < PARSED_KEPT) break;
    parsed.delete(oldest);
  }
  parsed.set(json, framework);
  return framework;
}
