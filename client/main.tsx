import './ui/mantine.css';
import './ui/tokens.css';
import './ui/fonts.css';
import './ui/theme.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { recoverMissingParts, registerServiceWorker } from './ui/new-version.ts';
import { queries } from './ui/query.ts';
import { router } from './ui/router.tsx';
import { providerProps } from './ui/theme.ts';

recoverMissingParts();
const page = document.getElementById('page');
if (!page) throw new Error('index.html has no #page');

/** Milliseconds for which the first page may be drawn at once as a whole; after them it is drawn as it comes. */
const WHOLE_WITHIN = 300;

/** The page's code and the records that its routes ask for: drawn in one go they are there sooner than piece by piece. */
async function firstPage(): Promise<void> {
  await router.load();
  await Promise.allSettled(router.state.matches.map((match) => match.loaderData?.records));
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
void Promise.race([firstPage(), new Promise((resolve) => setTimeout(resolve, WHOLE_WITHIN))]).then(
  draw,
  draw,
);
if (document.readyState === 'complete') registerServiceWorker();
else addEventListener('load', registerServiceWorker, { once: true });
