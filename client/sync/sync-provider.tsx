import type { ReactNode } from 'react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Person } from '../../shared/api/people.ts';
import { pageClock } from './clock.ts';
import { EngineContext } from './hooks.ts';
import { createPageEngine, warnBeforeLoss } from './page-engine.ts';
import type { SyncEngine } from './sync-engine.ts';

/** Milliseconds until it is asked again whether something typed would be lost by leaving. */
const LEAVE_AGAIN_AFTER = 500;

/**
 * One socket and one device store for everything below it.
 * @param person who is signed in; another person gets another engine
 * @param keepOnDevice false on contact pages, which keep nothing (DEVICE-1)
 * @param signedOut called when the sign-in of this device was ended, once nothing typed would be lost by leaving
 */
export function SyncProvider(props: {
  readonly person: Pick<Person, 'id' | 'name' | 'colour' | 'initials'>;
  readonly keepOnDevice?: boolean;
  readonly signedOut?: () => void;
  readonly children: ReactNode;
}) {
  const { id, name, colour, initials } = props.person;
  const keepOnDevice = props.keepOnDevice ?? true;
  const signedOut = useRef(props.signedOut);
  useLayoutEffect(() => {
    signedOut.current = props.signedOut;
  });
  const engine = useMemo(() => {
    const leave = () => {
      if (!made.unsafe) signedOut.current?.();
      else if (made.store) pageClock.after(LEAVE_AGAIN_AFTER, leave);
    };
    const made: SyncEngine = createPageEngine({ id, name, colour, initials }, keepOnDevice, leave);
    return made;
  }, [id, name, colour, initials, keepOnDevice]);
  const [started, setStarted] = useState<SyncEngine | null>(null);
  // Before anything below is drawn: the connection and the store open while the page is drawn.
  useLayoutEffect(() => {
    engine.start();
    setStarted(engine);
    const endWarning = warnBeforeLoss(engine);
    return () => {
      endWarning();
      engine.stop();
    };
  }, [engine]);
  if (started !== engine) return null;
  return <EngineContext.Provider value={engine}>{props.children}</EngineContext.Provider>;
}
