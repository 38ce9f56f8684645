import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { RouteReply } from '../../shared/api/contract.ts';
import type { Person } from '../../shared/api/people.ts';
import { dropEarlySocket } from '../sync/early-socket.ts';
import { ErrorState } from './ErrorState.tsx';
import { forgetEarlyReplies } from './head-start.ts';
import { forgetLeft, noteLeft } from './left-here.ts';
import { PageSkeleton } from './PageSkeleton.tsx';
import { queries, routeKey, sessionQuery } from './query.ts';

type SessionReply = RouteReply<'GET /api/session'>;

const REMEMBERED = 'casebook.person';
/** Without the server for so long, the device opens nothing for its last person any more (DEVICE-1). */
const UNSEEN_LIMIT = 30 * 24 * 60 * 60 * 1_000;
const SessionContext = createContext<{ readonly person: Person } | null>(null);

/** Who is signed in. Only inside SessionGate, which the router puts around every page that needs it. */
export function useSession(): { readonly person: Person } {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside SessionGate');
  return session;
}

/** Who worked on this device last, so that it opens offline; null after sign-out, or too long without the server. */
export function rememberedPerson(): Person | null {
  const known = readRemembered();
  if (!known) return null;
  const { seenAt, ...person } = known;
  return seenAt === undefined || Date.now() - seenAt < UNSEEN_LIMIT ? person : null;
}

function readRemembered(): (Person & { readonly seenAt?: number }) | null {
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept ? (JSON.parse(kept) as Person & { seenAt?: number }) : null;
  } catch {
    return null;
  }
}

export function rememberPerson(person: Person | null): void {
  const last = person && readRemembered();
  if (last && last.id !== person.id) noteLeft(last);
  try {
    if (person) localStorage.setItem(REMEMBERED, JSON.stringify({ ...person, seenAt: Date.now() }));
    else localStorage.removeItem(REMEMBERED);
  } catch {
    // Without storage this device does not open offline; all else works.
  }
}

/** What was asked before anybody knew for whom is of no more use. */
function forgetHeadStart(): void {
  forgetEarlyReplies();
  dropEarlySocket();
}

/** After signing in: everything known so far was somebody else's view, or nobody's. */
export function startSession(person: Person): void {
  forgetHeadStart();
  forgetLeft(person.id);
  const key = routeKey('GET /api/session', {});
  const before = queries.getQueryData<SessionReply>(key);
  queries.clear();
  queries.setQueryData<SessionReply>(key, { mailGoesTo: 'outbox', signInWith: null, ...before, person });
}

/**
 * After signing in on a page that stays, as when a link asks for it.
 * @param kept first part of the query keys that the page itself reads: they are of no person
 */
export function goOnAs(person: Person, kept: string): void {
  forgetLeft(person.id);
  const key = routeKey('GET /api/session', {});
  queries.removeQueries({ predicate: ({ queryKey: [of] }) => of !== kept && of !== key[0] });
  queries.setQueryData<SessionReply>(key, (before) => ({
    mailGoesTo: 'outbox',
    signInWith: null,
    ...before,
    person,
  }));
}

let leaving = false;

/**
 * Before signing out here: what the server then says of it is no news from afar.
 * @param underWay false where it failed
 */
export function signingOut(underWay: boolean): void {
  leaving = underWay;
}

/** After signing out, with everything of theirs cleared from this device. */
export function endSession(): void {
  leaving = false;
  forgetHeadStart();
  rememberPerson(null);
  queries.clear();
}

/** Asks the server who is signed in; where nobody is, the gate around the page sends to where one signs in. */
export function askWhoIsSignedIn(): void {
  void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

/**
 * Draws its children for whoever is signed in, else sends to the sign-in page.
 * @param fromDevice while the server does not answer, the last person of this device goes on
 * @param goesOn signed out, whoever was here goes on: what they typed is on this page alone
 */
export function SessionGate({
  children,
  toSignIn,
  fromDevice = false,
  goesOn = false,
}: {
  children: ReactNode;
  toSignIn: () => void;
  fromDevice?: boolean;
  goesOn?: boolean;
}) {
  const session = useQuery(sessionQuery);
  const asked = session.data ? session.data.person : fromDevice ? rememberedPerson() : null;
  const [here, setHere] = useState(asked);
  if (asked && asked.id !== here?.id) setHere(asked);
  const person = asked ?? (goesOn ? here : null);
  const nobody = session.data?.person === null && !person;
  const latest = useRef(toSignIn);
  useEffect(() => {
    latest.current = toSignIn;
  });
  // Once: going there changes the address, and with it where one would come back to.
  useEffect(() => {
    if (!nobody) return;
    const last = readRemembered();
    rememberPerson(null);
    if (last && !leaving) noteLeft(last);
    latest.current();
  }, [nobody]);
  if (person) {
    return (
      <SessionContext key={person.id} value={{ person }}>
        {children}
      </SessionContext>
    );
  }
  if (session.isError) {
    return <ErrorState error={session.error} retry={() => void session.refetch()} whole />;
  }
  return <PageSkeleton />;
}
