import { type Routes, signedIn } from '../http/routes.ts';
import type { Parts } from '../parts.ts';
import type { Records } from '../ports/record-store.ts';
import { contactCases } from './contact-cases.ts';

/** The page of somebody at a school. */
export function contactRoutes(parts: Parts): Routes {
  return {
    'GET /api/contact': async (call) => {
      const { personId } = signedIn(call);
      const cases = await contactCases(parts, personId, null);
      return { cases, isContact: cases.length > 0 || (await wasInvited(parts.records.read, personId)) };
    },
  };
}

/** Whoever has left took up an invitation once. */
async function wasInvited(records: Records, personId: string): Promise<boolean> {
  const link = await records
    .selectFrom('links')
    .select('id')
    .where('user_id', '=', personId)
    .where('kind', '=', 'contact')
    .where('used_at', 'is not', null)
    .executeTakeFirst();
  return link !== undefined;
}
