/** 亲笔: how a text was written, and the writing again, page by page. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { authorshipAnswer, replayAnswer } from '../../shared/api/authorship.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { request } from './request.ts';

/** While somebody writes, the report on the text as it stands is asked for again so often. */
const lookAgainMs = 20_000;

/** Without a version: what this reader may see of the text as it stands. */
export function useAuthorship(id: DocumentId, version: number | undefined) {
  return useQuery({
    queryKey: ['authorship', id, version ?? 'now'],
    queryFn: () => request('GET', `/api/documents/${id}/authorship${questionOf({ version })}`, authorshipAnswer),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.version === null ? lookAgainMs : false),
  });
}

/** All pages one after the other, as `fetchNextPage` is called. Begun anew each time it is opened. */
export function useReplay(id: DocumentId, version: number | undefined) {
  return useInfiniteQuery({
    queryKey: ['replay', id, version ?? 'now'],
    queryFn: ({ pageParam }) =>
      request('GET', `/api/documents/${id}/replay${questionOf({ version, from: pageParam })}`, replayAnswer),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

function questionOf(parts: Readonly<Record<string, number | undefined>>): string {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value}`).join('&')}`;
}
