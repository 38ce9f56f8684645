import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const root = import.meta.dirname;
const server = `http://127.0.0.1:${process.env.PORT ?? '4400'}`;

/** The two upright latin faces stand on every first screen, so they are asked for with the page itself. */
const FIRST_FONTS = /(inter|source-serif-4)-latin-wght-normal.*\.woff2$/;

function preloadFonts(): Plugin {
  return {
    name: 'casebook:preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, context) =>
        Object.keys(context.bundle ?? {})
          .filter((file) => FIRST_FONTS.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
            injectTo: 'head' as const,
          })),
    },
  };
}

/** What the page of a case draws with, beyond what every page has; see public/head-start.js. */
const CASE_PARTS = /client\/(ui\/SignedIn|case-study\/CasePage|case-study\/SectionWriting)\.tsx$/;

/** Shows a case before the page is there; see public/head-start.js. */
const FIRST_PAPER = resolve(root, 'case-study/first-paper-start.ts');

function nameCaseParts(): Plugin {
  return {
    name: 'casebook:case-parts',
    buildStart() {
      if (this.meta.watchMode) return;
      this.emitFile({ type: 'chunk', id: FIRST_PAPER });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {}, chunk: entry }) {
        const files = new Set<string>();
        const known = new Set<string>();
        const collect = (file: string, into: Set<string>): void => {
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk' || known.has(file)) return;
          known.add(file);
          into.add(file);
          for (const imported of chunk.imports) collect(imported, into);
        };
        // The page itself names what it starts with.
        if (entry) collect(entry.fileName, new Set());
        for (const [file, chunk] of Object.entries(bundle)) {
          if (chunk.type === 'chunk' && chunk.moduleIds.some((id) => CASE_PARTS.test(id)))
            collect(file, files);
        }
        const paper = Object.values(bundle).find(
          (chunk) => chunk.type === 'chunk' && chunk.moduleIds.includes(FIRST_PAPER),
        );
        const parts = [...files].map((file) => `/${file}`).join(' ');
        return [
          { name: 'casebook-case-parts', content: parts },
          ...(paper ? [{ name: 'casebook-first-paper', content: `/${paper.fileName}` }] : []),
        ].map((attrs) => ({ tag: 'meta', attrs, injectTo: 'head-prepend' as const }));
      },
    },
  };
}

/** While the page is developed, the address of the one on which people check their words; see speaker/. */
function serveSpeakerPage(): Plugin {
  return {
    name: 'casebook:speaker-page',
    configureServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        if (/^\/quotes\/?(\?|$)/.test(request.url ?? '')) request.url = '/quotes.html';
        next();
      });
    },
  };
}

function anyOf(...paths: string[]): RegExp {
  return new RegExp(paths.join('|'));
}

/** What a case is read with, and its fields are filled in with, before any editor. */
const LIVE_FIELDS = anyOf(
  'node_modules/(yjs|lib0|y-protocols|y-websocket|idb)/',
  'client/sync/',
  'shared/protocol/',
  // what is known of quotes comes once the first text can be written in
  'shared/document/(?!schema\\.|wording|word-(difference|changes)|quote-context|sentences|anchors|flat-text|longest-row)',
  'shared/quotes/names-in-text',
  'client/editor/(block-room|block-presence|folding|names-here|ReadingView|prose|fields/|.*\\.module\\.css)',
  'client/editor/(FieldForm|PromptList|bound-text|text-edit|figures|row-order)',
  'client/publishing/draft-download',
  'client/case-study/(case-sections|live-facts)',
  'client/information/(live-answer|AnswerSum)',
);

/** Small things that most pages share. */
const FRAME = anyOf(
  'client/ui/(session|SignedIn|left-here|TopBar|Menu|Dialog|Who|Chip|late-format|typed-since)\\b',
  'shared/permissions/access',
  'client/studies/KeptWordsHere',
  'client/case-study/(MenuButton|use-media)',
);

/** What a text is written with, but for what is fetched when it is first wanted. */
const EDITOR = anyOf(
  'client/editor/(?!Toolbar\\.|SlashMenu|LinkForm|TableControls|find-replace)',
  'client/case-study/SectionWriting',
  'shared/document/schema\\.',
);

/** The page of a case, but for what is fetched when it is first wanted. */
const CASE = anyOf(
  'client/case-study/(?!preload-case|PrintPage|(use-)?case-find|find-|FindPanel|(ToAsk|Stage)Dialog|closing-list|SectionDetails|KeptApart|Case(NotOpen|OwesPasskey))',
  'client/information/CaseRequests',
);

export default defineConfig({
  root,
  plugins: [
    react(),
    preloadFonts(),
    nameCaseParts(),
    serveSpeakerPage(),
    VitePWA({
      strategies: 'generateSW',
      // client/ui/new-version.ts registers it: no inline script, and no workbox-window in the page.
      injectRegister: false,
      manifest: {
        name: 'Casebook',
        short_name: 'Casebook',
        description: 'Case studies of schools, written together.',
        start_url: '/',
        display: 'standalone',
        background_color: '#fbfaf7',
        theme_color: '#fbfaf7',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,woff2,svg,webmanifest}'],
        navigateFallback: '/index.html',
        // What the server itself answers: the interface, the socket, its health, and exported files.
        // Tried on the path together with its search, so a file's ending is sought in the path
        // alone: `/cases/…?section=2.4` is a page.
        navigateFallbackDenylist: [
          /^\/api(\/|$)/,
          /^\/collab(\/|$)/,
          /^\/healthz/,
          /^\/quotes\/?(\?|$)/,
          /^\/exports?(\/|$)/,
          /^[^?]*\.\w+(\?|$)/,
        ],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: false,
        sourcemap: false,
        inlineWorkboxRuntime: true,
      },
    }),
  ],
  build: {
    outDir: resolve(root, '../dist/client'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file of styles: each costs a request, and the page of a case needs nearly all of them.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What a case is first shown with, whole: it waits for no other file.
            {
              name: 'paper',
              test: /client\/case-study\/first-paper|node_modules\/react\/(jsx-runtime|cjs\/react-jsx-runtime\.)/,
              priority: 2,
            },
            // Each file costs the page a request and a start of its own: few of them open it sooner.
            { name: 'base', test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// },
            ...[
              { name: 'frame', test: FRAME },
              // Apart from the editor: a contact's page has live fields, and no editor until it is asked for.
              { name: 'live', test: LIVE_FIELDS },
              { name: 'editor', test: EDITOR },
              { name: 'case', test: CASE },
            ].map((group) => ({ ...group, includeDependenciesRecursively: false })),
            {
              name: 'writing',
              test: /node_modules\/(@tiptap|prosemirror-[a-z-]+|orderedmap|rope-sequence|w3c-keyname|linkifyjs)\//,
            },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: server },
      '/exports': { target: server },
      '/collab': { target: server, ws: true },
    },
  },
});
