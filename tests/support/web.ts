import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type express from 'express';
import { createApp } from '../../server/http/app.ts';
import { mergeRoutes } from '../../server/http/route-binder.ts';
import type { Routes } from '../../server/http/routes.ts';
import type { Parts } from '../../server/parts.ts';
import { contract, type RouteBody, type RouteKey, type RouteReply } from '../../shared/api/contract.ts';
import type { Problem } from '../../shared/api/problem.ts';

export interface Web {
  /** Without a slash at its end. */
  readonly url: string;
  /** Somebody's browser, with cookies of its own. */
  browser(): PageCalls;
  close(): Promise<void>;
}

/** Serves features over real HTTP on a free port; routes that no feature has answer 500. */
export async function startWeb(
  parts: Parts,
  features: readonly Routes[],
  clientRoot: string | null = null,
  files: readonly express.Router[] = [],
): Promise<Web> {
  const has = new Set(features.flatMap((routes) => Object.keys(routes)));
  const absent = Object.fromEntries(
    Object.keys(contract)
      .filter((key) => !has.has(key))
      .map((key) => [key, () => Promise.reject(new Error(`${key} is not under test`))]),
  ) as Routes;
  const routes = mergeRoutes([...features, absent]);
  const server = createServer(createApp({ parts, routes, files, clientRoot, roomsOpen: () => 0 }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    browser: () => new PageCalls(url, parts.settings.publicUrl),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Calls routes as a page does: with cookies and an `Origin`. */
export class PageCalls {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  readonly #origin: string | undefined;
  readonly #headers: Readonly<Record<string, string>>;

  /**
   * @param origin of the page that calls; undefined for a program
   * @param headers sent with every call
   */
  constructor(url: string, origin: string | undefined, headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
    this.#url = url;
    this.#origin = origin;
  }

  /** @throws when the answer is a problem */
  async call<K extends RouteKey>(
    key: K,
    body?: RouteBody<K>,
    params: Readonly<Record<string, string>> = {},
  ): Promise<RouteReply<K>> {
    const answer = await this.ask(key, body, params);
    if (answer.status >= 400) throw new Error(`${key}: ${JSON.stringify(answer.body)}`);
    return answer.body as RouteReply<K>;
  }

  /** @throws when the answer is no problem */
  async refused<K extends RouteKey>(
    key: K,
    body?: RouteBody<K>,
    params: Readonly<Record<string, string>> = {},
  ): Promise<Problem> {
    const answer = await this.ask(key, body, params);
    if (answer.status < 400) throw new Error(`${key} was answered: ${JSON.stringify(answer.body)}`);
    return answer.body as Problem;
  }

  async ask<K extends RouteKey>(
    key: K,
    body?: RouteBody<K>,
    params: Readonly<Record<string, string>> = {},
  ): Promise<Answer<unknown>> {
    const [method, pattern] = key.split(' ') as [string, string];
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    return this.send(method, path, body === undefined ? {} : { body: JSON.stringify(body) });
  }

  /** Any request; what it gives replaces what a page would send. */
  async send(
    method: string,
    path: string,
    more: {
      readonly body?: string | Uint8Array;
      readonly headers?: Readonly<Record<string, string | undefined>>;
    } = {},
  ): Promise<Answer<unknown>> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const wanted: Record<string, string | undefined> = {
      origin: this.#origin,
      ...this.#headers,
      ...(cookie === '' ? {} : { cookie }),
      ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more.headers,
    };
    const headers = Object.fromEntries(
      Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const response = await fetch(this.#url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(more.body === undefined ? {} : { body: more.body as BodyInit }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '' || /max-age=0/i.test(set)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }
}
