import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { useEffect } from 'react';
import { readAuditSearch } from '../audit/audit-search.ts';
import { preloadCase } from '../case-study/preload-case.ts';
import { ErrorState } from './ErrorState.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { preloadSession } from './query.ts';
import { Shell } from './Shell.tsx';

/** Every page is its own file, fetched when a link to it is pointed at or followed. */
const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFoundPage,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === 'string' ? { to: search.to } : {},
  component: lazyRouteComponent(() => import('../accounts/SignInPage.tsx')),
});
/** Where another service sends people back to (shared/accounts/oidc-return.ts). */
const signInReturn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/return',
  component: lazyRouteComponent(() => import('../accounts/ReturnPage.tsx')),
});
const enter = createRoute({
  getParentRoute: () => root,
  path: '/enter',
  component: lazyRouteComponent(() => import('../accounts/EnterPage.tsx')),
});
/** A school contact's pages: nothing of them stays on the device (DEVICE-1). */
const contact = createRoute({
  getParentRoute: () => root,
  path: '/contact',
  component: lazyRouteComponent(() => import('../contact/ContactRoute.tsx')),
});

/** What is held on them, and why. */
const contactSheet = createRoute({
  getParentRoute: () => root,
  path: '/contact/sheet',
  component: lazyRouteComponent(() => import('../protection/ContactSheetRoute.tsx')),
});

/** Not of this app, and lean (client/speaker): whoever comes there by a link of the app's is sent on. */
const speaker = createRoute({
  getParentRoute: () => root,
  path: '/quotes',
  component: function LeaveForQuotes() {
    useEffect(() => location.reload(), []);
    return null;
  },
});

/** Everything for members of a study. */
const team = createRoute({
  getParentRoute: () => root,
  id: 'team',
  loader: () => ({ records: preloadSession() }),
  staleTime: Number.POSITIVE_INFINITY,
  component: lazyRouteComponent(() => import('./SignedIn.tsx')),
});
/** `?make=case` opens the form for a new one, so that the palette and a shared link can. */
function made<What extends string>(what: What) {
  return (search: Record<string, unknown>): { make?: What } => (search.make === what ? { make: what } : {});
}
const studies = createRoute({
  getParentRoute: () => team,
  path: '/',
  validateSearch: made('study'),
  component: lazyRouteComponent(() => import('../studies/StudiesPage.tsx')),
});
const account = createRoute({
  getParentRoute: () => team,
  path: '/account',
  component: lazyRouteComponent(() => import('../accounts/AccountPage.tsx')),
});
const programs = createRoute({
  getParentRoute: () => team,
  path: '/interface',
  component: lazyRouteComponent(() => import('../api/InterfacePage.tsx')),
});
const study = createRoute({
  getParentRoute: () => team,
  path: '/studies/$studyId',
  component: Outlet,
});
const studyHome = createRoute({
  getParentRoute: () => study,
  path: '/',
  validateSearch: made('case'),
  component: lazyRouteComponent(() => import('../studies/StudyHome.tsx')),
});
const people = createRoute({
  getParentRoute: () => study,
  path: '/people',
  component: lazyRouteComponent(() => import('../studies/PeoplePage.tsx')),
});
const schools = createRoute({
  getParentRoute: () => study,
  path: '/schools',
  component: lazyRouteComponent(() => import('../studies/SchoolsPage.tsx')),
});
const framework = createRoute({
  getParentRoute: () => study,
  path: '/framework',
  component: lazyRouteComponent(() => import('../frameworks/FrameworkPage.tsx')),
});
const bin = createRoute({
  getParentRoute: () => study,
  path: '/bin',
  component: lazyRouteComponent(() => import('../studies/BinPage.tsx')),
});
const outbox = createRoute({
  getParentRoute: () => study,
  path: '/outbox',
  component: lazyRouteComponent(() => import('../studies/OutboxPage.tsx')),
});

const studyQuotes = createRoute({
  getParentRoute: () => study,
  path: '/quotes',
  component: lazyRouteComponent(() => import('../quotes/StudyQuotesPage.tsx')),
});
const letters = createRoute({
  getParentRoute: () => study,
  path: '/letters',
  component: lazyRouteComponent(() => import('../letters/LettersPage.tsx')),
});
const privacy = createRoute({
  getParentRoute: () => study,
  path: '/privacy',
  component: lazyRouteComponent(() => import('../protection/ProtectionPage.tsx')),
});
const record = createRoute({
  getParentRoute: () => study,
  path: '/record',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('../audit/AuditPage.tsx')),
});

const CasePage = lazyRouteComponent(() => import('../case-study/CasePage.tsx'));
const caseStudy = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId',
  // Not waited for within an object: the page draws itself while they come.
  loader: ({ params }) => ({ records: preloadCase(params.caseId) }),
  // The address follows the section in view; that asks for nothing anew.
  staleTime: Number.POSITIVE_INFINITY,
  // `quote` and `thread`: the one that the reader came for; `find`: words that are looked for in all of it.
  validateSearch: (
    search: Record<string, unknown>,
  ): { section?: string; quote?: string; thread?: string; find?: string } => ({
    ...(search.section !== undefined && { section: String(search.section) }),
    ...(search.quote !== undefined && { quote: String(search.quote) }),
    ...(search.thread !== undefined && { thread: String(search.thread) }),
    ...(search.find !== undefined && { find: String(search.find) }),
  }),
  component: Object.assign(
    function CaseRoute() {
      const { caseId } = caseStudy.useParams();
      return <CasePage key={caseId} caseId={caseId} />;
    },
    { preload: () => CasePage.preload?.() },
  ),
});
const HistoryPage = lazyRouteComponent(() => import('../history/HistoryPage.tsx'));
const SHOWN = ['then', 'since', 'whole'] as const;
/** `at`: the moment, by its last change; `show`: what of it. */
const history = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId/history',
  validateSearch: (
    search: Record<string, unknown>,
  ): { section?: string; at?: string; show?: (typeof SHOWN)[number] } => {
    const show = SHOWN.find((one) => one === search.show);
    return {
      ...(search.section !== undefined && { section: String(search.section) }),
      ...(search.at !== undefined && { at: String(search.at) }),
      ...(show && { show }),
    };
  },
  component: Object.assign(
    function HistoryRoute() {
      const { caseId } = history.useParams();
      return <HistoryPage key={caseId} caseId={caseId} />;
    },
    { preload: () => HistoryPage.preload?.() },
  ),
});
const PrintPage = lazyRouteComponent(() => import('../case-study/PrintPage.tsx'));
const print = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId/print',
  component: Object.assign(
    function PrintRoute() {
      const { caseId } = print.useParams();
      return <PrintPage key={caseId} caseId={caseId} />;
    },
    { preload: () => PrintPage.preload?.() },
  ),
});
const SharingPage = lazyRouteComponent(() => import('../sharing/SharingPage.tsx'));
const sharing = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId/sharing',
  component: Object.assign(
    function SharingRoute() {
      const { caseId } = sharing.useParams();
      return <SharingPage key={caseId} caseId={caseId} />;
    },
    { preload: () => SharingPage.preload?.() },
  ),
});
const InformationPage = lazyRouteComponent(() => import('../information/InformationPage.tsx'));
/** `?ask=` opens the form, about that school where one is named. */
const information = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId/information',
  validateSearch: (search: Record<string, unknown>): { ask?: string } =>
    search.ask === undefined ? {} : { ask: String(search.ask) },
  component: Object.assign(
    function InformationRoute() {
      const { caseId } = information.useParams();
      return <InformationPage key={caseId} caseId={caseId} />;
    },
    { preload: () => InformationPage.preload?.() },
  ),
});
const QuotesPage = lazyRouteComponent(() => import('../quotes/QuotesPage.tsx'));
const quotes = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId/quotes',
  component: Object.assign(
    function QuotesRoute() {
      const { caseId } = quotes.useParams();
      return <QuotesPage key={caseId} caseId={caseId} />;
    },
    { preload: () => QuotesPage.preload?.() },
  ),
});
const RecordPage = lazyRouteComponent(() => import('../quotes/RecordPage.tsx'));
const quoteRecord = createRoute({
  getParentRoute: () => team,
  path: '/quotes/$quoteId',
  component: Object.assign(
    function QuoteRecordRoute() {
      const { quoteId } = quoteRecord.useParams();
      return <RecordPage key={quoteId} quoteId={quoteId} />;
    },
    { preload: () => RecordPage.preload?.() },
  ),
});
const ViewAsPage = lazyRouteComponent(() => import('../sharing/ViewAsPage.tsx'));
const viewAs = createRoute({
  getParentRoute: () => team,
  path: '/cases/$caseId/view-as/$personId',
  component: Object.assign(
    function ViewAsRoute() {
      const { caseId, personId } = viewAs.useParams();
      return <ViewAsPage key={`${caseId} ${personId}`} caseId={caseId} personId={personId} />;
    },
    { preload: () => ViewAsPage.preload?.() },
  ),
});
/** A tidy address for what people type. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/studies',
  beforeLoad: () => {
    throw redirect({ to: '/' });
  },
});

const routeTree = root.addChildren([
  signIn,
  signInReturn,
  enter,
  contact,
  contactSheet,
  speaker,
  home,
  team.addChildren([
    studies,
    account,
    programs,
    study.addChildren([
      studyHome,
      studyQuotes,
      people,
      schools,
      framework,
      bin,
      outbox,
      letters,
      record,
      privacy,
    ]),
    caseStudy,
    history,
    print,
    sharing,
    information,
    quotes,
    quoteRecord,
    viewAs,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: PageSkeleton,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error as Error} retry={reset} whole />,
  scrollRestoration: true,
  // `section=2.4` stays what it looks like: search values are plain strings here.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const text = new URLSearchParams(pairs).toString();
    return text ? `?${text}` : '';
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
