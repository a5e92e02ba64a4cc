/** The checks of a text and what a meeting has set for them: one hook per resource and act. */
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type CheckSettingsBody,
  type ChecksAnswer,
  checkSettingsAnswer,
  checksAnswer,
  type DismissalBody,
  dismissalsAnswer,
  type TickBody,
  ticksAnswer,
} from '../../shared/api/checks.ts';
import type { DocumentId, MeetingId } from '../../shared/ids.ts';
import { request } from './request.ts';

const keys = {
  checks: (id: DocumentId) => ['checks', id],
  settings: (id: MeetingId) => ['check-settings', id],
} as const;

/** What the text is asked; `wanted` is false for readers who have no part in the checks. */
export function useDocumentChecks(id: DocumentId, wanted: boolean) {
  return useQuery({
    queryKey: keys.checks(id),
    queryFn: wanted ? () => request('GET', `/api/documents/${id}/checks`, checksAnswer) : skipToken,
  });
}

/** Puts a question aside, or takes that back. */
export function useDismiss(id: DocumentId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DismissalBody) =>
      request('PUT', `/api/documents/${id}/checks/dismissals`, dismissalsAnswer, body),
    onSettled: () => client.invalidateQueries({ queryKey: keys.checks(id) }),
  });
}

/** Ticks a line of the reviewer's checklist, or takes the tick away: at once on the page, then at the server. */
export function useTick(id: DocumentId) {
  const client = useQueryClient();
  const queryKey = keys.checks(id);
  return useMutation({
    mutationFn: (body: TickBody) => request('PUT', `/api/documents/${id}/checks/ticks`, ticksAnswer, body),
    onMutate: async ({ line, on }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData<ChecksAnswer>(queryKey, (before) =>
        before === undefined
          ? before
          : { ...before, ticked: [...before.ticked.filter((each) => each !== line), ...(on ? [line] : [])] },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

export function useCheckSettings(id: MeetingId) {
  return useQuery({
    queryKey: keys.settings(id),
    queryFn: async () => (await request('GET', `/api/meetings/${id}/checks`, checkSettingsAnswer)).settings,
  });
}

export function useChangeCheckSettings(id: MeetingId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CheckSettingsBody) => request('PUT', `/api/meetings/${id}/checks`, checkSettingsAnswer, body),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.settings(id) }),
        client.invalidateQueries({ queryKey: ['checks'] }),
      ]),
  });
}
