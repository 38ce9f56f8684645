import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SCHEMA_VERSION } from '../../shared/document/schema-version.ts';
import type { Role } from '../../shared/permissions/roles.ts';
import type { RunningServer } from '../support/server.ts';
import { newId, type Team } from '../support/team.ts';
import { PageCalls } from '../support/web.ts';

export interface Member {
  readonly personId: string;
  readonly token: string;
  readonly calls: PageCalls;
}

/** Lets somebody in by a link, as they would come in, and makes them a token. */
export async function joinTeam(
  server: RunningServer,
  team: Team,
  name: string,
  role: Exclude<Role, 'owner'>,
): Promise<Member> {
  const calls = new PageCalls(server.url, server.url);
  const token = new URL(await team.invite(name, role)).hash.slice(1);
  const { person } = await calls.call('POST /api/links/redeem', { token });
  const made = await calls.call('POST /api/tokens', { id: newId(), name: 'editor' });
  return { personId: person.id, token: made.token, calls };
}

export interface LiveOptions {
  readonly doc?: Y.Doc;
  readonly schema?: boolean;
  readonly socket?: new (...args: ConstructorParameters<typeof WebSocket>) => WebSocket;
}

/** The stock provider of y-websocket on a replica, as a stranger's editor would use it. */
export class LiveClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;

  constructor(server: { readonly url: string }, blockId: string, token: string, options: LiveOptions = {}) {
    this.doc = options.doc ?? new Y.Doc();
    const schema = (options.schema ?? true) ? [`casebook.schema.${SCHEMA_VERSION}`] : [];
    const url = `${server.url.replace('http', 'ws')}/collab`;
    this.provider = new WebsocketProvider(url, `block/${blockId}`, this.doc, {
      protocols: ['y-websocket', ...schema, `casebook.token.${token}`],
      WebSocketPolyfill: (options.socket ?? WebSocket) as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
  }

  /** Resolves when the server's state has arrived. */
  synced(): Promise<void> {
    if (this.provider.synced) return Promise.resolve();
    return new Promise((resolve) => {
      this.provider.once('sync', () => resolve());
    });
  }

  /** Resolves when the document is so, now or after some update. */
  until(isSo: (doc: Y.Doc) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo(this.doc)) return;
        this.doc.off('update', look);
        resolve();
      };
      this.doc.on('update', look);
      look();
    });
  }

  /** Resolves when the server closed the line for good. */
  closed(): Promise<{ code: number; reason: string }> {
    return new Promise((resolve) => {
      this.provider.once('closed', resolve);
    });
  }

  end(): void {
    this.provider.destroy();
  }
}
