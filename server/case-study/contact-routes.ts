import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import { contactCases } from './contact-cases.ts';

/** The page of somebody at a school. */
export function contactRoutes(parts: Parts): Routes {
  return {
    'GET /api/contact': async (call) => {
      const { personId } = signedIn(call);
      return { cases: await contactCases(parts, personId, null) };
    },
  };
}
