import type { Decision } from '../../shared/permissions/access.ts';
import { loadPerson } from '../accounts/people.ts';
import type { Records } from '../ports/record-store.ts';
import { loadAsker, lookUpBlock, lookUpCase } from './access-lookup.ts';

export interface BlockDecision extends Decision {
  /** One of the study's own people; school contacts see nobody's carets (ACCESS-5). */
  readonly team: boolean;
}

/** What the rooms of the socket ask of the records; every answer is as of now. */
export interface RoomAccess {
  /** @returns null when there is no such block */
  block(personId: string, blockId: string): Promise<BlockDecision | null>;
  /** @returns whether the person may see who is in the case; school contacts never do (ACCESS-5) */
  case(personId: string, caseId: string): Promise<boolean>;
  /** @returns whether the person may be told that `case/<id>` or `study/<id>` changed */
  topic(personId: string, topic: string): Promise<boolean>;
  /** @returns what stands on the person's cursor (ACCESS-3); null for nobody */
  person(personId: string): Promise<{ id: string; name: string; colour: string; initials: string } | null>;
}

/** @param parts where the records are read */
export function roomAccess(parts: { readonly records: { readonly read: Records } }): RoomAccess {
  const records = parts.records.read;

  const teamOfCase = async (personId: string, caseId: string) => {
    const found = await lookUpCase(records, personId, caseId);
    return found !== null && found.role !== null && found.role !== 'contact';
  };
  const teamOfStudy = async (personId: string, studyId: string) => {
    const { role } = await loadAsker(records, personId, studyId);
    return role !== null && role !== 'contact';
  };

  return {
    block: async (personId, blockId) => {
      const found = await lookUpBlock(records, personId, blockId);
      return found && { ...found.decision, team: found.role !== null && found.role !== 'contact' };
    },
    case: teamOfCase,
    topic: async (personId, topic) => {
      const [kind, id, ...rest] = topic.split('/');
      if (!id || rest.length > 0) return false;
      if (kind === 'case') return teamOfCase(personId, id);
      if (kind === 'study') return teamOfStudy(personId, id);
      return false;
    },
    person: (personId) => loadPerson(records, personId),
  };
}
