import './ui/mantine.css';
import './ui/tokens.css';
import './ui/fonts.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { preloadCase } from './case-study/preload-case.ts';
import { recoverMissingParts, registerServiceWorker } from './ui/new-version.ts';
import { preloadSession, queries } from './ui/query.ts';
import { router } from './ui/router.tsx';
import { providerProps } from './ui/theme.ts';

recoverMissingParts();
const page = document.getElementById('page');
if (!page) throw new Error('index.html has no #page');

/** Milliseconds for which the first page may be drawn at once as a whole; after them it is drawn as it comes. */
const WHOLE_WITHIN = 300;

/** The page's code and, for a case, its records: drawn in one go they are there sooner than piece by piece. */
function firstPage(): Promise<unknown> {
  const [, caseId] = /^\/cases\/([^/]+)\/?$/.exec(location.pathname) ?? [];
  const records = caseId === undefined ? [] : [preloadCase(caseId), preloadSession()];
  return Promise.allSettled([router.load(), ...records]);
}

function draw(): void {
  createRoot(page as HTMLElement).render(
    <StrictMode>
      <MantineProvider {...providerProps}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

// Not awaited here: the other files of the page wait until this one has run.
void Promise.race([firstPage(), new Promise((resolve) => setTimeout(resolve, WHOLE_WITHIN))]).then(draw);
if (document.readyState === 'complete') registerServiceWorker();
else addEventListener('load', registerServiceWorker, { once: true });
