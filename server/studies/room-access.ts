import { type Decision, opensDocument } from '../../shared/permissions/access.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { loadPerson } from '../accounts/people.ts';
import type { Records } from '../ports/record-store.ts';
import { loadAsker, lookUpBlock, lookUpCase } from './access-lookup.ts';

export interface BlockDecision extends Decision {
  /** One of the study's own people; school contacts see nobody's carets (ACCESS-5). */
  readonly team: boolean;
  /** The study asks for a passkey that was not shown: nothing opens before, and nothing is lost by it (PASSKEY-2). */
  readonly owesPasskey?: true;
}

/** Whether somebody may be in a place that holds no document; `owes-passkey` as with blocks. */
export type PlaceDecision = 'open' | 'closed' | 'owes-passkey';

/** What the rooms of the socket ask of the records; every answer is as of now. */
export interface RoomAccess {
  /**
   * What the person may do in the room of a block: nothing for a contact who does
   * not fill it in, whatever they may read of it elsewhere (ACCESS-5).
   * @returns null when there is no such block
   */
  block(personId: string, blockId: string): Promise<BlockDecision | null>;
  /** @returns whether the person may see who is in the case; school contacts never do (ACCESS-5) */
  case(personId: string, caseId: string): Promise<PlaceDecision>;
  /** @returns whether the person may be told that what is behind a topic of the wire changed (`control.ts`) */
  topic(personId: string, topic: string): Promise<PlaceDecision>;
  /** @returns what stands on the person's cursor (ACCESS-3); null for nobody */
  person(personId: string): Promise<{ id: string; name: string; colour: string; initials: string } | null>;
}

/** @param parts where the records are read */
export function roomAccess(parts: { readonly records: { readonly read: Records } }): RoomAccess {
  const records = parts.records.read;

  const teamOfCase = async (personId: string, caseId: string) => {
    const found = await lookUpCase(records, personId, caseId);
    return openTo(found !== null && isTeam(found.role));
  };
  const teamOfStudy = async (personId: string, studyId: string) => {
    const { role } = await loadAsker(records, personId, studyId);
    return openTo(isTeam(role));
  };

  return {
    block: async (personId, blockId) => {
      const found = await lookUpBlock(records, personId, blockId);
      if (!found) return null;
      const { decision, role } = found;
      const team = isTeam(role);
      if (role === null || opensDocument(role, decision.access)) return { ...decision, team };
      return { access: 'none', reason: decision.reason ?? 'not-shared', team };
    },
    case: teamOfCase,
    topic: async (personId, topic) => {
      const [kind, id, ...rest] = topic.split('/');
      if (!id || rest.length > 0) return 'closed';
      if (kind === 'case' || kind === 'threads') return teamOfCase(personId, id);
      if (kind === 'study') return teamOfStudy(personId, id);
      // What is shared with oneself; nobody hears of what is shared with others.
      return openTo((kind === 'person' || kind === 'own-threads') && id === personId);
    },
    person: (personId) => loadPerson(records, personId),
  };
}

function isTeam(role: Role | null): boolean {
  return role !== null && role !== 'contact';
}

function openTo(isAllowed: boolean): PlaceDecision {
  return isAllowed ? 'open' : 'closed';
}
