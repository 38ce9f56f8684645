import { WebSocket as NodeSocket } from 'ws';
import type { Member } from '../../collaboration/live-client.ts';
import { Network } from '../../sync/support/network.ts';
import { Page } from '../../sync/support/page.ts';

/** Between tabs alone; what goes to the server takes a real socket. */
const tabs = new Network();

/** The page's engine with a device of its own, against a real server. */
export function enginePage(server: { readonly url: string }, { personId, token }: Member): Page {
  const address = `${server.url.replace('http', 'ws')}/collab`;
  return new Page(tabs, personId, {
    tabs: false,
    makeSocket: (_url, protocols) => {
      const socket = new NodeSocket(address, [...protocols, `casebook.token.${token}`]);
      socket.on('error', () => {});
      return socket as unknown as WebSocket;
    },
  });
}

/** Milliseconds between two looks: text changes without the view changing. */
const LOOK_EVERY = 20;

/** Resolves once it is so. */
export function untilBlock(page: Page, blockId: string, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      end();
      clearInterval(timer);
      resolve();
    };
    const timer = setInterval(look, LOOK_EVERY);
    const end = page.engine.block(blockId).watch(look);
  });
}
