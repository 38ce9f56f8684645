import { Command } from 'commander';
import { SERVICE_CHAIN, studyChain } from '../../shared/audit/audit-record.ts';
import { issueLink } from '../accounts/links.ts';
import { ownerLink } from '../accounts/owner-link.ts';
import { createPerson, findByEmail, makeHost } from '../accounts/people.ts';
import { createApiToken } from '../accounts/tokens.ts';
import { AT_THE_COMMAND_LINE, recordInService, recordOfPerson } from '../audit/audit-chain.ts';
import { checkAudit } from '../audit/audit-check.ts';
import { auditCsv } from '../audit/audit-csv.ts';
import { sealOf } from '../audit/audit-reading.ts';
import { checkThreads } from '../comments/thread-check.ts';
import { hasData, openStores, type Stores, whereServed } from '../compose.ts';
import { Refusal } from '../http/refusal.ts';
import { processLog, serve } from '../main.ts';
import { CannotStartError } from '../ports/cannot-start.ts';
import { clearUpErased, eraseAccount } from '../protection/account-erasure.ts';
import { checkErasures } from '../protection/erasure-check.ts';
import { erasureOf } from '../protection/erasure-view.ts';
import { checkQuotes } from '../quotes/quote-check.ts';
import { checkScans } from '../quotes/scan-check.ts';
import { readSettings, type Settings, SettingsError } from '../settings.ts';
import { checkBlocks } from './check.ts';

/** What a command cannot do, said in one line to whoever typed it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface CommandOptions {
  /** Absolute path of the built page; null where none is served. */
  readonly clientRoot: string | null;
}

/**
 * Runs one command of `casebook`. What the user can mend is one line on stderr
 * and exit code 1.
 * @param argv as `process.argv`
 */
export async function run(argv: readonly string[], options: CommandOptions): Promise<void> {
  try {
    await program(options).parseAsync([...argv]);
  } catch (error) {
    const line = oneLine(error);
    process.stderr.write(`${line ?? (error instanceof Error ? (error.stack ?? error.message) : error)}\n`);
    process.exitCode = 1;
  }
}

function program(options: CommandOptions): Command {
  const casebook = new Command('casebook');
  casebook.description('Case studies of schools, written together, live.');
  casebook
    .command('serve', { isDefault: false })
    .description('serve the pages')
    .action(() => serveCommand(options));
  casebook
    .command('demo')
    .description('serve a filled, fictional study from a folder that is thrown away')
    .action(async () => {
      const { runDemo } = await import('./demo/demo.ts');
      await runDemo(process.env, options.clientRoot);
    });
  const user = casebook.command('user').description('people who may sign in');
  user
    .command('add')
    .description('add somebody and print a link that signs them in')
    .requiredOption('--name <name>', 'as colleagues know them')
    .requiredOption('--email <address>', 'where codes to sign in are sent')
    .option('--host', 'may create studies', false)
    .action(addUser);
  user
    .command('erase')
    .description('delete an account for good: name and address go, what was written stays under no name')
    .requiredOption('--email <address>', 'of whom')
    .action(eraseUser);
  const token = casebook.command('token').description('tokens by which programs act for a person');
  token
    .command('create')
    .description('print a new token')
    .requiredOption('--user <address>', 'e-mail address of the person')
    .option('--name <name>', 'what it is for', 'command line')
    .action(createToken);
  casebook
    .command('audit')
    .description('print the record of who did what, as a table')
    .option('--study <id>', 'of this study, as its address has it; else what belongs to no study')
    .action(printAudit);
  casebook
    .command('check')
    .description('read every block and every audit record, and say what is wrong with them')
    .action(checkCommand);
  return casebook;
}

async function serveCommand(options: CommandOptions): Promise<void> {
  const settings = readSettings(process.env);
  const { service } = await serve(settings, options.clientRoot);
  const link = await ownerLink(service.parts);
  const ready = `Casebook is ready on ${settings.publicUrl}\n`;
  process.stdout.write(link ? `${ready}\nOpen this link once to become the owner:\n${link}\n` : ready);
}

async function addUser(asked: { name: string; email: string; host: boolean }): Promise<void> {
  const name = asked.name.trim();
  const email = asked.email.trim();
  if (name === '' || name.length > 120) throw new CommandError('--name: needs a name of up to 120 letters');
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new CommandError(`--email: ${email} is not an e-mail address`);
  const { settings, needed } = linksLead(readSettings(process.env));
  await withStores(settings, async (stores) => {
    const link = await stores.records.transaction(async (records) => {
      const known = await findByEmail(records, email);
      const person = known ?? (await createPerson(records, stores, { name, email, isHost: asked.host }));
      if (known && asked.host) await makeHost(records, known.id);
      const deed = {
        by: AT_THE_COMMAND_LINE,
        at: stores.clock.now(),
        object: { kind: 'person', id: person.id },
        detail: {},
      } as const;
      if (!known) await recordInService(records, { kind: 'person-added', ...deed });
      if (asked.host) await recordInService(records, { kind: 'owner-made', ...deed });
      await recordOfPerson(records, person.id, { kind: 'sign-in-link-made', ...deed });
      // A link by hand, not by mail, so it lasts like an invitation.
      const lifetime = 24 * 60 * 60_000;
      return issueLink(
        stores,
        { kind: 'sign-in', personId: person.id, email: person.email, lifetime },
        records,
      );
    });
    process.stdout.write(`${email} can sign in once by this link, within a day:\n${link.url}\n${needed}\n`);
  });
}

/** While a server runs, pages of theirs may be open in it: those end by the account page, or with the server. */
async function eraseUser(asked: { email: string }): Promise<void> {
  await withOwnStores(async (stores) => {
    if (whereServed(stores.settings)?.now) {
      throw new CommandError(
        'Casebook is running on this folder. Stop it first, and start it again afterwards.',
      );
    }
    const person = await findByEmail(stores.records.read, asked.email);
    if (!person) throw new CommandError(`--email: nobody here has the address ${asked.email}`);
    const { ownsAlone, binnedAlone } = await erasureOf(stores.records.read, person.id);
    await clearUpErased(stores, await eraseAccount(stores, person.id, AT_THE_COMMAND_LINE));
    const told = ['The account is deleted. What they wrote and did stays, under no name.'];
    if (binnedAlone.length > 0) {
      const titles = binnedAlone.map(({ title }) => `“${title}”`).join(', ');
      told.push(`Nobody leads these studies in the bin any more: ${titles}.`);
    }
    if (ownsAlone) told.push('Nobody owns this Casebook now: the next start prints a link for a new owner.');
    process.stdout.write(`${told.join('\n')}\n`);
  });
}

/**
 * Links lead to the server that serves the folder, whatever is set where the command
 * is typed; to what is set there while none does; else to where it was last served.
 */
function linksLead(settings: Settings): { settings: Settings; needed: string } {
  const served = whereServed(settings);
  if (served?.now) {
    return {
      settings: { ...settings, publicUrl: served.publicUrl },
      needed: `Casebook serves ${settings.dataDir} there now.`,
    };
  }
  const set = ['PUBLIC_URL', 'HOST', 'PORT'].some((name) => process.env[name]);
  const publicUrl = set || !served ? settings.publicUrl : served.publicUrl;
  return {
    settings: { ...settings, publicUrl },
    needed:
      `Nothing serves ${settings.dataDir} at present: start Casebook on it ` +
      `so that it is reached at ${publicUrl}.`,
  };
}

async function createToken(asked: { user: string; name: string }): Promise<void> {
  await withOwnStores(async (stores) => {
    const person = await findByEmail(stores.records.read, asked.user);
    if (!person) throw new CommandError(`--user: nobody here has the address ${asked.user}`);
    const token = await createApiToken(stores, {
      id: stores.random.id(),
      personId: person.id,
      name: asked.name.trim().slice(0, 300) || 'command line',
      by: AT_THE_COMMAND_LINE,
    });
    process.stdout.write(`${token}\n`);
  });
}

async function printAudit(asked: { study?: string }): Promise<void> {
  await withOwnStores(async ({ records }) => {
    const chain = asked.study === undefined ? SERVICE_CHAIN : studyChain(asked.study);
    const end = await sealOf(records.read, chain);
    if (!end && asked.study !== undefined) {
      throw new CommandError(`--study: nothing is recorded of a study ${asked.study}`);
    }
    for await (const part of auditCsv(records.read, chain, {}, (end?.seq ?? 0) + 1)) {
      process.stdout.write(part);
    }
  });
}

async function checkCommand(): Promise<void> {
  await withOwnStores(async (stores) => {
    const { blocks, rows, faults: ofBlocks } = await checkBlocks(stores.blocks);
    const { records, faults: ofAudit } = await checkAudit(stores.records);
    const { quotes, faults: ofQuotes } = await checkQuotes(stores.records);
    const { scans, faults: ofScans } = await checkScans(stores);
    const { threads, faults: ofThreads } = await checkThreads(stores.records);
    const ofErasures = await checkErasures(stores.records, stores.blocks);
    const faults = [...ofBlocks, ...ofAudit, ...ofQuotes, ...ofScans, ...ofThreads, ...ofErasures];
    for (const fault of faults)
      process.stdout.write(`${fault}
`);
    const kept = `${quotes} quotes, ${scans} scans, ${threads} threads`;
    const read = `${blocks} blocks, ${rows} changes, ${records} audit records, ${kept}`;
    process.stdout.write(
      faults.length === 0
        ? `${read}: all whole.\n`
        : `${read}: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`}.\n`,
    );
    if (faults.length > 0) process.exitCode = 1;
  });
}

/** For what makes sense only where there is something: a mistyped folder must not look like an empty one. */
async function withOwnStores(work: (stores: Stores) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env);
  if (!hasData(settings)) throw new CommandError(`DATA_DIR: there is no Casebook in ${settings.dataDir}`);
  await withStores(settings, work);
}

async function withStores(settings: Settings, work: (stores: Stores) => Promise<void>): Promise<void> {
  const stores = await openStores(settings, processLog({ ...settings, logLevel: 'warn' }));
  try {
    await work(stores);
  } finally {
    await stores.close();
  }
}

/** @returns null for what is a fault of the program */
function oneLine(error: unknown): string | null {
  const told = [SettingsError, CommandError, Refusal, CannotStartError];
  if (told.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, port, address, path } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is in use already; choose another`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST: ${address ?? 'this address'} is none of this machine`;
    case 'EACCES':
      return port === undefined
        ? `DATA_DIR: ${path ?? 'the folder'} may not be written`
        : `PORT: ${port} may not be used`;
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EROFS':
      return `DATA_DIR: ${path ?? 'the folder'} cannot be used`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_CORRUPT':
      return `DATA_DIR: the database cannot be opened (${(error as Error).message})`;
    default:
      return null;
  }
}
