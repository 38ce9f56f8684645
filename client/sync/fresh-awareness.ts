import type { Awareness } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';

/**
 * Lets people reappear at once after a reconnection: the provider removes them when
 * the connection breaks, but their clocks stay known, and what the server then says
 * of them counts as old until they next move.
 */
export function forgetOthersOnClose(provider: WebsocketProvider, awareness: Awareness): void {
  provider.on('status', ({ status }) => {
    if (status !== 'disconnected') return;
    for (const client of [...awareness.meta.keys()]) {
      if (client !== awareness.clientID) awareness.meta.delete(client);
    }
  });
}
