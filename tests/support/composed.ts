import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueLink } from '../../server/accounts/links.ts';
import { createPerson } from '../../server/accounts/people.ts';
import { createApiToken, type WantedToken } from '../../server/accounts/tokens.ts';
import { AT_THE_COMMAND_LINE } from '../../server/audit/audit-chain.ts';
import { compose, type Service } from '../../server/compose.ts';
import { type Log, silentLog } from '../../server/log.ts';
import type { Parts } from '../../server/parts.ts';
import { readSettings } from '../../server/settings.ts';
import type { CaseDetail } from '../../shared/api/cases.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import { newId } from './team.ts';
import { PageCalls } from './web.ts';

export interface ComposedService {
  readonly url: string;
  readonly parts: Parts;
  readonly writing: Service['writing'];
  readonly versions: Service['versions'];
  /** A browser in which nobody is signed in. */
  browser(): PageCalls;
  /** A browser in which this person is signed in by a link of theirs. */
  signedIn(personId: string): Promise<PageCalls>;
  /** A program with a token of this person's. */
  program(personId: string, wanted?: Partial<WantedToken>): Promise<PageCalls & { readonly token: string }>;
  /** @returns the id of a new person */
  person(name: string): Promise<string>;
  /** A study with one school and one case, led by whoever is named; ids are random. */
  study(lead: string): Promise<{ studyId: string; schoolId: string; case: CaseDetail }>;
  join(studyId: string, personId: string, role: Role): Promise<void>;
  close(): Promise<void>;
}

/**
 * The whole service in this process, as `compose.ts` makes it, on a folder of its own.
 * @param clientRoot of the built pages; null for none
 */
export async function composeService(
  env: Readonly<Record<string, string>> = {},
  log: Log = silentLog(),
  clientRoot: string | null = null,
): Promise<ComposedService> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-composed-'));
  const holder = createServer();
  const port = await listen(holder, 0);
  await new Promise((resolve) => holder.close(resolve));
  const settings = readSettings({
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: folder,
    ...env,
  });
  const service = await compose(settings, log, clientRoot);
  const server = createServer(service.app);
  server.on('upgrade', (request, socket, head) => service.handleUpgrade(request, socket, head));
  await listen(server, port);
  const { parts } = service;
  const url = `http://127.0.0.1:${port}`;
  const browser = () => new PageCalls(url, settings.publicUrl);

  const program: ComposedService['program'] = async (personId, wanted = {}) => {
    const token = await createApiToken(parts, {
      id: newId(),
      personId,
      name: 'tests',
      by: AT_THE_COMMAND_LINE,
      ...wanted,
    });
    return Object.assign(new PageCalls(url, undefined, { authorization: `Bearer ${token}` }), { token });
  };

  return {
    url,
    parts,
    writing: service.writing,
    versions: service.versions,
    browser,
    program,
    async signedIn(personId) {
      const page = browser();
      const { token } = await issueLink(parts, { kind: 'sign-in', personId });
      await page.call('POST /api/links/redeem', { token });
      return page;
    },
    async person(name) {
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@team.example`;
      return (await createPerson(parts.records.read, parts, { name, email, isHost: true })).id;
    },
    async study(lead) {
      const calls = await program(lead);
      const [studyId, schoolId, caseId] = [newId(), newId(), newId()];
      const framework = { frameworkId: 'mentoring-and-coaching', frameworkVersion: 1 };
      await calls.call('POST /api/studies', { id: studyId, title: 'A study', ...framework });
      await calls.call(
        'POST /api/studies/:studyId/schools',
        { id: schoolId, name: 'Hillside', place: '' },
        { studyId },
      );
      const made = await calls.call(
        'POST /api/studies/:studyId/cases',
        { id: caseId, title: 'A case', schoolIds: [schoolId] },
        { studyId },
      );
      return { studyId, schoolId, case: made };
    },
    async join(studyId, personId, role) {
      await parts.records.read
        .insertInto('members')
        .values({ study_id: studyId, user_id: personId, role, since: 0 })
        .execute();
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
}
