import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { ClientRange } from '../ports/block-store.ts';
import { ClockSet, writeDeleteSet } from './clock-set.ts';

/** An update that was inspected: orderly, and of nothing but what was new when it was accepted. */
export interface InspectedUpdate {
  readonly bytes: Uint8Array;
  readonly clients: readonly ClientRange[];
  readonly deletions: ClockSet;
}

interface Section {
  to: number;
  structs: number;
  readonly from: number;
  readonly pieces: Uint8Array[];
}

/**
 * Makes one update of several that were accepted one after another. Those of one writer who types
 * follow one another, and are put together as they are; Yjs reads and writes each struct for that.
 * @returns holds the same as `Y.mergeUpdates` of their bytes
 */
export function mergeInspected(updates: readonly InspectedUpdate[]): Uint8Array {
  if (updates.length === 1) return (updates[0] as InspectedUpdate).bytes;
  return putTogether(updates) ?? Y.mergeUpdates(updates.map(({ bytes }) => bytes));
}

/** @returns null where they are more than letters, or letters deleted */
function putTogether(updates: readonly InspectedUpdate[]): Uint8Array | null {
  const sections = new Map<number, Section>();
  const deletions = new ClockSet();
  for (const { bytes, clients, deletions: own } of updates) {
    const [range] = clients;
    if (!range) {
      deletions.addAll(own);
      continue;
    }
    // The last byte alone says that nothing is deleted; else it is not known where structs end.
    if (clients.length > 1 || !own.isEmpty) return null;
    const decoder = decoding.createDecoder(bytes);
    const count = decoding.readVarUint(decoder);
    const structs = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    if (count !== 1 || client !== range.client || clock !== range.from) return null;
    const piece = bytes.subarray(decoder.pos, bytes.byteLength - 1);
    const section = sections.get(client);
    if (!section) {
      sections.set(client, { from: clock, to: range.to, structs, pieces: [piece] });
    } else {
      if (section.to !== clock) return null;
      section.to = range.to;
      section.structs += structs;
      section.pieces.push(piece);
    }
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, sections.size);
  // As Yjs wants them: the highest client first.
  for (const [client, section] of [...sections].sort(([one], [other]) => other - one)) {
    encoding.writeVarUint(encoder, section.structs);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, section.from);
    for (const piece of section.pieces) encoding.writeUint8Array(encoder, piece);
  }
  writeDeleteSet(encoder, deletions);
  return encoding.toUint8Array(encoder);
}
