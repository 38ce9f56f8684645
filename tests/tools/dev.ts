/**
 * `npm run dev`: the server from its sources, started again on every change, and
 * the page by Vite, which reloads it. Open the address that is printed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';

const ROOT = join(import.meta.dirname, '../..');
const port = process.env.PORT ?? '4400';
const pagePort = Number(process.env.DEV_PORT ?? 5173);
const publicUrl = process.env.PUBLIC_URL ?? `http://127.0.0.1:${pagePort}`;

// Read by the proxy of client/vite.config.ts.
process.env.PORT = port;
const page = await createServer({
  configFile: join(ROOT, 'client/vite.config.ts'),
  server: { port: pagePort, strictPort: true },
});
await page.listen();

const server = spawn(
  join(ROOT, 'node_modules/.bin/tsx'),
  ['watch', '--clear-screen=false', join(import.meta.dirname, 'dev-server.ts')],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, PORT: port, PUBLIC_URL: publicUrl } },
);
server.once('exit', (code) => {
  void page.close().finally(() => process.exit(code ?? 1));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
