import { randomBytes } from 'node:crypto';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { RouteBody, RouteKey, RouteReply } from '../../shared/api/contract.ts';
import type { Person } from '../../shared/api/people.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import type { RunningServer } from './server.ts';
import { PageCalls } from './web.ts';

/** A study on a running server, and its lead, who made it through the same routes as a page. */
export interface Team {
  readonly studyId: string;
  readonly schoolId: string;
  readonly case: CaseDetail;
  readonly lead: Person;
  /** Calls of the lead. */
  readonly calls: PageCalls;
  /** @returns a new link that lets somebody in; contacts speak for the one school */
  invite(name: string, role: Exclude<Role, 'owner'>): Promise<string>;
  /** @returns a token by which programs act for the lead */
  token(): Promise<string>;
}

export const newId = (): string => randomBytes(16).toString('base64url');

/** Makes the opener of the owner link the lead of a study with one school and one case. */
export async function plantTeam(
  server: Pick<RunningServer, 'url' | 'ownerLink'>,
  title = 'The lesson before the lesson',
): Promise<Team> {
  if (!server.ownerLink) throw new Error('this server has an owner already');
  const calls = new PageCalls(server.url, server.url);
  const { person: lead } = await calls.call('POST /api/links/redeem', {
    token: new URL(server.ownerLink).hash.slice(1),
    name: 'Imogen Farrell',
    email: 'imogen@wendale.example',
  });
  const study = await calls.call('POST /api/studies', {
    id: newId(),
    title: 'Mentoring in the Wendale schools',
    frameworkId: 'mentoring-and-coaching',
    frameworkVersion: 1,
  });
  const inStudy = <K extends RouteKey>(key: K, body: RouteBody<K>): Promise<RouteReply<K>> =>
    calls.call(key, body, { studyId: study.id });
  const school = await inStudy('POST /api/studies/:studyId/schools', {
    id: newId(),
    name: 'Marlow Bridge Primary School',
    place: 'Wendale',
  });
  const made = await inStudy('POST /api/studies/:studyId/cases', {
    id: newId(),
    title,
    schoolIds: [school.id],
  });
  return {
    studyId: study.id,
    schoolId: school.id,
    case: made,
    lead,
    calls,
    async invite(name, role) {
      const { link } = await inStudy('POST /api/studies/:studyId/invitations', {
        id: newId(),
        email: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@wendale.example`,
        name,
        role,
        ...(role === 'contact' ? { caseId: made.id, schoolId: school.id } : {}),
      });
      return link;
    },
    async token() {
      return (await calls.call('POST /api/tokens', { id: newId(), name: 'tests' })).token;
    },
  };
}
