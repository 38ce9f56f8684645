/** Starts the thread where nothing is built: a thread takes no loader from the process that starts it. */
import { register } from 'tsx/esm/api';

register();
await import('./folding-thread.ts');
