import { Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useNewVersion } from './new-version.ts';
import { watchPaletteKeys } from './palette.ts';
import { Toasts } from './Toasts.tsx';

const Palette = lazy(() => import('./Palette.tsx'));
const KeysDialog = lazy(() => import('./KeysDialog.tsx'));

/** What stands around every page: messages, the palette, and the focus after going somewhere. */
export function Shell() {
  const router = useRouter();
  const [lifted, setLifted] = useState<'palette' | 'keys' | null>(null);
  useEffect(() => watchPaletteKeys(setLifted), []);
  useNewVersion();
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        const main = document.querySelector<HTMLElement>('main');
        if (!main || main.contains(document.activeElement)) return;
        main.tabIndex = -1;
        main.focus({ preventScroll: true });
      }),
    [router],
  );
  return (
    <>
      <Outlet />
      <Toasts />
      <Suspense fallback={null}>
        {lifted === 'palette' && <Palette onClose={() => setLifted(null)} />}
        {lifted === 'keys' && <KeysDialog onClose={() => setLifted(null)} />}
      </Suspense>
    </>
  );
}
