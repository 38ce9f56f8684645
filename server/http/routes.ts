import type express from 'express';
import type { RouteInput, RouteKey, RouteParams, RouteQuery, RouteReply } from '../../shared/api/contract.ts';
import type { SignedIn } from '../accounts/authentication.ts';
import type { Actor } from '../audit/audit-chain.ts';
import { Refusal } from './refusal.ts';

/** One call of a route, already validated by the contract. */
export interface Call<K extends RouteKey> {
  /** Who is asking; null for nobody. */
  readonly by: SignedIn | null;
  /** The same as records tell it: with the way and the network. */
  readonly actor: Actor;
  readonly params: RouteParams<K>;
  readonly query: RouteQuery<K>;
  readonly body: RouteInput<K>;
  readonly request: express.Request;
  readonly response: express.Response;
}

/** What is returned is the reply; a refusal is thrown as `Refusal`. */
export type Handler<K extends RouteKey> = (call: Call<K>) => Promise<RouteReply<K>>;

/** The routes of one feature. */
export type Routes = { readonly [K in RouteKey]?: Handler<K> };

/**
 * @returns who is asking
 * @throws Refusal `not-signed-in` for nobody
 */
export function signedIn(call: { readonly by: SignedIn | null }): SignedIn {
  if (!call.by) throw new Refusal('not-signed-in', 'Sign in first.');
  return call.by;
}
