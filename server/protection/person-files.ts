import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express from 'express';
import { z } from 'zod';
import { personFile } from '../../shared/protection/person-file.ts';
import { contentDisposition } from '../../shared/publishing/file-name.ts';
import { bySession } from '../accounts/arrivals.ts';
import { actorOf } from '../accounts/authentication.ts';
import { hasShownPasskey, passkeyNeeded, studiesAsking } from '../accounts/passkey-duty.ts';
import { requireScope } from '../accounts/token-scope.ts';
import { recordInStudy, recordOfPerson } from '../audit/audit-chain.ts';
import { addressOf, limitKey } from '../http/addresses.ts';
import { signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { loadSpeakers } from '../quotes/speakers.ts';
import { nothingThere, openStudy } from '../studies/study-gate.ts';
import { isHeldBy } from './held-people.ts';
import { personHtml, personJson, speakerHtml, speakerJson } from './person-file-text.ts';
import { loadAccount } from './person-rows.ts';

type Needs = Pick<Parts, 'records' | 'authentication' | 'limits' | 'clock' | 'log' | 'settings'>;
type Format = 'json' | 'html';

interface Wanted {
  readonly personId: string;
  readonly study: { readonly id: string; readonly title: string } | null;
  readonly format: Format;
}

/**
 * Everything that is held on one person, as a file made on demand: for themselves, of
 * the whole service; for the lead of a study, what that study holds on somebody.
 */
export function personFiles(parts: Needs): express.Router {
  const { records, clock } = parts;
  const router = express.Router();

  for (const format of ['json', 'html'] as const) {
    const own = `/api/account/export.${format}` as const;
    router.get(own, async (request, response) => {
      const by = await parts.authentication.ofRequest(request);
      parts.limits.take(by, limitKey(addressOf(request)), `GET ${own}`);
      const asker = bySession({ by });
      const { personId } = asker;
      // It tells of each of their studies, those included that open by a passkey alone.
      const isAsked = (await studiesAsking(records.read, personId)).length > 0;
      if (isAsked && !(await hasShownPasskey(records.read, asker))) throw passkeyNeeded();
      const wanted: Wanted = { personId, study: null, format };
      const send = await prepare(parts, wanted);
      // What cannot be recorded is not given out.
      await records.transaction((transaction) =>
        recordOfPerson(transaction, personId, {
          kind: 'person-exported',
          by: actorOf(request, by),
          at: clock.now(),
          object: { kind: 'person', id: personId },
          detail: { format, reach: 'own' },
        }),
      );
      await send(response);
    });

    const route = `/api/studies/:studyId/people/:personId/export.${format}` as const;
    router.get(route, async (request, response) => {
      const by = await parts.authentication.ofRequest(request);
      parts.limits.take(by, limitKey(addressOf(request)), `GET ${route}`);
      const asker = signedIn({ by }).personId;
      const { studyId, personId } = request.params as { studyId: string; personId: string };
      await requireScope(records.read, by, `GET ${route}`, { studyId, personId });
      const { study } = await openStudy(records.read, asker, studyId, 'export-person', { binned: true });
      if (!(await isHeldBy(records.read, studyId, personId))) throw nothingThere();
      const wanted: Wanted = { personId, study, format };
      const send = await prepare(parts, wanted);
      await records.transaction((transaction) =>
        recordInStudy(transaction, studyId, {
          kind: 'person-exported',
          by: actorOf(request, by),
          at: clock.now(),
          object: { kind: 'person', id: personId },
          detail: { format, reach: 'study' },
        }),
      );
      await send(response);
    });
  }

  for (const format of ['json', 'html'] as const) {
    const route = `/api/studies/:studyId/speakers/:speakerId/export.${format}` as const;
    router.get(route, async (request, response) => {
      const by = await parts.authentication.ofRequest(request);
      parts.limits.take(by, limitKey(addressOf(request)), `GET ${route}`);
      const asker = signedIn({ by }).personId;
      const { studyId, speakerId } = request.params as { studyId: string; speakerId: string };
      await requireScope(records.read, by, `GET ${route}`, { studyId, speakerId });
      const { study } = await openStudy(records.read, asker, studyId, 'export-person', { binned: true });
      const { rows, facts } = await loadSpeakers(records.read, studyId);
      const speaker = rows.find(({ id }) => id === speakerId);
      if (!speaker) throw nothingThere();
      // Letters to an address that others read as well may be about any of them.
      const email = facts.address(speakerId) === 'personal' ? speaker.email : '';
      const reach = { records: records.read, personId: '', email, studyId, speakerId };
      const head = { about: aboutNow(parts, study), name: speaker.name || 'a former speaker' };
      await records.transaction((transaction) =>
        recordInStudy(transaction, studyId, {
          kind: 'person-exported',
          by: actorOf(request, by),
          at: clock.now(),
          object: { kind: 'speaker', id: speakerId },
          detail: { format, reach: 'study' },
        }),
      );
      const text = format === 'json' ? speakerJson(head, reach) : speakerHtml(head, reach);
      await send(parts, response, { name: `What is held on ${head.name}`, format, text, of: speakerId });
    });
  }

  const schema = JSON.stringify(z.toJSONSchema(personFile, { io: 'output' }), null, 2);
  router.get('/api/person-file/schema.json', (_request, response) => {
    response.type('application/schema+json').send(schema);
  });
  return router;
}

/** @returns sends the file, read while it is sent, so that no more than a bit of it is ever in memory */
async function prepare(
  parts: Needs,
  { personId, study, format }: Wanted,
): Promise<(response: express.Response) => Promise<void>> {
  const { records } = parts;
  const account = await loadAccount(records.read, personId);
  if (!account) throw nothingThere();
  const head = { about: aboutNow(parts, study), account };
  const reach = { records: records.read, personId, email: account.email, studyId: study?.id ?? null };
  const name = `What is held on ${account.name}`;
  return (response) => {
    const text = format === 'json' ? personJson(head, reach) : personHtml(head, reach);
    return send(parts, response, { name, format, text, of: personId });
  };
}

function aboutNow({ clock, settings }: Needs, study: Wanted['study']) {
  return {
    madeAt: new Date(clock.now()).toISOString(),
    reach: study ? ('study' as const) : ('own' as const),
    studyId: study?.id ?? null,
    study: study?.title ?? null,
    service: settings.publicUrl,
  };
}

interface Outgoing {
  readonly name: string;
  readonly format: Format;
  readonly text: AsyncGenerator<string>;
  /** Id of whom it is about, for the log. */
  readonly of: string;
}

async function send(
  { log }: Needs,
  response: express.Response,
  { name, format, text, of }: Outgoing,
): Promise<void> {
  response
    .set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private, no-store',
      'Content-Disposition': contentDisposition(
        name,
        `.${format}`,
        format === 'json' ? 'attachment' : 'inline',
      ),
    })
    .type(format === 'json' ? 'application/json' : 'text/html; charset=utf-8');
  try {
    await pipeline(Readable.from(text), response);
  } catch (cause) {
    // Half a file is on its way: it is cut, so that nobody takes it for a whole one.
    log.warn('what is held on a person could not be sent whole', { person: of }, cause);
    response.destroy();
  }
}
