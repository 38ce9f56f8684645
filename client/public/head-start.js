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
  // The live connection, too. What the server says on it is kept until somebody listens.
  const connect = () => {
    const { protocol, host } = location;
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/collab`, ['casebook.1']);
    socket.binaryType = 'arraybuffer';
    const early = { socket, heard: [] };
    socket.onmessage = ({ data }) => early.heard.push(data);
    return early;
  };
  const path = `/api/cases/${asked[1]}`;
  window.casebookHeadStart = [
    { path: '/api/session', reply: get('/api/session') },
    { path, reply: get(path) },
    { path: `${path}/text`, reply: get(`${path}/text`) },
    // Which one it is, the case itself knows: asked by that address, it waits for no other reply.
    { path: '/api/frameworks/', reply: get(`${path}/framework`) },
  ];
  window.casebookSocket = connect();
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
