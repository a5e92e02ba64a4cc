import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { keys } from '../../../client/api/queries.ts';
import { lookAgain, parseEvent } from '../../../client/app/live.ts';

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
