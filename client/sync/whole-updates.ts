import * as Y from 'yjs';

/**
 * Merges updates into as few as can be without a gap within any of them: a
 * server takes none that skips over what a client id has written.
 * @param updates in any order
 */
export function withoutGaps(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  const ranges = updates.map((bytes) => ({ bytes, ...Y.parseUpdateMeta(bytes) }));
  const first = ({ from }: (typeof ranges)[number]) => Math.min(...from.values());
  ranges.sort((one, other) => (first(one) < first(other) ? -1 : 1));
  const groups: { readonly reached: Map<number, number>; readonly updates: Uint8Array[] }[] = [];
  for (const { bytes, from, to } of ranges) {
    const goesOn = ({ reached }: (typeof groups)[number]) =>
      [...from].every(([client, clock]) => clock <= (reached.get(client) ?? clock));
    let group = groups.find(goesOn);
    if (!group) {
      group = { reached: new Map(), updates: [] };
      groups.push(group);
    }
    group.updates.push(bytes);
    for (const [client, clock] of to) {
      group.reached.set(client, Math.max(clock, group.reached.get(client) ?? 0));
    }
  }
  return groups.map((group) =>
    group.updates.length === 1 ? (group.updates[0] as Uint8Array) : Y.mergeUpdates(group.updates),
  );
}
