import express from 'express';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import { certificateCheckHtml, certificateHtml } from '../../shared/quotes/certificate.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { actorOf } from '../accounts/authentication.ts';
import { requireScope } from '../accounts/token-scope.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { signedIn } from '../http/routes.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import { nothingThere, openBlock } from '../studies/study-gate.ts';
import { checkCertificate } from './certificate-check.ts';
import { sceneOf, viewNeeds } from './quote-acts.ts';
import { followQuote, headOf } from './quote-check.ts';
import { loadQuote } from './quote-store.ts';
import { wholeQuoteView } from './quote-views.ts';
import type { Speakers } from './speakers.ts';

function namedBy({ by }: QuoteEvent, name: string, { attribution }: Speakers): string {
  return by.who === 'speaker' ? attribution(by.id).text || 'The speaker' : by.who === 'guardian' ? '' : name;
}

const ROUTE = 'GET /api/quotes/:quoteId/certificate.html';

const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
};

/** The record of a quote on one page, and what its code says: `GET /api/quotes/:quoteId/certificate.html`. */
export function certificateFiles(parts: Parts): express.Router {
  const router = express.Router();
  router.get('/api/quotes/:quoteId/certificate.html', async (request, response) => {
    const { records, clock, settings } = parts;
    const by = await parts.authentication.ofRequest(request);
    parts.limits.take(by, limitKey(addressOf(request)), ROUTE);
    const { personId } = signedIn({ by });
    const { quoteId } = request.params;
    await requireScope(records.read, by, ROUTE, { quoteId });
    const scene = await sceneOf(parts, quoteId);
    await openBlock(records.read, personId, scene.row.block_id, 'see-study', 'read');
    const kept = await loadQuote(records.read, quoteId);
    if (!kept) throw nothingThere();
    const needs = await viewNeeds(parts, scene, [scene.theCase], personId, [kept]);
    const { broken } = await followQuote(records.read, quoteId, headOf(kept.row));
    const { quote, steps, code, erasedAt } = wholeQuoteView(kept, needs, {
      broken: broken?.seq ?? null,
      mayErase: false,
    });
    const { zone } = await hoursOf(records.read, scene.study.id);
    const page = certificateHtml({
      studyTitle: scene.study.title,
      caseTitle: scene.theCase.title,
      wording: erasedAt === null ? (quote.uses[0]?.wording ?? quote.captured) : 'Its words were erased.',
      speakers: quote.speakerIds.map((id) => needs.speakers.attribution(id).text),
      how: quote.how,
      saidOn: quote.saidOn,
      source: quote.source,
      word: quote.word,
      broken: broken?.seq ?? null,
      // it is passed on: speakers are named in it as they are beside their words (NAME-1)
      steps: steps.map(({ event, by: name }) => ({ event, by: namedBy(event, name, needs.speakers) })),
      nameOf: (id) => needs.speakers.attribution(id).text || 'the speaker',
      code,
      checkAt: `${settings.publicUrl}/api/certificates/${code}`,
      madeAt: clock.now(),
      zone,
    });
    // What cannot be recorded is not given out.
    await records.transaction((transaction) =>
      recordInStudy(transaction, scene.study.id, {
        kind: 'quote-certified',
        by: actorOf(request, by),
        at: clock.now(),
        caseId: scene.row.case_id,
        detail: { quote: quoteId },
      }),
    );
    response
      .set({
        ...PAGE_HEADERS,
        'Content-Disposition': contentDisposition('Certificate of a quote', '.html', 'inline'),
      })
      .type('text/html; charset=utf-8')
      .send(page);
  });
  // Whoever follows the link of a receipt or certificate reads a sentence; programs go on to the JSON of the same address.
  router.get('/api/certificates/:code', async (request, response, next) => {
    response.vary('Accept');
    if (request.accepts(['json', 'html']) !== 'html') {
      next();
      return;
    }
    const by = await parts.authentication.ofRequest(request);
    parts.limits.take(by, limitKey(addressOf(request)), 'GET /api/certificates/:code');
    const { code } = request.params;
    const check = await checkCertificate(parts.records.read, code);
    response
      .status(check ? 200 : 404)
      .set(PAGE_HEADERS)
      .type('text/html; charset=utf-8')
      .send(certificateCheckHtml(code, check));
  });
  return router;
}
