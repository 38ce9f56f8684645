import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAct } from '../ui/query.ts';
import styles from './accounts.module.css';
import { leaveForProvider } from './oidc-return.ts';

/**
 * The button that leads to the other service.
 * @param service - as the settings call it
 * @param to - path of ours to go to once signed in
 */
export default function ProviderSignIn({ service, to }: { service: string; to: string | undefined }) {
  const begin = useAct('POST /api/session/oidc/begin');
  const [leaving, setLeaving] = useState(false);
  // Whoever comes back by the browser's own button finds the page as they left it.
  useEffect(() => {
    const back = (event: PageTransitionEvent) => event.persisted && setLeaving(false);
    addEventListener('pageshow', back);
    return () => removeEventListener('pageshow', back);
  }, []);
  const go = async () => {
    const reply = await begin.send({}, {});
    if (!reply) return;
    setLeaving(true);
    leaveForProvider(reply.url, to);
  };
  return (
    <div className={styles.passkey}>
      <Button fullWidth size="lg" loading={begin.pending || leaving} onClick={() => void go()}>
        Sign in with {service}
      </Button>
      <div role="alert">{begin.problem && <p>{begin.problem}</p>}</div>
    </div>
  );
}
