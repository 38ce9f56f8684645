import express from 'express';
import { FILE_ROUTES } from '../../shared/api/file-routes.ts';
import { caseOutline } from '../../shared/publishing/case-outline.ts';
import { draftHtml } from '../../shared/publishing/draft-html.ts';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import { actorOf } from '../accounts/authentication.ts';
import { requireScope } from '../accounts/token-scope.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { openCase } from '../studies/study-gate.ts';
import { loadCaseContent } from './case-content.ts';
import { draftDocx } from './docx-draft.ts';

const DOCX = FILE_ROUTES['GET /api/cases/:caseId/export.docx'].type;

/** Drafts of a case as files: `GET /api/cases/:caseId/export.html` and `export.docx`. */
export function publishingFiles(parts: Parts): express.Router {
  const router = express.Router();

  /** What cannot be recorded is not given out. */
  const draftOf = async (request: express.Request<{ caseId: string }>, format: 'html' | 'docx') => {
    const by = await parts.authentication.ofRequest(request);
    const route = `GET /api/cases/:caseId/export.${format}` as const;
    parts.limits.take(by, limitKey(addressOf(request)), route);
    const { personId } = signedIn({ by });
    const { caseId } = request.params;
    await requireScope(parts.records.read, by, route, { caseId });
    const { studyId } = await openCase(parts.records.read, personId, caseId, 'export-case');
    const outline = caseOutline(await loadCaseContent(parts, personId, caseId));
    const deed = { by: actorOf(request, by), at: parts.clock.now(), caseId, detail: { format } };
    await parts.records.transaction((records) =>
      recordInStudy(records, studyId, { kind: 'exported', ...deed }),
    );
    return outline;
  };

  router.get('/api/cases/:caseId/export.html', async (request, response) => {
    const outline = await draftOf(request, 'html');
    response
      .set({
        // whatever slipped through: no script, no request, nothing but its own styles (INPUT-2)
        'Content-Security-Policy':
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'private, no-store',
        'Content-Disposition': contentDisposition(`${outline.title} (draft)`, '.html', 'inline'),
      })
      .type('text/html; charset=utf-8')
      .send(draftHtml(outline));
  });

  router.get('/api/cases/:caseId/export.docx', async (request, response) => {
    const outline = await draftOf(request, 'docx');
    const bytes = await draftDocx(outline);
    response
      .set({
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
        'Content-Disposition': contentDisposition(`${outline.title} (draft)`, '.docx', 'attachment'),
      })
      .type(DOCX)
      .send(bytes);
  });

  return router;
}
