import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { Replica } from '../../sync/replica.ts';
import { flagName } from '../block-presence.ts';

export interface FormFacts {
  readonly replica: Replica;
  readonly editable: boolean;
  /** Prefix of the ids of inputs: several forms stand on one page. */
  readonly idBase: string;
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
  const { awareness } = useForm().replica;
  const watch = useCallback(
    (changed: () => void) => {
      awareness.on('change', changed);
      return () => awareness.off('change', changed);
    },
    [awareness],
  );
  const found = useSyncExternalStore(watch, () => visitorsOf(awareness, key));
  return useMemo(() => (found === '' ? [] : (JSON.parse(found) as FieldVisitor[])), [found]);
}

/** As JSON, so that equal visitors are equal; empty for nobody. */
function visitorsOf(awareness: Awareness, key: string): string {
  const visitors = new Map<string, FieldVisitor>();
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID || state?.field !== key) continue;
    const user = (state.user ?? {}) as { id?: unknown; name?: unknown; colour?: unknown };
    const id = typeof user.id === 'string' ? user.id : String(client);
    const colour =
      typeof user.colour === 'string' && /^#[0-9a-f]{6}$/i.test(user.colour) ? user.colour : '#5f594f';
    visitors.set(id, { id, name: flagName(user.name), colour });
  }
  return visitors.size === 0 ? '' : JSON.stringify([...visitors.values()]);
}
