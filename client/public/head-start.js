// A case's page asks for its code and its records at once, while the app itself is still on its way.
// client/ui/head-start.ts hands the replies over to whoever asks for them.
(function startCase() {
  const asked = /^\/cases\/([^/]+)\/?$/.exec(location.pathname);
  if (!asked) return;
  const get = (path) => {
    const reply = fetch(path, { credentials: 'same-origin' });
    // Whoever takes the reply hears of the failure; where nobody does, nobody need.
    reply.catch(() => {});
    return reply;
  };
  const path = `/api/cases/${asked[1]}`;
  const detail = get(path);
  const framework = detail
    .then((reply) => (reply.ok ? reply.clone().json() : null))
    .then((known) => {
      if (!known) return null;
      const { frameworkId, frameworkVersion } = known.study;
      return get(`/api/frameworks/${encodeURIComponent(frameworkId)}/${frameworkVersion}`);
    });
  framework.catch(() => {});
  window.casebookHeadStart = [
    { path: '/api/session', reply: get('/api/session') },
    { path, reply: detail },
    { path: `${path}/text`, reply: get(`${path}/text`) },
    { path: '/api/frameworks/', reply: framework },
  ];
  const parts = document.querySelector('meta[name="casebook-case-parts"]')?.content ?? '';
  for (const href of parts.split(' ').filter(Boolean)) {
    const link = document.createElement('link');
    if (href.endsWith('.css')) {
      link.rel = 'preload';
      link.as = 'style';
      // As the page asks for it later; otherwise it would be fetched twice.
      link.crossOrigin = '';
    } else {
      link.rel = 'modulepreload';
    }
    link.href = href;
    document.head.append(link);
  }
})();
