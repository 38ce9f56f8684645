import express from 'express';
import type { Transaction } from 'kysely';
import type { FrameworkSummary } from '../../shared/api/studies.ts';
import type { Framework } from '../../shared/framework/framework.ts';
import {
  exportFramework,
  frameworkJsonSchema,
  parseFramework,
} from '../../shared/framework/framework-schema.ts';
import { type Actor, recordInService } from '../audit/audit-chain.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import type { Tables } from '../ports/tables.ts';
import { nothingThere } from '../studies/study-gate.ts';
import { isOnATeam, mayCreate } from '../studies/study-routes.ts';
import { allFrameworks, builtInFramework, findFramework } from './framework-registry.ts';

/** Frameworks: list, read as JSON, publish a new version. */
export function frameworkRoutes(parts: Parts): Routes {
  const { records, clock } = parts;
  return {
    'GET /api/frameworks': async (call) => {
      await requireTeam(records.read, signedIn(call).personId);
      return { frameworks: (await allFrameworks(records.read)).map(summary) };
    },

    'POST /api/frameworks': async (call) => {
      const { personId } = signedIn(call);
      if (!(await mayCreate(records.read, personId))) {
        throw new Refusal(
          'no-access',
          'Only leads of a study, and the owner of this service, add frameworks.',
        );
      }
      const parsed = parseFramework(call.body);
      if (!parsed.ok) {
        throw new Refusal('bad-request', 'This is not a framework that can be used.', [...parsed.problems]);
      }
      const { framework } = parsed;
      await records.transaction((transaction) =>
        publish(transaction, framework, { by: personId, at: clock.now() }, call.actor),
      );
      return summary(framework);
    },

    'GET /api/frameworks/:frameworkId/:version': async (call) => {
      await requireTeam(records.read, signedIn(call).personId);
      const { frameworkId, version } = call.params;
      if (!/^[1-9]\d{0,8}$/.test(version)) throw nothingThere();
      const framework = await findFramework(records.read, frameworkId, Number(version));
      if (!framework) throw nothingThere();
      return framework;
    },
  };
}

/** What a study asks of its cases is its team's: a school gets the sections that are shared with it (ACCESS-5). */
async function requireTeam(records: Records, personId: string): Promise<void> {
  if (await isOnATeam(records, personId)) return;
  throw new Refusal(
    'no-access',
    'Only people of a study’s team, and the owner of this service, read frameworks.',
  );
}

/** `GET /api/frameworks/schema.json`: what a framework may be, for editors and other tools; open to all. */
export function frameworkFiles(): express.Router {
  const router = express.Router();
  const schema = JSON.stringify(frameworkJsonSchema(), null, 2);
  router.get('/api/frameworks/schema.json', (_request, response) => {
    response.type('application/schema+json').send(schema);
  });
  return router;
}

/** A published version never changes: the same again is fine, anything else is refused. */
async function publish(
  records: Transaction<Tables>,
  framework: Framework,
  now: { readonly by: string; readonly at: number },
  actor: Actor,
): Promise<void> {
  const json = exportFramework(framework);
  const builtIn = builtInFramework(framework.id, framework.version);
  const imported = await records
    .selectFrom('frameworks')
    .select('json')
    .where('id', '=', framework.id)
    .where('version', '=', framework.version)
    .executeTakeFirst();
  const earlier = builtIn ? exportFramework(builtIn) : imported?.json;
  if (earlier === json) return;
  if (earlier !== undefined) {
    throw new Refusal(
      'conflict',
      `Version ${framework.version} of “${framework.id}” is published and never changes. Give yours a new version.`,
    );
  }
  await records
    .insertInto('frameworks')
    .values({
      id: framework.id,
      version: framework.version,
      json,
      imported_at: now.at,
      imported_by: now.by,
    })
    .execute();
  await recordInService(records, {
    kind: 'framework-published',
    by: actor,
    at: now.at,
    object: { kind: 'framework', id: framework.id },
    detail: { version: framework.version },
  });
}

function summary(framework: Framework): FrameworkSummary {
  return {
    id: framework.id,
    version: framework.version,
    title: framework.title,
    description: framework.description,
    sections: framework.sections.length,
  };
}
