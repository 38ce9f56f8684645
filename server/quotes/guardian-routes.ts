import type { SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { caseAndStudy } from '../case-study/case-detail.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { LetterDesk } from '../letters/letter-desk.ts';
import type { Parts } from '../parts.ts';
import { caseChanged } from '../studies/announcements.ts';
import { nothingThere, openCase } from '../studies/study-gate.ts';
import { askGuardian } from './asking-guardians.ts';
import { assentAsTold, consentAsGuardian, isNotTheirs, withdrawAsGuardian } from './guardian-acts.ts';
import { guardianView } from './guardians.ts';
import type { AtTheirPage } from './own-acts.ts';
import { ownWords } from './own-words.ts';
import { viewNeeds } from './quote-acts.ts';
import { loadQuotes } from './quote-store.ts';
import { quoteView } from './quote-views.ts';
import { loadQuotedText } from './quoted-text.ts';
import { loadWaitingAsks } from './waiting-asks.ts';
import { takeWordsOut } from './withdrawing.ts';

/** Parents and carers of children who are quoted: asked by the team, and at their page. */
export function guardianRoutes(parts: Parts, desk: LetterDesk, writing: BlockWriting): Routes {
  const { records, bus } = parts;

  /** @throws Refusal for a program: nobody agrees but the person, at their page */
  const page = (call: Parameters<typeof signedIn>[0] & Pick<AtTheirPage, 'actor'>): AtTheirPage => {
    const by = signedIn(call);
    if (by.via !== 'session') throw new Refusal('no-access', 'A program cannot answer for somebody.');
    return { personId: by.personId, actor: call.actor };
  };
  const now = (by: AtTheirPage): Promise<SpeakerQuotes> => ownWords(parts, by.personId);

  return {
    'GET /api/cases/:caseId/speakers/:speakerId/guardian': async (call) => {
      const { personId } = signedIn(call);
      const { caseId, speakerId } = call.params;
      const { studyId } = await openCase(records.read, personId, caseId, 'keep-quotes');
      return guardianView(parts, studyId, speakerId);
    },

    'POST /api/cases/:caseId/guardian-asks': async (call) => {
      const { personId } = signedIn(call);
      const { caseId } = call.params;
      await openCase(records.read, personId, caseId, 'keep-quotes');
      const { row, study } = await caseAndStudy(records.read, caseId);
      const text = await loadQuotedText(parts, study, [caseId]);
      const wanted = new Set(call.body.asks.map(({ quoteId }) => quoteId));
      const load = async () =>
        (await loadQuotes(records.read, { caseId })).filter(({ row: { id } }) => wanted.has(id));
      const before = await load();
      const needs = await viewNeeds(parts, { study, text }, [row], personId, before);
      const readable = before.filter((quote) => needs.readable.has(quote.row.block_id));
      if (readable.length < wanted.size) throw nothingThere();
      const { refused, link } = await askGuardian(
        parts,
        desk,
        { study, caseId, text, by: call.actor },
        call.body,
      );
      const after = { ...needs, goesAt: await loadWaitingAsks(records.read, study.id) };
      return { quotes: (await load()).map((quote) => quoteView(quote, after)), refused: [...refused], link };
    },

    'POST /api/contact/guarded/consent': async (call) => {
      const by = page(call);
      await consentAsGuardian(parts, by, call.body);
      return now(by);
    },

    'POST /api/contact/guarded/assent': async (call) => {
      const by = page(call);
      await assentAsTold(parts, by, call.body);
      return now(by);
    },

    'POST /api/contact/guarded/:quoteId/withdraw': async (call) => {
      const by = page(call);
      const { charge, quote } = await withdrawAsGuardian(parts, by, call.params.quoteId, call.body.speakerId);
      const { study } = charge;
      const out = await takeWordsOut(parts, writing, { row: quote.row, study }, by.personId);
      if (out) caseChanged(bus, study.id, quote.row.case_id);
      return now(by);
    },

    'POST /api/contact/guarded/:speakerId/not-theirs': async (call) => {
      const by = page(call);
      await isNotTheirs(parts, by, call.params.speakerId);
      return now(by);
    },
  };
}
