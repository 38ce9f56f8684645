import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type express from 'express';
import { type Kysely, sql } from 'kysely';
import { OIDC_RETURN_PATH } from '../shared/accounts/oidc-return.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { createAuthentication } from './accounts/authentication.ts';
import { loadSecret } from './accounts/secret.ts';
import { createSessions } from './accounts/sessions.ts';
import { erasureList } from './adapters/disk/erasure-list.ts';
import { diskFileStore } from './adapters/disk/file-store.ts';
import { memoryRoomBus } from './adapters/memory/room-bus.ts';
import { oidcIdentityProvider } from './adapters/oidc/identity-provider.ts';
import { outboxFiles } from './adapters/outbox/files.ts';
import { outboxMailer } from './adapters/outbox/mailer.ts';
import { smtpMailer } from './adapters/smtp/mailer.ts';
import { migrate } from './adapters/sql/migrator.ts';
import { sqlRecordStore } from './adapters/sql/record-store.ts';
import { SqliteBlockStore } from './adapters/sqlite/block-store.ts';
import { hasDatabase, openDataFolder } from './adapters/sqlite/data-folder.ts';
import { lockFolder } from './adapters/sqlite/folder-lock.ts';
import { sqliteSearchIndex } from './adapters/sqlite/search-index.ts';
import { noteServedAddress, type ServedAddress, servedAddress } from './adapters/sqlite/served-address.ts';
import { systemClock } from './adapters/system/clock.ts';
import { systemRandomness } from './adapters/system/randomness.ts';
import { typstTypesetter } from './adapters/typst/typesetter.ts';
import { workerFolder } from './adapters/worker/folder.ts';
import { auditFiles } from './audit/audit-files.ts';
import { auditRoutes } from './audit/audit-routes.ts';
import { Refusals } from './audit/refusals.ts';
import { caseRoutes } from './case-study/case-routes.ts';
import { contactRoutes } from './case-study/contact-routes.ts';
import { lostWordsRoutes } from './case-study/lost-words-routes.ts';
import { sectionRoutes } from './case-study/section-routes.ts';
import { sharingRoutes } from './case-study/sharing-routes.ts';
import type { BlockWriting } from './collaboration/block-writing.ts';
import { createCollaboration } from './collaboration/collaboration.ts';
import { threadRoutes } from './comments/thread-routes.ts';
import { frameworkFiles, frameworkRoutes } from './frameworks/framework-routes.ts';
import { historyRoutes } from './history/history-routes.ts';
import { Versions } from './history/versions.ts';
import { createApp } from './http/app.ts';
import { CallLimits } from './http/call-limits.ts';
import { interfaceFiles } from './http/interface-files.ts';
import { mergeRoutes } from './http/route-binder.ts';
import { informationRoutes } from './information/information-routes.ts';
import { LetterDesk } from './letters/letter-desk.ts';
import { letterRoutes } from './letters/letter-routes.ts';
import type { Log } from './log.ts';
import type { Parts } from './parts.ts';
import type { BlockStore } from './ports/block-store.ts';
import type { Clock, Randomness } from './ports/clock.ts';
import type { FileStore } from './ports/file-store.ts';
import type { OutboxFiles } from './ports/outbox-files.ts';
import type { RecordStore } from './ports/record-store.ts';
import type { Tables } from './ports/tables.ts';
import { ErasingDesk } from './protection/erasing-desk.ts';
import { erasingRoutes } from './protection/erasing-routes.ts';
import { formerRoutes } from './protection/former-routes.ts';
import { discardMarkedLetters } from './protection/letters-to-discard.ts';
import { personFiles } from './protection/person-files.ts';
import { sheetRoutes } from './protection/sheet-routes.ts';
import { publishingFiles } from './publishing/publishing-files.ts';
import { quoteBoardRoutes } from './quotes/board-routes.ts';
import { certificateFiles } from './quotes/certificate-files.ts';
import { quoteChangeRoutes } from './quotes/change-routes.ts';
import { guardianRoutes } from './quotes/guardian-routes.ts';
import { quoteRoutes } from './quotes/quote-routes.ts';
import { Receipts } from './quotes/receipts.ts';
import { returnedWords } from './quotes/returned-words.ts';
import { scanFiles } from './quotes/scan-files.ts';
import { ScanKeeping } from './quotes/scan-keeping.ts';
import { scanRoutes } from './quotes/scan-routes.ts';
import { SilenceDesk } from './quotes/silence.ts';
import { speakerRoutes } from './quotes/speaker-routes.ts';
import { quoteTermsRoutes } from './quotes/terms-routes.ts';
import { searchRoutes } from './search/search-routes.ts';
import type { Settings } from './settings.ts';
import { binRoutes } from './studies/bin-routes.ts';
import { invitationRoutes } from './studies/invitation-routes.ts';
import { linkCodeRoutes } from './studies/link-code-routes.ts';
import { memberRoutes } from './studies/member-routes.ts';
import { outboxRoutes } from './studies/outbox-routes.ts';
import { roomAccess } from './studies/room-access.ts';
import { schoolRoutes } from './studies/school-routes.ts';
import { studyRoutes } from './studies/study-routes.ts';
import { DecisionUndo } from './suggestions/decision-undo.ts';
import { suggestionRoutes } from './suggestions/suggestion-routes.ts';

/** What is kept, and nothing that serves it: enough for the commands that only look or add. */
export interface Stores {
  readonly settings: Settings;
  readonly log: Log;
  readonly records: RecordStore;
  readonly blocks: BlockStore;
  readonly outboxFiles: OutboxFiles;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly random: Randomness;
  close(): Promise<void>;
}

/**
 * Opens the data folder, bringing it up to this program.
 * @throws CannotStartError when a later version wrote it
 */
export async function openStores(settings: Settings, log: Log): Promise<Stores> {
  const database = openDataFolder(settings.dataDir);
  try {
    const made = await migrate(database.kysely, 'sqlite', systemClock.now());
    if (made.includes('0010-oidc-and-erasure')) await rewrite(database.kysely, log);
    if (made.length > 0) log.info('the database was brought up to date', { migrations: made.join(', ') });
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    settings,
    log,
    records: sqlRecordStore(database.kysely),
    blocks: new SqliteBlockStore(database),
    outboxFiles: outboxFiles(outboxFolder(settings)),
    files: diskFileStore(join(settings.dataDir, 'files')),
    clock: systemClock,
    random: systemRandomness,
    close: () => database.close(),
  };
}

/** Versions of before left what they deleted in the file, where nobody looked for it; once, it goes. */
async function rewrite(database: Kysely<Tables>, log: Log): Promise<void> {
  try {
    await sql`vacuum`.execute(database);
  } catch (cause) {
    // For want of room on the disk: all else works.
    log.warn('what was deleted earlier could not be taken out of the database file', {}, cause);
  }
}

function outboxFolder(settings: Settings): string {
  return join(settings.dataDir, 'outbox');
}

/** @returns whether the data folder has been used before */
export function hasData(settings: Settings): boolean {
  return hasDatabase(settings.dataDir);
}

/** Notes where the folder is served from now on. */
export function noteServed(settings: Settings): void {
  noteServedAddress(settings.dataDir, settings.publicUrl);
}

/** @returns where the data folder is or was last served; null where it never was */
export function whereServed(settings: Settings): ServedAddress | null {
  return servedAddress(settings.dataDir);
}

export interface Service {
  readonly parts: Parts;
  readonly app: express.Express;
  readonly writing: BlockWriting;
  readonly erasing: ErasingDesk;
  readonly versions: Versions;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Finishes what was accepted (STOP-1). No call may come in any more.
   * @param answered resolves when the calls under way are answered; absent where none came in
   * @returns ids of blocks whose last edits could not be saved
   */
  stop(answered?: () => Promise<void>): Promise<readonly string[]>;
}

/**
 * Puts the service together; listening is the caller's.
 * @param clientRoot absolute path of the built page; null where none is served
 * @throws CannotStartError when another process serves the folder, or a later version wrote it
 */
export async function compose(settings: Settings, log: Log, clientRoot: string | null): Promise<Service> {
  const unlock = lockFolder(settings.dataDir);
  let stores: Stores;
  try {
    stores = await openStores(settings, log);
  } catch (error) {
    unlock();
    throw error;
  }
  const { records, clock, random } = stores;
  const secret = await loadSecret(settings.dataDir, random);
  const sessions = await createSessions({ settings, records, random, log }, secret);
  const parts: Parts = {
    records,
    blocks: stores.blocks,
    outboxFiles: stores.outboxFiles,
    files: stores.files,
    typesetter: typstTypesetter(clock),
    folder: workerFolder({ clock }),
    search: sqliteSearchIndex(records),
    bus: memoryRoomBus((cause) => log.error('a listener of the bus failed', {}, cause)),
    mailer:
      settings.smtpUrl === null
        ? outboxMailer({ folder: outboxFolder(settings), from: settings.mailFrom, records, clock })
        : smtpMailer({ url: settings.smtpUrl, from: settings.mailFrom }),
    identityProvider:
      settings.oidc &&
      oidcIdentityProvider({
        settings: settings.oidc,
        returnTo: `${settings.publicUrl}${OIDC_RETURN_PATH}`,
        now: () => clock.now(),
      }),
    clock,
    random,
    settings,
    log,
    authentication: createAuthentication({ records, clock, log }, sessions),
    refusals: new Refusals({ records, clock, log }),
    limits: new CallLimits(clock),
  };
  await discardMarkedLetters(parts);
  const collaboration = createCollaboration(parts, roomAccess(parts));
  const versions = new Versions(parts, (blockId) => collaboration.seal(blockId));
  const letters = new LetterDesk(parts, secret);
  const accounts = accountRoutes(parts, sessions, secret);
  const receipts = new Receipts(parts);
  const scans = new ScanKeeping(parts);
  const undoing = new DecisionUndo(parts.clock);
  const erasing = new ErasingDesk(
    parts,
    collaboration.rewriting,
    erasureList(join(settings.dataDir, 'erasures.jsonl')),
    (blockId) => undoing.letGo(blockId),
  );
  const app = createApp({
    parts,
    routes: mergeRoutes([
      accounts.routes,
      frameworkRoutes(parts),
      studyRoutes(parts),
      binRoutes(parts),
      schoolRoutes(parts),
      memberRoutes(parts),
      invitationRoutes(parts, letters),
      letterRoutes(parts, letters),
      outboxRoutes(parts),
      auditRoutes(parts),
      caseRoutes(parts),
      sectionRoutes(parts),
      sharingRoutes(parts),
      lostWordsRoutes(parts),
      contactRoutes(parts),
      threadRoutes(parts, collaboration.writing),
      informationRoutes(parts, letters),
      sheetRoutes(parts),
      formerRoutes(parts),
      searchRoutes(parts),
      historyRoutes(parts, versions),
      erasingRoutes(parts, erasing),
      quoteBoardRoutes(parts, letters),
      quoteTermsRoutes(parts),
      linkCodeRoutes(parts),
      quoteChangeRoutes(parts),
      quoteRoutes(parts, collaboration.writing),
      scanRoutes(parts, scans),
      suggestionRoutes(parts, collaboration.writing, undoing),
      speakerRoutes(parts, collaboration.writing, receipts),
      guardianRoutes(parts, letters, collaboration.writing),
    ]),
    files: [
      publishingFiles(parts),
      auditFiles(parts),
      personFiles(parts),
      frameworkFiles(),
      certificateFiles(parts),
      scanFiles(parts),
      interfaceFiles(parts),
    ],
    clientRoot,
    roomsOpen: () => collaboration.roomsOpen(),
  });
  letters.wake();
  const silence = new SilenceDesk(parts, letters);
  silence.wake();
  scans.wake();
  const returned = returnedWords(parts, collaboration.writing);
  returned.wake();
  erasing.wake();
  return {
    parts,
    app,
    writing: collaboration.writing,
    erasing,
    versions,
    handleUpgrade: (request, socket, head) => collaboration.handleUpgrade(request, socket, head),
    async stop(answered) {
      // it writes into rooms, so before they close
      await returned.stop();
      await versions.stop();
      await erasing.stop();
      const { unsaved } = await collaboration.stop();
      await answered?.();
      await accounts.settled();
      await silence.stop();
      await scans.stop();
      await receipts.stop();
      await letters.stop();
      await parts.refusals.settled();
      await stores.close();
      unlock();
      return unsaved;
    },
  };
}
