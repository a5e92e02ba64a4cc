import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keys } from '../../../client/api/queries.ts';
import { gatherMs, gatherTopics, leisureMs, lookAgain, parseEvent } from '../../../client/app/live.ts';

/** A client that has seen these resources. */
function clientWith(...seen: readonly (readonly unknown[])[]): QueryClient {
  const client = new QueryClient();
  for (const key of seen) client.setQueryData(key, 'seen');
  return client;
}

const isStale = (client: QueryClient, key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

describe('a change heard of', () => {
  test('makes the page look again at what it may touch and at nothing else', async () => {
    const client = clientWith(keys.work, ['board', 'a'], ['document', 'b'], keys.accounts, keys.templates);
    await lookAgain(client, ['document']);
    expect(isStale(client, keys.work)).toBe(true);
    expect(isStale(client, ['board', 'a'])).toBe(true);
    expect(isStale(client, ['document', 'b'])).toBe(true);
    expect(isStale(client, keys.accounts)).toBe(false);
    expect(isStale(client, keys.templates)).toBe(false);
  });

  test('of several topics touches the sum of them', async () => {
    const client = clientWith(keys.accounts, ['remarks', 'a'], keys.templates);
    await lookAgain(client, ['account', 'remarks']);
    expect(isStale(client, keys.accounts)).toBe(true);
    expect(isStale(client, ['remarks', 'a'])).toBe(true);
    expect(isStale(client, keys.templates)).toBe(false);
  });

  test('is read only when it is one this page knows', () => {
    expect(parseEvent('{"topic":"work","id":"x"}')).toBeUndefined();
    expect(parseEvent('')).toBeUndefined();
    expect(parseEvent('{"topic":"remarks","id":"doc"}')).toEqual({ topic: 'remarks', id: 'doc' });
  });
});

describe('[PP20] many fates in a row', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('are shown at once, and the lists that count them are read once', async () => {
    const list = ['changes', 'a'];
    const client = clientWith(keys.work, ['board', 'a'], list);
    const reads = { work: 0, changes: 0 };
    client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'invalidate') return;
      if (event.query.queryKey[0] === 'work') reads.work += 1;
      if (event.query.queryKey[0] === 'changes') reads.changes += 1;
      // It was read again.
      client.setQueryData(event.query.queryKey, 'seen');
    });
    const topics = gatherTopics(client);
    for (let nth = 0; nth < 10; nth += 1) {
      topics.hear('proposal');
      await vi.advanceTimersByTimeAsync(gatherMs);
    }
    expect(reads).toEqual({ work: 0, changes: 10 });
    await vi.advanceTimersByTimeAsync(leisureMs);
    expect(reads).toEqual({ work: 1, changes: 10 });
    topics.hear('proposal');
    topics.stop();
    await vi.advanceTimersByTimeAsync(leisureMs);
    expect(reads).toEqual({ work: 1, changes: 10 });
  });
});
