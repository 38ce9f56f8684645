/** What `public/head-start.js` asked the server before the app itself was there. */
interface EarlyReply {
  /** What the reply answers; an address that ends in a slash stands for whatever lies below it. */
  readonly path: string;
  readonly reply: Promise<Response | null>;
}

declare global {
  interface Window {
    casebookHeadStart?: EarlyReply[];
  }
}

/** Milliseconds since the page was asked for, after which an early reply is too old to show. */
const FRESH = 15_000;

/**
 * @returns the early reply to this address, each once; null where there was none. It
 * resolves to null where it is a refusal: that may be another one by now.
 */
export function earlyReply(path: string): Promise<Response | null> | null {
  const all = globalThis.window?.casebookHeadStart;
  const at = all?.findIndex((early) =>
    early.path.endsWith('/') ? path.startsWith(early.path) : path === early.path,
  );
  if (!all || at === undefined || at < 0) return null;
  const [early] = all.splice(at, 1);
  if (!early || performance.now() > FRESH) return null;
  return early.reply.then(
    (reply) => (reply?.ok && placeOf(reply) === path ? reply : null),
    () => null,
  );
}

/** The address of what was sent, which may be another than the one asked. */
function placeOf(reply: Response): string {
  return reply.headers.get('Content-Location') ?? new URL(reply.url).pathname;
}

/** Somebody else is signed in now, or nobody. */
export function forgetEarlyReplies(): void {
  delete globalThis.window?.casebookHeadStart;
}
