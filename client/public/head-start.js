// The page itself takes over from here.

// What another service sent the browser back with leaves the address before anything else reads it (WEB-1).
(function takeReturn() {
  if (location.pathname !== '/sign-in/return') return;
  window.casebookReturn = location.hash.slice(1) || location.search.slice(1);
  history.replaceState(null, '', location.pathname);
})();

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
  // Where the built page has it: the case to be read, while what draws and edits it is on its way.
  const paper = document.querySelector('meta[name="casebook-first-paper"]')?.content;
  if (paper) {
    // Copied before anybody reads the replies themselves; what fails, the page asks for and tells of.
    window.casebookFirstPaper = window.casebookHeadStart.map(({ reply }) =>
      reply.then((answer) => answer.clone()),
    );
    for (const copy of window.casebookFirstPaper) copy.catch(() => {});
    import(paper).catch(() => {});
  }
  window.casebookSocket = connect();
  // A device that has kept nothing yet need not be waited for.
  window.casebookDevice = globalThis.indexedDB?.databases?.();
  window.casebookDevice?.catch(() => {});
  const parts = document.querySelector('meta[name="casebook-case-parts"]')?.content ?? '';
  for (const href of parts.split(' ').filter(Boolean)) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    document.head.append(link);
  }
})();

// Where the app does not come, the page says so. It speaks for itself once it is there.
(function sayIfItNeverComes() {
  // Milliseconds; a slow line brings the app within them.
  const patience = 15_000;
  const here = () => document.querySelector('#page > *') && !document.querySelector('[data-first-paper]');
  const say = () => {
    if (here() || document.querySelector('.never-came')) return;
    const note = document.createElement('div');
    note.className = 'never-came';
    note.setAttribute('role', 'alert');
    const words = document.createElement('p');
    const speak = () => {
      const said = document.querySelector('[data-first-paper]')
        ? 'The rest of this page has not come. You can read what stands here, but nothing can be changed yet.'
        : 'Casebook has not come. Look at your connection, then try again.';
      if (words.textContent !== said) words.textContent = said;
    };
    speak();
    const again = document.createElement('button');
    again.type = 'button';
    again.textContent = 'Try again';
    again.onclick = () => location.reload();
    note.append(words, again);
    document.body.append(note);
    const gone = new MutationObserver(() => {
      // The case to be read may come later than this.
      if (!here()) return speak();
      gone.disconnect();
      note.remove();
    });
    gone.observe(document.body, { childList: true, subtree: true });
  };
  setTimeout(say, patience);
  // A script that cannot be had says so itself; the records may still bring the case to be read.
  addEventListener('error', ({ target }) => target?.type === 'module' && setTimeout(say, 1_000), true);
})();

// Before the first paint, so that a dark room stays dark; last, since the storage may keep it waiting.
(function chooseScheme() {
  let chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // No storage is allowed here: the system's own choice holds.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
