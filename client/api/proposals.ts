/** Proposals as the page reads and settles them: one typed hook per resource and act. */
import { skipToken, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  changeExplanationsAnswer,
  type changeExplanationsBody,
  type changeFateBody,
  changeNoteAnswer,
  changesAnswer,
  proposalAnswer,
  proposalsAnswer,
} from '../../shared/api/proposals.ts';
import type { DocumentId, ProposalId } from '../../shared/ids.ts';
import { useAct } from './mutations.ts';
import { keys } from './queries.ts';
import { request } from './request.ts';

const proposalKeys = {
  list: (id: DocumentId) => ['proposals', id],
  mine: (id: DocumentId, round: number) => ['proposal', id, round],
  changes: (id: ProposalId) => ['changes', id],
} as const;

const changesOf = (id: ProposalId) => ({
  queryKey: proposalKeys.changes(id),
  queryFn: () => request('GET', `/api/proposals/${id}/changes`, changesAnswer),
});

const listOf = (id: DocumentId) => ({
  queryKey: proposalKeys.list(id),
  queryFn: () => request('GET', `/api/documents/${id}/proposals`, proposalsAnswer),
});

/** The proposals this reader may see, the oldest first. */
export function useProposals(id: DocumentId) {
  return useQuery({ ...listOf(id), select: ({ proposals }) => proposals });
}

/** What I had changed when the author withdrew an earlier version, and may take over; null when there is nothing. */
export function useUnfinished(id: DocumentId) {
  return useQuery({ ...listOf(id), select: ({ unfinished }) => unfinished });
}

/**
 * My proposal for the version in review: begun when there is none, gone on with when there is. A new one begins with the changes
 * of `carry`.
 */
export function useMyProposal(id: DocumentId, round: number, wanted: boolean, carry: ProposalId | null = null) {
  const client = useQueryClient();
  return useQuery({
    queryKey: proposalKeys.mine(id, round),
    queryFn: wanted
      ? async () => {
          const { proposal } = await request('POST', `/api/documents/${id}/proposals`, proposalAnswer, { carry });
          // One more now, and nothing unfinished any more.
          void client.invalidateQueries({ queryKey: proposalKeys.list(id) });
          return proposal;
        }
      : skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The changes of one proposal with their reasons, and the text it started from. `anew` asks again, whatever is known. */
export function useChanges(id: ProposalId | undefined, anew = false) {
  return useQuery({
    ...(id === undefined ? { queryKey: ['changes'], queryFn: skipToken } : changesOf(id)),
    ...(anew ? { staleTime: 0 } : {}),
  });
}

/** The changes of several proposals. */
export function useAllChanges(ids: readonly ProposalId[]) {
  return useQueries({
    queries: ids.map(changesOf),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
}

type Fate = { readonly key: string } & z.input<typeof changeFateBody>;

export function useChangeFate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ key, ...body }: Fate) =>
      (await request('PUT', `/api/changes/${key}/fate`, changeNoteAnswer, body)).note,
    onSettled: () => client.invalidateQueries({ queryKey: ['changes'] }),
  });
}

/** Explains several open changes at once. */
export function useExplainChanges(id: DocumentId) {
  return useAct(
    (body: z.input<typeof changeExplanationsBody>) => ({
      method: 'PUT',
      path: `/api/documents/${id}/changes/explanations`,
      body,
    }),
    changeExplanationsAnswer,
    [['changes'], keys.work, ['board'], keys.readiness(id)],
  );
}

export function useReason() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ key, reason }: { readonly key: string; readonly reason: string }) =>
      (await request('PUT', `/api/changes/${key}/reason`, changeNoteAnswer, { reason })).note,
    onSettled: () => client.invalidateQueries({ queryKey: ['changes'] }),
  });
}
