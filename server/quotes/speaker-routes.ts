import type { Receipt, SpeakerQuotes } from '../../shared/api/speaker-quotes.ts';
import { CHANNEL_WORDS, listed, receiptLine } from '../../shared/quotes/receipt.ts';
import type { BlockWriting } from '../collaboration/block-writing.ts';
import { Refusal } from '../http/refusal.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { caseChanged } from '../studies/announcements.ts';
import { openGuardianAsks } from './guardian-acts.ts';
import {
  type AtTheirPage,
  answerAsk,
  consentTo,
  isNotMe,
  type OwnDeed,
  openAsks,
  withdrawWords,
} from './own-acts.ts';
import { ownWords } from './own-words.ts';
import { certificateCode } from './quote-views.ts';
import type { Receipts } from './receipts.ts';
import { takeWordsOut } from './withdrawing.ts';

/** The page of a speaker: their own words, and nothing else (ACCESS-5). */
export function speakerRoutes(parts: Parts, writing: BlockWriting, receipts: Receipts): Routes {
  /** @throws Refusal for a program: nobody answers but the person, at their page (QUOTE-1) */
  const page = (call: Parameters<typeof signedIn>[0] & Pick<AtTheirPage, 'actor'>): AtTheirPage => {
    const by = signedIn(call);
    if (by.via !== 'session') throw new Refusal('no-access', 'A program cannot answer for somebody.');
    return { personId: by.personId, actor: call.actor };
  };
  const told = async (by: AtTheirPage, deed: OwnDeed, line: string, always = false): Promise<Receipt> => {
    const words: SpeakerQuotes = await ownWords(parts, by.personId);
    receipts.sendWhenDone(by.personId, words, always);
    const [quote] = deed.quotes;
    return { words, receipt: { at: deed.at, line, code: quote ? certificateCode(quote) : '' } };
  };
  return {
    'GET /api/contact/quotes': async (call) => ownWords(parts, signedIn(call).personId),

    'POST /api/contact/quotes/opened': async (call) => {
      const by = page(call);
      await openAsks(parts, by, call.body.asks);
      await openGuardianAsks(parts, by, call.body.asks);
      return { ok: true };
    },

    'POST /api/contact/asks/:askId/answer': async (call) => {
      const by = page(call);
      const { askId } = call.params;
      const deed = await answerAsk(parts, by, askId, call.body);
      const ask = deed.quotes[0]?.record.asks.find(({ id }) => id === askId);
      const wording = ask?.answer?.wording ?? ask?.shown.wording ?? '';
      return told(by, deed, receiptLine(call.body.kind, wording));
    },

    'POST /api/contact/quotes/consent': async (call) => {
      const by = page(call);
      const deed = await consentTo(parts, by, call.body);
      const where = call.body.channels.map((channel) => CHANNEL_WORDS[channel]);
      const what = deed.quotes.length === 1 ? 'A quote of yours' : `${deed.quotes.length} quotes of yours`;
      return told(
        by,
        deed,
        where.length === 0 ? `${what} may appear nowhere` : `${what} may appear ${listed(where)}`,
      );
    },

    'POST /api/contact/quotes/:quoteId/withdraw': async (call) => {
      const by = page(call);
      const deed = await withdrawWords(parts, by, call.params.quoteId, call.body.speakerId);
      const [quote] = deed.quotes;
      if (quote) {
        const { study } = deed.own;
        const out = await takeWordsOut(parts, writing, { row: quote.row, study }, by.personId);
        if (out) caseChanged(parts.bus, study.id, quote.row.case_id);
      }
      const wording = quote?.record.asks.findLast(({ speaker }) => speaker === call.body.speakerId)?.shown
        .wording;
      return told(by, deed, receiptLine('withdrawn', wording ?? ''), true);
    },

    'POST /api/contact/quotes/receipt': async (call) => {
      await receipts.send(page(call).personId);
      return { ok: true };
    },

    'POST /api/contact/speakers/:speakerId/not-me': async (call) => {
      await isNotMe(parts, page(call), call.params.speakerId);
      return { ok: true };
    },
  };
}
