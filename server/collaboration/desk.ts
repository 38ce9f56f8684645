import type { Parts } from '../parts.ts';
import type { RoomAccess } from '../studies/room-access.ts';
import { SHELF_BYTES } from './bounds.ts';
import { CaseRooms } from './case-rooms.ts';
import type { Desk } from './channel.ts';
import { Compaction } from './compaction.ts';
import { Openings } from './openings.ts';
import { PersonAllowances } from './person-allowances.ts';
import { ReviewTurns } from './review-turns.ts';
import type { RoomEvents } from './room.ts';
import { RoomRegistry } from './room-registry.ts';
import { Shelf } from './shelf.ts';
import type { Turn } from './turn.ts';
import { WriteBatch } from './write-batch.ts';

/**
 * Puts together what every socket of the process shares.
 * @param events told what happens in rooms and concerns others
 * @param told of what sockets wanted and may not, or may no longer
 */
export function createDesk(
  parts: Pick<Parts, 'blocks' | 'folder' | 'clock' | 'random' | 'log'>,
  access: RoomAccess,
  turn: Turn,
  events: RoomEvents,
  told: Pick<Desk, 'refused' | 'takenAway'>,
): Desk {
  const { blocks, folder, clock, random, log } = parts;
  const batch = new WriteBatch(blocks, turn, log);
  const compaction = new Compaction({ blocks, folder, clock, log });
  const shelf = new Shelf(SHELF_BYTES);
  const reviewTurns = new ReviewTurns();
  const open = { reviewTurns, blocks, folder, compaction, shelf, batch, turn, clock, random, log, ...events };
  return {
    access,
    rooms: new RoomRegistry(open),
    caseRooms: new CaseRooms(turn),
    batch,
    compaction,
    people: new PersonAllowances(),
    openings: new Openings(turn),
    turn,
    clock,
    log,
    ...told,
  };
}
