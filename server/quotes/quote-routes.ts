import type { Access } from '../../shared/permissions/access.ts';
import { includesAccess } from '../../shared/permissions/access.ts';
import { mayInStudy, type StudyAct } from '../../shared/permissions/study-acts.ts';
import { attributionOf } from '../../shared/quotes/attribution.ts';
import type { QuoteActor } from '../../shared/quotes/quote-event.ts';
import type { Ask, Verification } from '../../shared/quotes/quote-record.ts';
import { lapseMoment } from '../../shared/quotes/reminders.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import { hoursOf } from '../letters/study-hours.ts';
import type { Parts } from '../parts.ts';
import { lookUpBlock } from '../studies/access-lookup.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere, openBlock } from '../studies/study-gate.ts';
import { refuseUnfit, sameWording } from './capturing.ts';
import { checkCertificate } from './certificate-check.ts';
import { changeSource } from './changing-source.ts';
import { answerTo } from './own-words.ts';
import { type QuoteScene, refused, sceneOf, shownOf, takeStep, viewNeeds, viewOf } from './quote-acts.ts';
import { followQuote, headOf } from './quote-check.ts';
import { loadQuote } from './quote-store.ts';
import { termsOf } from './quote-terms.ts';
import { editUses, replaceUse } from './quote-text.ts';
import { wholeQuoteView } from './quote-views.ts';
import type { PlacedUse } from './quoted-text.ts';
import { requireSeen, requireSeenWords } from './seen-words.ts';
import { setNaming } from './speakers.ts';
import { besideScan, evidenceOf } from './step-scans.ts';
import { takeWordsOut } from './withdrawing.ts';

/** What is done with one quote by the team, up to what a speaker said by phone or on paper. */
export function quoteRoutes(parts: Parts, writing: BlockWriting): Routes {
  const { records, bus } = parts;

  /** @throws Refusal as `openBlock`, of the section where the quote was captured */
  const open = async (
    personId: string,
    quoteId: string,
    act: StudyAct,
    needed: Access,
  ): Promise<QuoteScene> => {
    const scene = await sceneOf(parts, quoteId);
    await openBlock(records.read, personId, scene.row.block_id, act, needed);
    return scene;
  };

  /** Puts words into a use, where the member may write there. @returns whether it could be done */
  const putInto = async (
    scene: QuoteScene,
    personId: string,
    use: string,
    wording: string,
  ): Promise<boolean> => {
    const places = scene.text.usesOf(scene.row).filter((place) => place.use.use === use);
    const mine: PlacedUse[] = [];
    for (const place of places) {
      const found = await lookUpBlock(records.read, personId, place.blockId);
      if (found && includesAccess(found.decision.access, 'write')) mine.push(place);
    }
    const changed = await editUses(writing, mine, personId, (doc) =>
      replaceUse(doc, scene.row.id, use, wording),
    );
    if (changed) caseChanged(bus, scene.study.id, scene.row.case_id);
    return changed;
  };

  const member = (personId: string): QuoteActor => ({ who: 'member', id: personId });

  return {
    'GET /api/certificates/:code': async (call) => {
      const check = await checkCertificate(records.read, call.params.code);
      if (!check) throw nothingThere();
      return check;
    },

    'GET /api/quotes/:quoteId': async (call) => {
      const { personId } = signedIn(call);
      const scene = await sceneOf(parts, call.params.quoteId);
      const { role } = await openBlock(records.read, personId, scene.row.block_id, 'see-study', 'read');
      const kept = await loadQuote(records.read, scene.row.id);
      if (!kept) throw nothingThere();
      const needs = await viewNeeds(parts, scene, [scene.theCase], personId, [kept]);
      const found = await lookUpBlock(records.read, personId, scene.row.block_id);
      const mayChange =
        found?.role != null &&
        mayInStudy(found.role, 'keep-quotes') &&
        includesAccess(found.decision.access, 'write') &&
        kept.record.withdrawn.size === 0;
      const { broken } = await followQuote(records.read, kept.row.id, headOf(kept.row));
      return {
        ...wholeQuoteView(kept, needs, {
          broken: broken?.seq ?? null,
          mayErase: mayInStudy(role, 'erase-words'),
        }),
        ...{ studyId: scene.study.id, studyTitle: scene.study.title },
        ...{ caseTitle: scene.theCase.title, mayChange },
      };
    },

    'PATCH /api/quotes/:quoteId': async (call) => {
      const { personId } = signedIn(call);
      const scene = await open(personId, call.params.quoteId, 'keep-quotes', 'write');
      await changeSource(parts, scene, call.actor, call.body);
      return viewOf(parts, scene, personId);
    },

    'POST /api/quotes/:quoteId/check': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { wording } = call.body;
      const scene = await open(personId, quoteId, 'keep-quotes', 'write');
      refuseUnfit(wording);
      await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: ({ quote }) =>
          [...quote.record.checked].some((known) => sameWording(known, wording))
            ? null
            : { kind: 'checked', wording },
      });
      return viewOf(parts, scene, personId);
    },

    'POST /api/quotes/:quoteId/answers': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const scene = await open(personId, quoteId, 'keep-quotes', 'read');
      const { ask, use, speakerId, kind, wording, evidence: written, seen, after } = call.body;
      const evidence = await evidenceOf(records.read, { caseId: scene.row.case_id, personId }, written);
      const by = member(personId);
      const actor = call.actor;
      // before anything is kept: a question without its answer would wait for nobody
      if (kind === 'correction-proposed') refuseUnfit(wording ?? '');
      const { id: studyId } = scene.study;
      const hours = await hoursOf(records.read, studyId);
      const lapsesAt = lapseMoment(parts.clock.now(), hours, await termsOf(records.read, studyId));
      const known = await loadQuote(records.read, quoteId);
      if (!known?.record.asks.some(({ id }) => id === ask)) {
        // what they were asked on the telephone is what stands in the text
        await takeStep(parts, scene, {
          quoteId,
          by,
          actor,
          event: (needs) => {
            const shown = shownOf(needs, use, speakerId);
            requireSeen(shown, seen);
            const way = evidence.how;
            return { kind: 'sent', ask, speaker: speakerId, way, shown, lapsesAt: lapsesAt ?? 0 };
          },
        });
      }
      await takeStep(parts, scene, {
        quoteId,
        by,
        actor,
        event: ({ quote }) => {
          const asked = quote.record.asks.find(({ id }) => id === ask);
          if (asked && asked.speaker !== speakerId) throw nothingThere();
          const given = answerTo(quote, { id: ask });
          const isSame = given?.kind === kind && (given.wording ?? null) === (wording ?? null);
          // a sheet that came after the call is worth a step of its own
          if (isSame && (!evidence.scan || given.evidence?.scan?.hash === evidence.scan.hash)) return null;
          if (asked) requireSeenWords(asked.shown.wording, seen?.wording);
          if (after !== undefined && (given?.at ?? null) !== after) {
            throw new Refusal('conflict', 'They have answered meanwhile. Look at what they said.');
          }
          return {
            kind,
            ask,
            evidence,
            ...(kind === 'correction-proposed' && { wording: wording ?? '' }),
          };
        },
        beside: besideScan(written),
        deed: {
          kind: 'quote-answered',
          detail: { quote: quoteId, said: kind, way: evidence.how },
          object: { kind: 'speaker', id: speakerId },
        },
      });
      return { quote: await viewOf(parts, scene, personId), textChanged: false };
    },

    'POST /api/quotes/:quoteId/asks/:askId/recall': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId, askId } = call.params;
      const scene = await open(personId, quoteId, 'keep-quotes', 'read');
      await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: ({ quote }) =>
          quote.record.asks.find(({ id }) => id === askId)?.over === 'recalled'
            ? null
            : { kind: 'recalled', ask: askId },
        deed: { kind: 'quote-recalled', detail: { quote: quoteId } },
      });
      return viewOf(parts, scene, personId);
    },

    'POST /api/quotes/:quoteId/asks/:askId/correction': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId, askId } = call.params;
      const { decided, wording: seen } = call.body;
      const scene = await open(personId, quoteId, 'keep-quotes', 'write');
      const kept = await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: ({ quote }) => {
          const answer = quote.record.asks.find(({ id }) => id === askId)?.answer;
          if (answer?.decided === decided) return null;
          requireSeenWords(answer?.wording ?? null, seen);
          return { kind: decided === 'accepted' ? 'correction-accepted' : 'correction-returned', ask: askId };
        },
        deed: { kind: 'quote-corrected', detail: { quote: quoteId, decided } },
      });
      const asked = kept.record.asks.find(({ id }) => id === askId);
      const wording = asked?.answer?.wording ?? null;
      const textChanged =
        decided === 'accepted' && asked !== undefined && wording !== null
          ? await putInto(scene, personId, asked.shown.use, wording)
          : false;
      return { quote: await viewOf(parts, scene, personId, { textChanged }), textChanged };
    },

    'POST /api/quotes/:quoteId/fair': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { use, speakerId, reason, seen } = call.body;
      const scene = await open(personId, quoteId, 'find-fair', 'write');
      await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: (needs) => {
          const shown = shownOf(needs, use, speakerId);
          requireSeen(shown, seen);
          return { kind: 'found-fair', speaker: speakerId, shown, reason };
        },
        deed: { kind: 'quote-found-fair', detail: { quote: quoteId } },
      });
      return viewOf(parts, scene, personId);
    },

    'PUT /api/quotes/:quoteId/used': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { used } = call.body;
      const scene = await open(personId, quoteId, 'keep-quotes', 'write');
      await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: ({ quote }) =>
          quote.record.setAside === !used ? null : { kind: used ? 'taken-up' : 'set-aside' },
      });
      return viewOf(parts, scene, personId);
    },

    'POST /api/quotes/:quoteId/consent': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { speakerId, from, naming, channels, until, evidence: written } = call.body;
      const scene = await open(personId, quoteId, 'keep-quotes', 'read');
      const evidence = await evidenceOf(records.read, { caseId: scene.row.case_id, personId }, written);
      await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: ({ speakers }) => {
          const row = speakers.rows.find(({ id }) => id === speakerId);
          return {
            kind: 'consented',
            speaker: speakerId,
            from,
            consent: { channels, until, naming },
            evidence,
            ...(from === 'speaker' && {
              attribution: attributionOf({ name: row?.name ?? '', role: row?.role ?? '', naming }),
            }),
          };
        },
        beside: async (transaction, needs) => {
          if (from === 'speaker') await setNaming(transaction, speakerId, naming);
          await besideScan(written)?.(transaction, needs);
        },
        deed: {
          kind: 'quote-consented',
          detail: { quote: quoteId, from },
          object: { kind: 'speaker', id: speakerId },
        },
      });
      return viewOf(parts, scene, personId);
    },

    'POST /api/quotes/:quoteId/withdraw': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { speakerId, from, evidence: written } = call.body;
      const scene = await open(personId, quoteId, 'keep-quotes', 'read');
      const evidence = await evidenceOf(records.read, { caseId: scene.row.case_id, personId }, written);
      await takeStep(parts, scene, {
        quoteId,
        by: member(personId),
        actor: call.actor,
        event: ({ quote }) =>
          quote.record.withdrawn.has(speakerId)
            ? null
            : { kind: 'withdrawn', speaker: speakerId, from, evidence },
        beside: besideScan(written),
        deed: {
          kind: 'quote-withdrawn',
          detail: { quote: quoteId, from },
          object: { kind: 'speaker', id: speakerId },
        },
      });
      const textChanged = await takeWordsOut(parts, writing, scene, personId);
      if (textChanged) caseChanged(bus, scene.study.id, scene.row.case_id);
      return { quote: await viewOf(parts, scene, personId, { textChanged }), textChanged };
    },

    'POST /api/quotes/:quoteId/restore': async (call) => {
      const { personId } = signedIn(call);
      const { quoteId } = call.params;
      const { use } = call.body;
      const scene = await open(personId, quoteId, 'keep-quotes', 'write');
      const kept = await loadQuote(records.read, quoteId);
      if (!kept) throw nothingThere();
      if (kept.record.withdrawn.size > 0) throw refused('withdrawn');
      const wording = verifiedWords(kept.record.verifications, use) ?? askedWords(kept.record.asks, use);
      if (wording === null) {
        throw new Refusal(
          'conflict',
          'Nobody confirmed words here, or is asked about any, that could be put back.',
        );
      }
      const textChanged = await putInto(scene, personId, use, wording);
      return { quote: await viewOf(parts, scene, personId, { textChanged }), textChanged };
    },
  };
}

/** @returns the words that were verified last in this place, else anywhere; null for none */
function verifiedWords(verifications: readonly Verification[], use: string): string | null {
  const known = verifications.filter(({ shown }) => shown.wording !== null);
  const here = known.filter(({ shown }) => shown.use === use);
  return (here.at(-1) ?? known.at(-1))?.shown.wording ?? null;
}

/** @returns the words that a question in this place still stands open about; null for none */
function askedWords(asks: readonly Ask[], use: string): string | null {
  const open = asks.findLast(
    ({ shown, over, answer }) => shown.use === use && over === null && answer === null,
  );
  return open?.shown.wording ?? null;
}
