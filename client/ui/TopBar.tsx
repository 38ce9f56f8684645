import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Menu } from './Menu.tsx';
import { openKeys, openPalette } from './palette.ts';
import { useSession } from './session.tsx';
import styles from './TopBar.module.css';
import { Who } from './Who.tsx';

const SignOutDialog = lazy(() => import('../accounts/SignOutDialog.tsx'));
const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/**
 * The bar over every page of the team.
 * @param crumbs where this page stands, outermost first: links or plain words
 * @param right what this page adds at the right, before the person
 */
export function TopBar({ crumbs = [], right }: { crumbs?: readonly ReactNode[]; right?: ReactNode }) {
  const { person } = useSession();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  return (
    <header className={styles.bar}>
      <button type="button" className={styles.skip} onClick={skipToMain}>
        Skip to the page
      </button>
      <Link to="/" className={styles.name}>
        Casebook
      </Link>
      {crumbs.length > 0 && (
        <nav aria-label="Where you are" className={styles.crumbs}>
          <ol>
            {crumbs.map((crumb, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place
              <li key={index}>{crumb}</li>
            ))}
          </ol>
        </nav>
      )}
      <span className={styles.gap} />
      {right}
      <button type="button" className={styles.anywhere} onClick={openPalette}>
        <span className={styles.keys}>{onMac ? '⌘ K' : 'Ctrl K'}</span>{' '}
        <span className={styles.hint}>to go anywhere</span>
      </button>
      <Menu
        label={`${person.name}: account and help`}
        button={<Who person={person} />}
        head={
          <>
            <strong>{person.name}</strong>
            <div className={styles.email}>{person.email}</div>
          </>
        }
        items={[
          { label: 'Go anywhere …', run: openPalette },
          { label: 'Your studies', run: () => void navigate({ to: '/' }) },
          { label: 'Your account', run: () => void navigate({ to: '/account' }) },
          { label: 'Keys', run: openKeys },
          { label: 'Sign out', run: () => setLeaving(true) },
        ]}
      />
      {leaving && (
        <Suspense fallback={null}>
          <SignOutDialog onClose={() => setLeaving(false)} />
        </Suspense>
      )}
    </header>
  );
}

function skipToMain(): void {
  const main = document.querySelector<HTMLElement>('main');
  if (!main) return;
  main.tabIndex = -1;
  main.focus();
}
