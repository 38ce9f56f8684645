import * as encoding from 'lib0/encoding';

/** A number as a varUint, a string as a text, a list as single bytes. */
export type Part = number | string | readonly number[];

/** Writes an update, or a part of one, by hand. */
export function bytes(...parts: readonly Part[]): Uint8Array {
  return written(parts);
}

function written(parts: readonly Part[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else if (typeof part === 'string') encoding.writeVarString(encoder, part);
    else for (const byte of part) encoding.writeUint8(encoder, byte);
  }
  return encoding.toUint8Array(encoder);
}

export type Id = readonly [client: number, clock: number];

/** Where an item says that it stands. */
export interface Place {
  readonly origin?: Id;
  readonly right?: Id;
  /** A root's name, or an element. */
  readonly parent?: string | Id;
  readonly key?: string;
}

/** One struct's bytes, in parts. */
export type Struct = readonly Part[];

/** The content of an item: its kind, and what follows its place. */
export type Content = readonly [kind: number, ...parts: Part[]];

export function item(place: Place, [kind, ...content]: Content): Struct {
  const flags = (place.origin ? 0x80 : 0) | (place.right ? 0x40 : 0) | (place.key === undefined ? 0 : 0x20);
  const parent =
    place.parent === undefined
      ? []
      : typeof place.parent === 'string'
        ? [1, place.parent]
        : [0, ...place.parent];
  const key = place.key === undefined || place.origin || place.right ? [] : [place.key];
  return [[kind | flags], ...(place.origin ?? []), ...(place.right ?? []), ...parent, ...key, ...content];
}

export const deleted = (length: number): Content => [1, length];
export const text = (characters: string): Content => [4, characters];
export const format = (key: string, json: string): Content => [6, key, json];
export const element = (name: string): Content => [7, 3, name];
export const elementText: Content = [7, 6];
/** @param values of lib0's `any`, each in its bytes */
export const values = (...values: readonly Uint8Array[]): Content => [
  8,
  values.length,
  ...values.map((value) => [...value]),
];
export const garbage = (length: number): Struct => [[0], length];
export const skip = (length: number): Struct => [[10], length];

/** @returns the bytes of lib0's `any` */
export function any(value: unknown): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeAny(encoder, value as null);
  return encoding.toUint8Array(encoder);
}

export interface Section {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly Struct[];
}

export type Deletions = readonly (readonly [
  client: number,
  ranges: readonly (readonly [clock: number, length: number])[],
])[];

/** An update of sections and deletions in just this order. */
export function update(sections: readonly Section[], deletions: Deletions = []): Uint8Array {
  return written([
    sections.length,
    ...sections.flatMap(({ client, clock, structs }) => [structs.length, client, clock, ...structs.flat()]),
    deletions.length,
    ...deletions.flatMap(([client, ranges]) => [client, ranges.length, ...ranges.flat()]),
  ]);
}

/** An update of one client's structs from its beginning. */
export function fromOne(structs: readonly Struct[], deletions: Deletions = []): Uint8Array {
  return update([{ client: 7, clock: 0, structs }], deletions);
}
