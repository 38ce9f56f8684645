import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isKept, keepRepliesIn } from '../../client/ui/kept-replies.ts';
import { routeQuery } from '../../client/ui/query.ts';
import { UnreachableError } from '../../client/ui/request.ts';

const params = { studyId: 's' };
const query = () => routeQuery('GET /api/studies/:studyId', params, { keep: true });
const reply = { id: 's', title: 'Coaching' };

describe('replies that the device keeps', () => {
  let device: Map<string, unknown>;
  let client: QueryClient;
  let answer: () => Promise<Response>;

  beforeEach(() => {
    device = new Map();
    client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
    vi.stubGlobal('fetch', () => answer());
    keepRepliesIn(null);
  });
  afterEach(() => {
    keepRepliesIn(null);
    client.clear();
    vi.unstubAllGlobals();
  });

  const openDevice = (kept: () => void = () => {}) =>
    keepRepliesIn(
      {
        personId: 'ada',
        load: async (key) => device.get(key),
        save: async (key, value) => {
          if (value === undefined) device.delete(key);
          else device.set(key, value);
        },
      },
      kept,
    );
  const answered = (body: unknown) => async () => Response.json(body);
  const problem = (status: number, code: string) => async () =>
    new Response(JSON.stringify({ code, detail: 'No.', status, title: '', type: '' }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    });
  const silent = async (): Promise<Response> => {
    throw new TypeError('no network');
  };

  it('stand in when the server does not answer, and say that they do', async () => {
    openDevice();
    answer = answered(reply);
    expect(isKept(await client.fetchQuery(query()))).toBe(false);
    client.clear();
    answer = silent;
    const kept = await client.fetchQuery(query());
    expect(kept).toMatchObject(reply);
    expect(isKept(kept)).toBe(true);
  });

  it('are kept although they came before it was known for whom', async () => {
    answer = answered(reply);
    await client.fetchQuery(query());
    expect(device.size).toBe(0);
    const kept = vi.fn();
    openDevice(kept);
    await vi.waitFor(() => expect(kept).toHaveBeenCalledOnce());
    expect([...device.values()]).toEqual([reply]);
  });

  it('[DEVICE-1] go when the server says that this person has nothing more to see', async () => {
    openDevice();
    for (const [status, code] of [
      [404, 'not-found'],
      [403, 'no-access'],
    ] as const) {
      answer = answered(reply);
      await client.fetchQuery({ ...query(), staleTime: 0 });
      expect(device.size).toBe(1);
      answer = problem(status, code);
      await expect(client.fetchQuery({ ...query(), staleTime: 0 })).rejects.toThrow('No.');
      await vi.waitFor(() => expect(device.size).toBe(0));
    }
  });

  it('[DEVICE-1] are not kept where a page does not ask for it', async () => {
    openDevice();
    answer = answered({ cases: [] });
    await client.fetchQuery(routeQuery('GET /api/contact', {}));
    answer = silent;
    client.clear();
    await expect(client.fetchQuery(routeQuery('GET /api/contact', {}))).rejects.toThrow(UnreachableError);
    expect(device.size).toBe(0);
  });

  it('cost the copy and not the page when the device keeps nothing', async () => {
    keepRepliesIn({
      personId: 'ada',
      load: () => Promise.reject(new Error('forbidden')),
      save: () => Promise.reject(new Error('full')),
    });
    answer = answered(reply);
    expect(await client.fetchQuery(query())).toEqual(reply);
    client.clear();
    answer = silent;
    await expect(client.fetchQuery(query())).rejects.toThrow(UnreachableError);
  });
});
