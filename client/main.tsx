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
createRoot(page).render(
  <StrictMode>
    <MantineProvider {...providerProps}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
addEventListener('load', registerServiceWorker, { once: true });
