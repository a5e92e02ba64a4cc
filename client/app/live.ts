/**
 * Keeps every screen current: one event stream for the whole page says what to look at again. Whenever the stream opens,
 * everything is looked at again: what was fetched before may have changed without an event that this page heard.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type ChangeEvent, eventSchema } from '../../shared/api/work.ts';
import { keys } from '../api/queries.ts';
import { onSignedIn } from '../api/session.ts';

type Topic = ChangeEvent['topic'];

/** The nouns whose answers may be different after a change of this topic. */
export const nounsOf: Readonly<Record<Topic, readonly string[]>> = {
  document: [
    'document',
    'text',
    'versions',
    'work',
    'board',
    'readiness',
    'meeting',
    'proposals',
    'checks',
    'authorship',
    'likeness',
  ],
  remarks: ['remarks', 'work', 'board', 'readiness'],
  versions: ['versions', 'document'],
  meeting: ['meeting', 'meetings', 'board', 'work', 'document', 'checks', 'check-settings', 'references', 'likeness'],
  proposal: ['proposals', 'changes', 'readiness'],
  account: ['me', 'accounts', 'people', 'units', 'work', 'meetings'],
};

/** Lists that only count what changed. They follow at leisure: who adopts a whole section sets forty fates in a few seconds. */
const listsOf: Partial<Readonly<Record<Topic, readonly string[]>>> = { proposal: ['work', 'board'] };

/** Looks again at everything a change of this topic may touch; only what is on the screen is fetched now. */
export async function lookAgain(client: QueryClient, topics: Iterable<Topic>): Promise<void> {
  await lookAgainAt(client, new Set([...topics].flatMap((topic) => nounsOf[topic])));
}

async function lookAgainAt(client: QueryClient, nouns: ReadonlySet<string>): Promise<void> {
  await client.invalidateQueries({ predicate: ({ queryKey }) => nouns.has(String(queryKey[0])) });
}

export const gatherMs = 80;
export const leisureMs = 2_000;
const retryMs = { first: 1_000, most: 30_000 } as const;
/** A page that was out of sight for so long may have slept, and its stream may be dead without anybody having said so. */
const asleepMs = 60_000;

/** Gathers topics for a moment before it looks again: a submission touches several resources, and they are fetched once. */
export function gatherTopics(client: QueryClient): {
  readonly hear: (topic: Topic) => void;
  readonly stop: () => void;
} {
  const topics = new Set<Topic>();
  const lists = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let leisure: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    gathering = undefined;
    const gathered = [...topics];
    topics.clear();
    void lookAgain(client, gathered);
  }

  function flushLists(): void {
    leisure = undefined;
    const gathered = new Set(lists);
    lists.clear();
    void lookAgainAt(client, gathered);
  }

  return {
    hear: (topic) => {
      topics.add(topic);
      gathering ??= setTimeout(flush, gatherMs);
      for (const list of listsOf[topic] ?? []) lists.add(list);
      if (lists.size > 0) leisure ??= setTimeout(flushLists, leisureMs);
    },
    stop: () => {
      clearTimeout(gathering);
      clearTimeout(leisure);
    },
  };
}

/** Opens the stream and keeps it open; the returned function ends it. */
export function followChanges(client: QueryClient): () => void {
  const gathered = gatherTopics(client);
  let stream: EventSource | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;
  let waitMs: number = retryMs.first;
  let hiddenAt: number | undefined;

  function hear(message: MessageEvent<string>): void {
    const event = parseEvent(message.data);
    if (event === undefined) return;
    gathered.hear(event.topic);
  }

  function connect(): void {
    stream?.close();
    clearTimeout(retrying);
    stream = new EventSource('/api/events');
    stream.onmessage = hear;
    stream.onopen = () => {
      waitMs = retryMs.first;
      void client.invalidateQueries();
    };
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      // Refused, perhaps because the session has ended: asking who I am announces that.
      void client.invalidateQueries({ queryKey: keys.me });
      retrying = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, retryMs.most);
    };
  }

  function seen(): void {
    const slept = hiddenAt !== undefined && Date.now() - hiddenAt >= asleepMs;
    hiddenAt = document.visibilityState === 'hidden' ? Date.now() : undefined;
    if (slept) connect();
  }

  connect();
  const forget = onSignedIn(connect);
  window.addEventListener('online', connect);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', connect);
    document.removeEventListener('visibilitychange', seen);
    forget();
    stream?.close();
    gathered.stop();
    clearTimeout(retrying);
  };
}

/** An event of the stream, or undefined when it is of a kind this page does not know. */
export function parseEvent(data: string): ChangeEvent | undefined {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // not JSON: a heartbeat, or a server newer than this page
  }
}

export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
}
