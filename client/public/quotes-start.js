// The first script of the page on which people check their words: before the first paint, and
// before the page's own script has come over a slow line.
document.documentElement.setAttribute(
  'data-mantine-color-scheme',
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
);

// The token of a link leaves the address at once (LINK-1). What the link is for is asked for, which
// changes nothing (QUOTE-4); client/speaker/entering.ts takes the answers.
(function startLink() {
  const token = location.hash.replace(/^#(token=)?/, '').slice(0, 200);
  if (token === '') return;
  history.replaceState(null, '', location.pathname);
  if (token.length < 20) return;
  const ask = (path, options) => {
    const reply = fetch(path, { credentials: 'same-origin', ...options });
    // Whoever takes the reply hears of the failure.
    reply.catch(() => {});
    return reply;
  };
  window.casebookHeadStart = [{ path: '/api/session', reply: ask('/api/session') }];
  window.casebookLink = {
    token,
    reply: ask('/api/links/inspect', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    }),
  };
})();
