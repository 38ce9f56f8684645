import {
  contract,
  type RouteBody,
  type RouteKey,
  type RouteParams,
  type RouteReply,
} from '../../../shared/api/contract.ts';
import { createApiToken, revokeApiToken } from '../../accounts/tokens.ts';
import { AT_THE_COMMAND_LINE } from '../../audit/audit-chain.ts';
import type { Parts } from '../../parts.ts';

/** The interface of the running service, used for one person. */
export interface Calls {
  /** @throws when the service refuses */
  call<K extends RouteKey>(
    key: K,
    given: { params?: RouteParams<K>; body?: RouteBody<K> },
  ): Promise<RouteReply<K>>;
  /** Gives up the right to call. */
  end(): Promise<void>;
}

/** Acts for a person over HTTP with a token of theirs, as any program would. */
export async function callsOf(parts: Parts, personId: string): Promise<Calls> {
  const id = parts.random.id();
  const token = await createApiToken(parts, {
    id,
    personId,
    name: 'demo',
    by: AT_THE_COMMAND_LINE,
  });
  const { host, port } = parts.settings;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    async call<K extends RouteKey>(key: K, given: { params?: RouteParams<K>; body?: RouteBody<K> }) {
      const [method, pattern] = key.split(' ') as [string, string];
      const params: Readonly<Record<string, string>> = given.params ?? {};
      const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      });
      const reply: unknown = await response.json();
      if (!response.ok) throw new Error(`${key} was refused: ${JSON.stringify(reply)}`);
      return contract[key].reply.parse(reply) as RouteReply<K>;
    },
    end: () => revokeApiToken(parts, personId, id, AT_THE_COMMAND_LINE),
  };
}
