import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { PasskeyQuestion, PasskeyUse } from '../../shared/api/passkeys.ts';
import type { Person } from '../../shared/api/people.ts';
import { wordsFor } from '../ui/query.ts';
import { request } from '../ui/request.ts';
import styles from './accounts.module.css';
import { PasskeyNotHere } from './PasskeyNotHere.tsx';
import { PasskeyError, type PasskeyHere, passkeyHere, signInTrouble } from './passkey-trouble.ts';

/** A question is asked anew before the server lets go of it, in milliseconds. */
const ASKED_ANEW_AFTER = 4 * 60_000;

/**
 * Signing in by passkey: by the button, or where the browser offers one in the
 * field for the address. Draws nothing until the server has said whether it can be.
 */
export default function PasskeySignIn({ onSignedIn }: { onSignedIn: (person: Person) => void }) {
  const [here, setHere] = useState<PasskeyHere | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const question = useRef<PasskeyQuestion | null>(null);
  /** The device asks its person: nothing else may ask it meanwhile. */
  const pressed = useRef(false);
  const arrive = useRef(onSignedIn);
  useEffect(() => {
    arrive.current = onSignedIn;
  });

  const anew = () => setRound((before) => before + 1);

  const enter = async (sign: () => Promise<PasskeyUse | null>): Promise<void> => {
    try {
      const used = await sign();
      if (!used) return;
      setBusy(true);
      const { person } = await request('POST /api/session/passkey', { body: used });
      arrive.current(person);
    } catch (error) {
      setProblem(error instanceof PasskeyError ? signInTrouble(error.trouble) : wordsFor(error as Error));
      anew();
    } finally {
      pressed.current = false;
      setBusy(false);
    }
  };
  const latest = useRef(enter);
  useEffect(() => {
    latest.current = enter;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    let over = false;
    let stopAsking = () => {};
    const offer = async (): Promise<void> => {
      const reply = await request('POST /api/session/passkey/begin', {});
      if (over) return;
      const place = passkeyHere(reply);
      setHere(place);
      question.current = reply.question;
      if (!place.here || !reply.question) return;
      const device = await import('./passkey-device.ts');
      if (over || pressed.current) return;
      stopAsking = device.stopAsking;
      // Whoever types their address is not told what became of an offer that they did not ask for.
      const picked = await device.offerPasskeys(reply.question).catch((error: unknown) => {
        if (error instanceof PasskeyError) return null;
        throw error;
      });
      if (over || !picked) return;
      question.current = null;
      await latest.current(async () => picked);
    };
    // Without the server there is nothing to offer. Whoever presses the button is told so then.
    offer().catch(() => {
      question.current = null;
    });
    const timer = setTimeout(() => {
      if (!pressed.current) anew();
    }, ASKED_ANEW_AFTER);
    return () => {
      over = true;
      clearTimeout(timer);
      stopAsking();
    };
  }, [round]);

  const press = () => {
    pressed.current = true;
    setProblem(null);
    setBusy(true);
    void enter(async () => {
      const device = await import('./passkey-device.ts');
      const asked = question.current ?? (await request('POST /api/session/passkey/begin', {})).question;
      question.current = null;
      return asked && device.signWithPasskey(asked);
    });
  };
  if (!here) return null;
  if (!here.here) return <PasskeyNotHere place={here} />;
  return (
    <div className={styles.passkey}>
      <Button fullWidth size="lg" loading={busy} onClick={press}>
        Use a passkey
      </Button>
      <p>Sign in with your fingerprint, face or screen lock, if you have added this device before.</p>
      <div role="alert">{problem && <p>{problem}</p>}</div>
    </div>
  );
}
