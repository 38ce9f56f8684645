import { setImmediate } from 'node:timers/promises';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { showSharing } from '../../client/sharing/use-sharing.ts';
import { routeKey } from '../../client/ui/query.ts';
import type { Sharing } from '../../shared/api/sharing.ts';

/** @param changes how many changes the server had taken when it answered */
const reply = (changes: number): Sharing => ({
  caseId: 'case',
  studyId: 'study',
  studyTitle: '',
  title: `${changes}`,
  stage: 'drafting',
  deleted: false,
  mayChange: true,
  schools: [],
  people: [],
  sections: [],
  cells: [],
  changes: [],
  asked: [],
  others: [],
});

it('[ACCESS-6] the grid comes to show another’s change, though it was told of while one’s own was answered', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  const queryKey = routeKey('GET /api/cases/:caseId/sharing', { caseId: 'case' });
  const answers: ((sharing: Sharing) => void)[] = [];
  const observer = new QueryObserver<Sharing>(client, {
    queryKey,
    queryFn: ({ signal }) =>
      new Promise<Sharing>((resolve, reject) => {
        signal.addEventListener('abort', reject);
        answers.push(resolve);
      }),
  });
  const end = observer.subscribe(() => {});
  answers.shift()?.(reply(0));
  await setImmediate();
  expect(observer.getCurrentResult().data?.title).toBe('0');

  // Another's change is told of, and asked for; then one's own, made before it, is answered.
  void client.invalidateQueries({ queryKey });
  await setImmediate();
  expect(answers).toHaveLength(1);
  await showSharing(client, reply(1));
  expect(observer.getCurrentResult().data?.title).toBe('1');
  await setImmediate();
  expect(answers).toHaveLength(2);
  answers[1]?.(reply(2));
  await setImmediate();
  expect(observer.getCurrentResult().data?.title).toBe('2');
  end();
  client.clear();
});
