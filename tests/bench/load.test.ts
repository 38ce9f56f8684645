import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { CONTENT } from '../../shared/document/block-parts.ts';
import { Latencies } from './load/latencies.ts';
import { Sightings } from './load/sightings.ts';
import { type Edit, Typist } from './load/typist.ts';

const KEYS = 250;

function keysOf(typist: Typist): Edit[] {
  return Array.from({ length: KEYS }, (_, at) => typist.edit(at));
}

test('a typist presses the same keys every time: of a hundred one Enter and nine Backspaces', () => {
  const keys = keysOf(new Typist(3));
  expect(keysOf(new Typist(3)).map(({ update }) => update)).toEqual(keys.map(({ update }) => update));
  expect(keys.slice(0, 100).filter(({ deleted }) => deleted !== null)).toHaveLength(9);
  const doc = new Y.Doc();
  for (const { update } of keys) Y.applyUpdate(doc, update);
  expect(doc.getXmlFragment(CONTENT).length).toBe(3);
});

test('edits are seen in their order, each once, whether they come alone or merged', () => {
  const typists = [new Typist(0), new Typist(1)];
  const sightings = new Sightings<{ edit: Edit; name: string }>();
  const keys = typists.map(keysOf);
  for (const [number, own] of keys.entries()) {
    for (const [at, edit] of own.entries()) {
      sightings.expect(typists[number]?.clientId as number, { edit, name: `${number}:${at}` });
    }
  }
  const seen: string[] = [];
  const see = (update: Uint8Array) => seen.push(...sightings.see(update).map(({ name }) => name));
  const [first = [], second = []] = keys.map((own) => own.map(({ update }) => update));
  for (const update of first.slice(0, 30)) see(update);
  expect(seen).toEqual(Array.from({ length: 30 }, (_, at) => `0:${at}`));
  see(Y.mergeUpdates([...first.slice(30), ...second]));
  see(Y.mergeUpdates([...first, ...second]));
  for (const number of [0, 1]) {
    const own = seen.filter((name) => name.startsWith(`${number}:`));
    expect(own).toEqual(Array.from({ length: KEYS }, (_, at) => `${number}:${at}`));
  }
});

test('an edit that a document has lost, and all after it, are not seen in its state', () => {
  const typist = new Typist(0);
  const sightings = new Sightings<{ edit: Edit }>();
  for (const edit of keysOf(typist)) sightings.expect(typist.clientId, { edit });
  const doc = new Y.Doc();
  for (let at = 0; at < 128; at++) Y.applyUpdate(doc, typist.edit(at).update);
  expect(sightings.see(Y.encodeStateAsUpdate(doc))).toHaveLength(128);
});

test('quantiles are those of the nearest rank, of more values than there was room for at first', () => {
  const latencies = new Latencies();
  expect(latencies.quantiles().p50Ms).toBeNaN();
  for (let value = 100_000; value >= 1; value--) latencies.add(value);
  expect(latencies.quantiles()).toEqual({ p50Ms: 50_000, p95Ms: 95_000, p99Ms: 99_000 });
});
