/** What the page reads and does about likeness: passages of a text, and the reference library they are compared with. */
import { skipToken, useQuery } from '@tanstack/react-query';
import { likenessAnswer } from '../../shared/api/likeness.ts';
import {
  type ChangeReferenceBody,
  type CreateReferenceBody,
  referenceAnswer,
  referencesAnswer,
  removedAnswer,
} from '../../shared/api/references.ts';
import type { DocumentId, MeetingId, ReferenceId } from '../../shared/ids.ts';
import { useAct } from './mutations.ts';
import { request } from './request.ts';

const likenessKey = (id: DocumentId) => ['likeness', id];
/** Every text of a meeting's library starts with its list's key. */
const referencesKey = (id: MeetingId) => ['references', id];

/** While somebody looks at it, it is looked at again from time to time; not with every letter. */
const lookAgainMs = 30_000;

export function useLikeness(id: DocumentId, { enabled, watched }: { enabled: boolean; watched: boolean }) {
  return useQuery({
    queryKey: likenessKey(id),
    queryFn: () => request('GET', `/api/documents/${id}/likeness`, likenessAnswer),
    enabled,
    refetchInterval: watched ? lookAgainMs : false,
  });
}

export function useReferences(id: MeetingId) {
  return useQuery({
    queryKey: referencesKey(id),
    queryFn: () => request('GET', `/api/meetings/${id}/references`, referencesAnswer),
  });
}

/** One text of the library; asks nothing while none is chosen. */
export function useReference(meeting: MeetingId, id: ReferenceId | undefined) {
  return useQuery({
    queryKey: [...referencesKey(meeting), id],
    queryFn:
      id === undefined
        ? skipToken
        : async () => (await request('GET', `/api/meetings/${meeting}/references/${id}`, referenceAnswer)).reference,
  });
}

const touched = (meeting: MeetingId) => [referencesKey(meeting), ['likeness']];

export function useAddReference(meeting: MeetingId) {
  return useAct(
    (body: CreateReferenceBody) => ({ method: 'POST', path: `/api/meetings/${meeting}/references`, body }),
    referenceAnswer,
    touched(meeting),
  );
}

export function useChangeReference(meeting: MeetingId) {
  return useAct(
    ({ id, ...body }: { id: ReferenceId } & ChangeReferenceBody) => ({
      method: 'PATCH',
      path: `/api/meetings/${meeting}/references/${id}`,
      body,
    }),
    referenceAnswer,
    touched(meeting),
  );
}

export function useRemoveReference(meeting: MeetingId) {
  return useAct(
    (id: ReferenceId) => ({ method: 'DELETE', path: `/api/meetings/${meeting}/references/${id}` }),
    removedAnswer,
    touched(meeting),
  );
}
