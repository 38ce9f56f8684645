const WAITING = 'casebook.link';

/**
 * The token of the link whose code one went to read: on a phone that may cost the
 * page its memory. Kept for this tab alone, never in an address, and dropped when
 * the link is used, refused or left.
 * @returns '' where no link waits
 */
export function waitingLink(): string {
  return sessionStorage.getItem(WAITING) ?? '';
}

export function keepLink(token: string): void {
  sessionStorage.setItem(WAITING, token);
}

/** @param token dropped only if it is this one that waits */
export function dropLink(token: string): void {
  if (waitingLink() === token) sessionStorage.removeItem(WAITING);
}
