import { accountRoutes } from '../../server/accounts/account-routes.ts';
import { createAuthentication } from '../../server/accounts/authentication.ts';
import { createPerson } from '../../server/accounts/people.ts';
import { createSessions, type Sessions } from '../../server/accounts/sessions.ts';
import type { Parts } from '../../server/parts.ts';
import type { Person } from '../../shared/api/people.ts';
import { createTestParts, type TestParts } from '../support/parts.ts';
import { type PageCalls, startWeb, type Web } from '../support/web.ts';

export const SECRET = 'a-secret-of-the-tests-alone-0123456789-abcdef';

export interface AccountsOnTrial {
  readonly parts: TestParts;
  readonly sessions: Sessions;
  readonly web: Web;
  /** Resolves when promised mails are out. */
  settled(): Promise<void>;
  person(name: string, email: string): Promise<Person>;
  /** @returns a browser in which this person is signed in */
  signedIn(person: Person): Promise<PageCalls>;
  close(): Promise<void>;
}

/** The accounts over real HTTP and a real database, with mails, time and chance in hand. */
export async function openAccounts(
  settings: Partial<Parts['settings']> = {},
  replaced: Partial<Parts> = {},
): Promise<AccountsOnTrial> {
  const bare = await createTestParts(replaced);
  const withSettings: TestParts = { ...bare, settings: { ...bare.settings, ...settings } };
  const sessions = await createSessions(withSettings, SECRET);
  const parts: TestParts = { ...withSettings, authentication: createAuthentication(withSettings, sessions) };
  const accounts = accountRoutes(parts, sessions, SECRET);
  const web = await startWeb(parts, [accounts.routes]);
  return {
    parts,
    sessions,
    web,
    settled: accounts.settled,
    person: (name, email) => createPerson(parts.records.read, parts, { name, email, isHost: false }),
    async signedIn(person) {
      const browser = web.browser();
      for (const set of await sessions.begin(person.id)) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        browser.cookies.set(name, value);
      }
      return browser;
    },
    async close() {
      await web.close();
      await parts.close();
    },
  };
}

/** Puts a study, a school and a case there, as far as links care. */
export async function plantStudy(parts: TestParts, studyId = 'study1'): Promise<void> {
  const records = parts.records.read;
  const at = parts.clock.now();
  await records
    .insertInto('studies')
    .values({
      id: studyId,
      title: 'Mentoring in the north',
      description: '',
      due_on: null,
      framework_id: 'f',
      framework_version: 1,
      created_at: at,
      created_by: 'lead',
      deleted_at: null,
      deleted_by: null,
    })
    .execute();
}
