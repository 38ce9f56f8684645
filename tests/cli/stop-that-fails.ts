/** A server whose stop cannot save two blocks, or never ends, as its first argument says. */
import { serve } from '../../server/main.ts';
import { readSettings } from '../../server/settings.ts';

const { service } = await serve(readSettings(process.env), null);
const stop = service.stop.bind(service);
Object.assign(service, {
  async stop(...given: Parameters<typeof stop>) {
    await stop(...given);
    if (process.argv[2] === 'throws') throw new Error('the store is gone');
    return ['block-7', 'block-9'];
  },
});
process.stdout.write('ready\n');
