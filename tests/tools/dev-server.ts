/** The server from its sources; its page comes from Vite. */
import { run } from '../../server/cli/commands.ts';

await run([process.execPath, 'casebook', 'serve'], { clientRoot: null });
