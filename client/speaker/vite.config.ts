import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..');

/**
 * The page on which people check their words (`/quotes`), built apart from the app: it shares
 * no file with it, so that a telephone on a slow line gets little, and no service worker keeps it.
 */
export default defineConfig({
  root,
  build: {
    // The app's own build has put that beside both.
    copyPublicDir: false,
    outDir: resolve(root, '../dist/client'),
    emptyOutDir: false,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: resolve(root, 'quotes.html') },
  },
});
