/** What hooks ask of the sync engine; `sync-engine.ts` is the one that runs in the page. */
import type { CloseReason } from '../../shared/protocol/control.ts';
import type { BlockView, Connection, KeptWords, PersonHere } from './replica.ts';
import type { Watched } from './watched.ts';

export interface Engine {
  readonly connection: Watched<Connection>;
  /** Why there is no connection any more until the page is loaded again; null while there may be one. */
  readonly refusal: Watched<CloseReason | null>;
  /** Words of ended replicas of any block, oldest first. */
  readonly kept: Watched<readonly KeptWords[]>;

  block(blockId: string): Watched<BlockView>;
  /**
   * Keeps the block open until the returned function is called; counted, so several may hold it.
   */
  holdBlock(blockId: string): () => void;

  /**
   * Blocks that are known to be closed to this person: what this device still has of them goes, and
   * words that were not sent are kept apart (SAVE-6). The server is asked about no others.
   */
  letGo(blockIds: readonly string[]): Promise<void>;

  peopleHere(caseId: string): Watched<readonly PersonHere[]>;
  /** Shows this person in the case until the returned function is called. */
  enterCase(caseId: string): () => void;
  /** Tells the others of the case where this person is. */
  moveTo(caseId: string, blockId: string | null, field: string | null): void;

  /**
   * @param topic `case/<id>` or `study/<id>`
   * @param onChange also called after a time without connection, in which a change may have been missed
   */
  follow(topic: string, onChange: () => void): () => void;

  /** The person has put these words back, or lets them go. */
  forgetKept(id: string): void;

  /** Begins; may be called again after `stop`. */
  start(): void;
  /** Closes everything, keeping what stands on the device. */
  stop(): void;
}
