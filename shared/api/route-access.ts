import type { StudyAct } from '../permissions/study-acts.ts';
import type { RouteKey } from './contract.ts';
import type { FileRouteKey } from './file-routes.ts';
import { FILE_RULES, ROUTE_RULES, type RouteRule } from './route-rules.ts';

/**
 * Who may call a route: `anyone`; whoever is `signed-in`, for what is their own or
 * everybody's; whoever is signed in at a `page`, so that a token that leaked cannot
 * make itself at home; else what one has to be allowed to do in the study.
 */
export type RouteAccess = 'anyone' | 'signed-in' | 'page' | StudyAct;

/**
 * What each route asks for, in one word, from its rule. Where a body decides what is
 * needed, as of a section's status, it is the least, and the route asks for more.
 */
export const ROUTE_ACCESS: Readonly<Record<RouteKey | FileRouteKey, RouteAccess>> = accessOf({
  ...ROUTE_RULES,
  ...FILE_RULES,
});

function accessOf<K extends string>(rules: Readonly<Record<K, RouteRule>>): Record<K, RouteAccess> {
  const entries = Object.entries<RouteRule>(rules).map(([key, rule]) => [key, wordFor(rule)]);
  return Object.fromEntries(entries) as Record<K, RouteAccess>;
}

function wordFor(rule: RouteRule): RouteAccess {
  switch (rule.kind) {
    case 'anyone':
    case 'page':
      return rule.kind;
    case 'own':
    case 'team':
    case 'maker':
    case 'case-text':
      return 'signed-in';
    case 'study':
    case 'case':
    case 'case-change':
    case 'block':
      return rule.act;
    default:
      return rule satisfies never;
  }
}
