/**
 * A survey as it is kept beside the bytes that it is of. All numbers are varUints: the form of what
 * follows, weight, structs; then the number of clients and for each its id and next clock; then the number of
 * clients whose last struct was written before another and for each its id and that one's client and clock;
 * then four delete sets of Yjs, encoding 1: deleted, keyed, elements, removed.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readDeleteSet, writeDeleteSet } from './clock-set.ts';
import type { ClockId } from './new-structs.ts';
import type { Survey } from './update-survey.ts';

/** Counts up when something else is surveyed, or in another way: what is of another form is surveyed anew. */
const FORM = 1;

export function writeSurvey(survey: Survey): Uint8Array {
  const encoder = encoding.createEncoder();
  const { states, lastRights } = survey;
  for (const number of [FORM, survey.weight, survey.structs, states.size]) {
    encoding.writeVarUint(encoder, number);
  }
  for (const [client, clock] of states) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
  encoding.writeVarUint(encoder, lastRights.size);
  for (const [client, right] of lastRights) {
    for (const number of [client, right.client, right.clock]) encoding.writeVarUint(encoder, number);
  }
  for (const set of [survey.deleted, survey.keyed, survey.elements, survey.removed]) {
    writeDeleteSet(encoder, set);
  }
  return encoding.toUint8Array(encoder);
}

/**
 * @param bytes as `writeSurvey` made them, in this version or another
 * @returns null where they are of another form, or cannot be read
 */
export function readSurvey(bytes: Uint8Array): Survey | null {
  try {
    return read(bytes);
  } catch {
    // It is made anew from what it is of, and is no reason to keep the text from anybody.
    return null;
  }
}

/**
 * @param bytes as for `readSurvey`
 * @returns the next clock of every client, and nothing else of it; null as there
 */
export function readReach(bytes: Uint8Array): ReadonlyMap<number, number> | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== FORM) return null;
    // Its weight, and how many structs.
    for (let left = 2; left > 0; left--) decoding.readVarUint(decoder);
    return readStates(decoder);
  } catch {
    return null;
  }
}

function readStates(decoder: decoding.Decoder): Map<number, number> {
  const states = new Map<number, number>();
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    states.set(decoding.readVarUint(decoder), decoding.readVarUint(decoder));
  }
  return states;
}

function read(bytes: Uint8Array): Survey | null {
  const decoder = decoding.createDecoder(bytes);
  const number = () => decoding.readVarUint(decoder);
  if (number() !== FORM) return null;
  const weight = number();
  const structs = number();
  const states = readStates(decoder);
  const lastRights = new Map<number, ClockId>();
  for (let left = number(); left > 0; left--) {
    lastRights.set(number(), { client: number(), clock: number() });
  }
  const deleted = readDeleteSet(decoder);
  const keyed = readDeleteSet(decoder);
  const elements = readDeleteSet(decoder);
  const removed = readDeleteSet(decoder);
  return { states, deleted, keyed, elements, removed, weight, structs, lastRights };
}
