import type { Parts } from '../parts.ts';
import type { RoomAccess } from '../studies/room-access.ts';
import { CaseRooms } from './case-rooms.ts';
import type { Desk } from './channel.ts';
import { RoomRegistry } from './room-registry.ts';
import type { Turn } from './turn.ts';
import { WriteBatch } from './write-batch.ts';

/**
 * Puts together what every socket of the process shares.
 * @param lostWordsKept told when words of a block were put into the tray
 */
export function createDesk(
  parts: Pick<Parts, 'blocks' | 'clock' | 'random' | 'log'>,
  access: RoomAccess,
  turn: Turn,
  lostWordsKept: (blockId: string) => void,
): Desk {
  const { blocks, clock, random, log } = parts;
  const batch = new WriteBatch(blocks, turn, log);
  const rooms = new RoomRegistry({ blocks, batch, turn, clock, random, log, lostWordsKept });
  return { access, rooms, caseRooms: new CaseRooms(turn), batch, clock, log };
}
