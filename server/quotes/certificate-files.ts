import express from 'express';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import {
  type Certificate,
  certificateCheckHtml,
  certificateHtml,
  certificateWords,
} from '../../shared/quotes/certificate.ts';
import { CERTIFICATE_SOURCE } from '../../shared/quotes/certificate-source.ts';
import type { QuoteEvent } from '../../shared/quotes/quote-event.ts';
import { actorOf } from '../accounts/authentication.ts';
import { requireScope } from '../accounts/token-scope.ts';
import { recordInStudy } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { Refusal } from '../http/refusal.ts';
import { signedIn } from '../http/routes.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import { CannotTypesetError } from '../ports/typesetter.ts';
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

const TITLE = 'Certificate of a quote';

const NO_PDF: Readonly<Record<CannotTypesetError['why'], string>> = {
  'no-typesetter': 'No PDF can be made on this computer. Open the certificate as a page, and print that.',
  'no-font':
    'There are letters in it for which no font is here. Open the certificate as a page, and print that.',
  failed: 'The PDF could not be made. Open the certificate as a page, and print that.',
};

const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
};

type Format = 'html' | 'pdf';

/** The record of a quote on one page, as a page or a PDF, and what its code says. */
export function certificateFiles(parts: Parts): express.Router {
  const router = express.Router();

  /** @returns what stands on it; that it was given out is recorded by then */
  const certificateFor = async (
    request: express.Request,
    quoteId: string,
    format: Format,
    make: (certificate: Certificate) => Promise<string | Buffer>,
  ): Promise<string | Buffer> => {
    const { records, clock, settings } = parts;
    const route = `GET /api/quotes/:quoteId/certificate.${format}` as const;
    const by = await parts.authentication.ofRequest(request);
    parts.limits.take(by, limitKey(addressOf(request)), route);
    const { personId } = signedIn({ by });
    await requireScope(records.read, by, route, { quoteId });
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
    const made = await make({
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
      isNamed: quote.speakerIds.every((id) => needs.speakers.attribution(id).naming === 'name-and-role'),
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
    return made;
  };

  router.get('/api/quotes/:quoteId/certificate.html', async (request, response) => {
    const page = await certificateFor(request, request.params.quoteId, 'html', async (certificate) =>
      certificateHtml(certificate),
    );
    response
      .set({ ...PAGE_HEADERS, 'Content-Disposition': contentDisposition(TITLE, '.html', 'inline') })
      .type('text/html; charset=utf-8')
      .send(page);
  });

  router.get('/api/quotes/:quoteId/certificate.pdf', async (request, response) => {
    const file = await certificateFor(request, request.params.quoteId, 'pdf', async (certificate) => {
      try {
        return Buffer.from(await parts.typesetter.pdf(CERTIFICATE_SOURCE, certificateWords(certificate)));
      } catch (cause) {
        if (!(cause instanceof CannotTypesetError)) throw cause;
        if (cause.why === 'failed') parts.log.error('a certificate could not be typeset', {}, cause);
        throw new Refusal('unavailable', NO_PDF[cause.why]);
      }
    });
    response
      .set({ ...PAGE_HEADERS, 'Content-Disposition': contentDisposition(TITLE, '.pdf', 'attachment') })
      .type('application/pdf')
      .send(file);
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
