import type { Parts } from '../parts.ts';
import { issueLink, revokeLinks } from './links.ts';
import { hasHost } from './people.ts';

/**
 * While nobody owns the installation, every start makes a new link for whoever
 * sees the console; earlier ones stop working.
 * @returns null once somebody is the owner
 */
export async function ownerLink(
  parts: Pick<Parts, 'records' | 'clock' | 'random' | 'settings'>,
): Promise<string | null> {
  return parts.records.transaction(async (records) => {
    if (await hasHost(records)) return null;
    await revokeLinks(parts, records, { kind: 'owner' });
    return (await issueLink(parts, { kind: 'owner' }, records)).url;
  });
}
