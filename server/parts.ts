import type { Authentication } from './accounts/authentication.ts';
import type { Refusals } from './audit/refusals.ts';
import type { CallLimits } from './http/call-limits.ts';
import type { Log } from './log.ts';
import type { BlockStore } from './ports/block-store.ts';
import type { Clock, Randomness } from './ports/clock.ts';
import type { FileStore } from './ports/file-store.ts';
import type { Folder } from './ports/folder.ts';
import type { IdentityProvider } from './ports/identity-provider.ts';
import type { Mailer } from './ports/mailer.ts';
import type { OutboxFiles } from './ports/outbox-files.ts';
import type { RecordStore } from './ports/record-store.ts';
import type { RoomBus } from './ports/room-bus.ts';
import type { SearchIndex } from './ports/search-index.ts';
import type { Typesetter } from './ports/typesetter.ts';
import type { Settings } from './settings.ts';

/** What every feature is handed: the ports, picked in `compose.ts`, and who is asking. */
export interface Parts {
  readonly records: RecordStore;
  readonly blocks: BlockStore;
  readonly folder: Folder;
  readonly search: SearchIndex;
  readonly bus: RoomBus;
  readonly mailer: Mailer;
  readonly outboxFiles: OutboxFiles;
  readonly files: FileStore;
  readonly typesetter: Typesetter;
  /** Null where no other service signs people in. */
  readonly identityProvider: IdentityProvider | null;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly settings: Settings;
  readonly log: Log;
  readonly authentication: Authentication;
  readonly refusals: Refusals;
  readonly limits: CallLimits;
}
