import type { Transaction } from 'kysely';
import { recordInStudy } from '../../server/audit/audit-chain.ts';
import { type AuditCheck, checkAudit } from '../../server/audit/audit-check.ts';
import { auditFiles } from '../../server/audit/audit-files.ts';
import type { Tables } from '../../server/ports/tables.ts';
import { publishingFiles } from '../../server/publishing/publishing-files.ts';
import { createWorld, type World } from '../studies/world.ts';
import { TEST_PERSON_HEADER } from '../support/parts.ts';
import { PageCalls, startWeb } from '../support/web.ts';

export interface AuditOnTrial {
  readonly world: World;
  readonly url: string;
  /** Calls over HTTP as somebody; null for nobody. */
  as(personId: string | null): PageCalls;
  /** Resolves when refusals are on disk; those that are only counted so far as well, unless told otherwise. */
  written(options?: { readonly flush: boolean }): Promise<void>;
  /** Writes a record of nobody in particular. */
  plant(studyId: string, kind: 'signed-out', records?: Transaction<Tables>): Promise<void>;
  check(): Promise<AuditCheck>;
  close(): Promise<void>;
}

/** The studies and their record over real HTTP, where a header says who asks. */
export async function openAudit(): Promise<AuditOnTrial> {
  const world = await createWorld();
  const { parts } = world;
  const files = [auditFiles(parts), publishingFiles(parts)];
  const web = await startWeb(parts, [world.routes], null, files);
  return {
    world,
    url: web.url,
    as: (personId) =>
      new PageCalls(
        web.url,
        parts.settings.publicUrl,
        personId === null ? {} : { [TEST_PERSON_HEADER]: personId },
      ),
    async written({ flush } = { flush: true }) {
      // The answer is out before its refusal is noted.
      for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
      if (flush) await parts.refusals.settled();
      else await parts.refusals.underWay();
    },
    async plant(studyId, kind, records) {
      const by = { personId: null, way: 'server', tokenId: null, from: '' } as const;
      const deed = { kind, by, at: parts.clock.now(), detail: {} };
      if (records) await recordInStudy(records, studyId, deed);
      else await parts.records.transaction((transaction) => recordInStudy(transaction, studyId, deed));
    },
    check: () => checkAudit(parts.records),
    async close() {
      await web.close();
      await world.close();
    },
  };
}
