import type { BlockWriting } from '../collaboration/block-writing.ts';
import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { nothingThere } from '../studies/study-gate.ts';

/** The page of a speaker: their own words, and nothing else (ACCESS-5). */
export function speakerRoutes({ clock }: Parts, _writing: BlockWriting): Routes {
  const none = async (call: Parameters<typeof signedIn>[0]): Promise<never> => {
    signedIn(call);
    throw nothingThere();
  };
  return {
    'GET /api/contact/quotes': async (call) => {
      signedIn(call);
      return { words: [], now: clock.now() };
    },
    'POST /api/contact/quotes/opened': none,
    'POST /api/contact/asks/:askId/answer': none,
    'POST /api/contact/quotes/consent': none,
    'POST /api/contact/quotes/:quoteId/withdraw': none,
    'POST /api/contact/speakers/:speakerId/not-me': none,
  };
}
