/** What a reader keeps on the server for himself, and what the desk does with remarks: typed hooks like the others. */
import { useMutation, useMutationState, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { type Bookmark, bookmarkAnswer } from '../../shared/api/bookmarks.ts';
import type { confirmationBody } from '../../shared/api/fates.ts';
import { phrasesAnswer, type phrasesBody } from '../../shared/api/phrases.ts';
import { type explanationsBody, remarksAnswer } from '../../shared/api/remarks.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { lookAgain, useAct } from './mutations.ts';
import { keys } from './queries.ts';
import { request } from './request.ts';

const phrasesKey = ['phrases'] as const;

export function usePhrases(enabled = true) {
  return useQuery({
    queryKey: phrasesKey,
    queryFn: () => request('GET', '/api/me/phrases', phrasesAnswer),
    enabled,
    staleTime: 60_000,
  });
}

export function useReplacePhrases() {
  return useAct(
    (body: z.input<typeof phrasesBody>) => ({ method: 'PUT', path: '/api/me/phrases', body }),
    phrasesAnswer,
    [phrasesKey],
  );
}

/**
 * The reviewer agrees with a fate, or opens it again. Whoever shows the same `resource` (`remarks/…`, `changes/…`) sees the same
 * answer under way, and the same refusal.
 */
export function useConfirmFate(id: DocumentId, resource: string | undefined) {
  const client = useQueryClient();
  const mutationKey = ['confirmation', resource];
  const { mutateAsync } = useMutation({
    mutationKey,
    mutationFn: (body: z.input<typeof confirmationBody>) =>
      request('PUT', `/api/${resource}/confirmation`, z.unknown(), body),
    onSettled: () => lookAgain(client, [keys.remarks(id), ['changes'], keys.work, ['board'], keys.readiness(id)]),
  });
  const last = useMutationState({ filters: { mutationKey, exact: true }, select: ({ state }) => state }).at(-1);
  return { mutateAsync, pending: last?.status === 'pending', error: last?.error ?? null };
}

/** Explains several open remarks at once. */
export function useExplain(id: DocumentId) {
  return useAct(
    (body: z.input<typeof explanationsBody>) => ({
      method: 'PUT',
      path: `/api/documents/${id}/remarks/explanations`,
      body,
    }),
    remarksAnswer,
    [keys.remarks(id), keys.work, ['board'], keys.readiness(id)],
  );
}

const bookmarkPath = (id: DocumentId) => `/api/documents/${id}/bookmark`;

/** Where this reader stopped, as it was when the page opened: what is remembered later is for the next time. */
export function useBookmark(id: DocumentId, enabled: boolean) {
  return useQuery({
    queryKey: ['bookmark', id],
    queryFn: async () => (await request('GET', bookmarkPath(id), bookmarkAnswer)).bookmark,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Remembers a place also while the page goes away; what cannot be sent is let go: it is a convenience. */
export function rememberPlace(id: DocumentId, place: Bookmark): void {
  void fetch(bookmarkPath(id), {
    method: 'PUT',
    credentials: 'same-origin',
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(place),
  }).catch(() => undefined);
}
