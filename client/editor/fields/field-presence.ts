import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { Replica } from '../../sync/replica.ts';
import { flagName } from '../block-presence.ts';

export interface FormFacts {
  readonly replica: Replica;
  readonly editable: boolean;
  /** Prefix of the ids of inputs: several forms stand on one page. */
  readonly idBase: string;
  /** Under what the device keeps which rows are open; null: it keeps nothing, and all are. */
  readonly foldKey: string | null;
  /** By id of a field whose label another one has as well, what it is of. */
  readonly of: ReadonlyMap<string, string>;
  /** Tells the others which field one is in, null for none. */
  enterField(key: string | null): void;
}

export const FormContext = createContext<FormFacts | null>(null);

/** @throws Error outside of a FieldForm */
export function useForm(): FormFacts {
  const facts = useContext(FormContext);
  if (!facts) throw new Error('a field stands outside of a FieldForm');
  return facts;
}

export interface FieldVisitor {
  readonly id: string;
  /** First name, for a flag. */
  readonly name: string;
  readonly colour: string;
}

/** The others who are in one field now. */
export function useVisitors(key: string): readonly FieldVisitor[] {
  return useVisitorsWhere(useCallback((field: string) => field === key, [key]));
}

/** The others who are in any field of a row now. */
export function useRowVisitors(groupId: string, rowId: string): readonly FieldVisitor[] {
  return useVisitorsWhere(useCallback((field: string) => isInRow(field, groupId, rowId), [groupId, rowId]));
}

/** @returns whether somebody else is in a field of the row at this moment */
export function isVisited(awareness: Awareness, groupId: string, rowId: string): boolean {
  return visitorsOf(awareness, (field) => isInRow(field, groupId, rowId)) !== '';
}

function isInRow(field: string, groupId: string, rowId: string): boolean {
  const [, group, row] = field.split('/');
  return group === groupId && row === rowId;
}

function useVisitorsWhere(isHere: (field: string) => boolean): readonly FieldVisitor[] {
  const { awareness } = useForm().replica;
  const watch = useCallback(
    (changed: () => void) => {
      awareness.on('change', changed);
      return () => awareness.off('change', changed);
    },
    [awareness],
  );
  const found = useSyncExternalStore(watch, () => visitorsOf(awareness, isHere));
  return useMemo(() => (found === '' ? [] : (JSON.parse(found) as FieldVisitor[])), [found]);
}

/** As JSON, so that equal visitors are equal; empty for nobody. */
function visitorsOf(awareness: Awareness, isHere: (field: string) => boolean): string {
  const visitors = new Map<string, FieldVisitor>();
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID || typeof state?.field !== 'string' || !isHere(state.field)) continue;
    const user = (state.user ?? {}) as { id?: unknown; name?: unknown; colour?: unknown };
    const id = typeof user.id === 'string' ? user.id : String(client);
    const colour =
      typeof user.colour === 'string' && /^#[0-9a-f]{6}$/i.test(user.colour) ? user.colour : '#5f594f';
    visitors.set(id, { id, name: flagName(user.name), colour });
  }
  return visitors.size === 0 ? '' : JSON.stringify([...visitors.values()]);
}
