import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../../shared/api/people.ts';
import { ROLES } from '../../../shared/permissions/roles.ts';
import { issueLink } from '../../accounts/links.ts';
import { createPerson } from '../../accounts/people.ts';
import { serve } from '../../main.ts';
import type { Parts } from '../../parts.ts';
import { readSettings } from '../../settings.ts';
import { type DemoPeople, fillDemoStudy } from './content.ts';

/**
 * Serves a fictional study from a folder that goes with the process, and prints
 * a link for each of its people. Mails stay in that folder, whatever is set:
 * its people have no letter boxes.
 * @param clientRoot absolute path of the built page
 */
export async function runDemo(
  env: Readonly<Record<string, string | undefined>>,
  clientRoot: string | null,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const settings = readSettings({ LOG_LEVEL: 'warn', ...env, DATA_DIR: folder, SMTP_URL: undefined });
  const { service } = await serve(settings, clientRoot);
  const { parts } = service;
  const people = await createPeople(parts);
  await fillDemoStudy(parts, service.writing, people);

  const { owner, fieldworkers, editor, contact } = people;
  const lines = [`Casebook's demo is ready on ${settings.publicUrl}`, ''];
  lines.push(
    'Each of these links signs one person in, once. Open two in different browsers to write together.',
    '',
  );
  for (const [role, person] of [
    ['Lead', owner],
    ['Fieldworker', fieldworkers[0]],
    ['Fieldworker', fieldworkers[1]],
    ['Editor', editor],
    ['School contact', contact],
  ] as const) {
    const url = await demoLink(parts, person);
    lines.push(`${role.padEnd(15)} ${person.name.padEnd(18)} ${url}`);
  }
  lines.push(
    '',
    `Mails, with codes to sign in again, land in ${join(folder, 'outbox')}`,
    'Nothing is kept when it stops (Ctrl C).',
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** A link for somebody of the demo; it tells which study they are in, and as what. */
async function demoLink(parts: Parts, person: Person): Promise<string> {
  const member = await parts.records.read
    .selectFrom('members')
    .select(['study_id', 'role'])
    .where('user_id', '=', person.id)
    .executeTakeFirst();
  const role = ROLES.find((known) => known === member?.role);
  const { url } = await issueLink(parts, {
    kind: 'demo',
    personId: person.id,
    email: person.email,
    ...(member && { studyId: member.study_id }),
    ...(role && { role }),
  });
  return url;
}

async function createPeople(parts: Parts): Promise<DemoPeople> {
  const create = (name: string, email: string, isHost = false): Promise<Person> =>
    createPerson(parts.records.read, parts, { name, email, isHost });
  return {
    owner: await create('Imogen Farrell', 'imogen@wendale.example', true),
    fieldworkers: [
      await create('Ruth Adeyemi', 'ruth@wendale.example'),
      await create('Tomasz Bielak', 'tomasz@wendale.example'),
    ],
    editor: await create('Helen Voss', 'helen@wendale.example'),
    contact: await create('Derek Onslow', 'derek.onslow@larkfield.example'),
  };
}
