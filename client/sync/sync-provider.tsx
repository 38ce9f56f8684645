import type { ReactNode } from 'react';
import { useEffect, useMemo } from 'react';
import type { Person } from '../../shared/api/contract.ts';
import { EngineContext } from './hooks.ts';
import { createPageEngine } from './page-engine.ts';

/**
 * One socket and one device store for everything below it.
 * @param person who is signed in; another person gets another engine
 * @param keepOnDevice false on contact pages, which keep nothing (DEVICE-1)
 */
export function SyncProvider(props: {
  readonly person: Person;
  readonly keepOnDevice?: boolean;
  readonly children: ReactNode;
}) {
  const personId = props.person.id;
  const keepOnDevice = props.keepOnDevice ?? true;
  const engine = useMemo(() => createPageEngine(personId, keepOnDevice), [personId, keepOnDevice]);
  useEffect(() => {
    engine.start();
    return () => engine.stop();
  }, [engine]);
  return <EngineContext.Provider value={engine}>{props.children}</EngineContext.Provider>;
}
