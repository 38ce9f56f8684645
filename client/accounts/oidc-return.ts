import type { OidcReturn } from '../../shared/api/oidc.ts';

declare global {
  interface Window {
    /** Set by public/head-start.js on the page of the return; without its ? or #. */
    casebookReturn?: string;
  }
}

const GO_ON_TO = 'casebook.sign-in.to';

/** @param to path of this page's own to go to once signed in; kept for this tab alone */
export function leaveForProvider(url: string, to: string | undefined): void {
  if (to === undefined) sessionStorage.removeItem(GO_ON_TO);
  else sessionStorage.setItem(GO_ON_TO, to);
  location.assign(url);
}

/** @returns where somebody wanted to be before they left to sign in */
export function wantedBefore(): string | undefined {
  return sessionStorage.getItem(GO_ON_TO) ?? undefined;
}

/** @returns what the service sent along, told once; null where it sent nothing that could be used */
export function takeReturn(): OidcReturn | null {
  const said = new URLSearchParams(window.casebookReturn ?? '');
  delete window.casebookReturn;
  const { state, code, iss, error } = Object.fromEntries(said);
  if (!state) return null;
  return { state, ...(code && { code }), ...(iss && { iss }), ...(error && { error }) };
}
