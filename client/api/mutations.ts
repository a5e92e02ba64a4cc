/**
 * What the page does: one typed hook per act. Each act, also a refused one, makes the page look again at what it may
 * have changed; errors are `ApiError`s with a code and are shown where the act was asked for.
 */
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import type { SubmitBody } from '../../shared/api/checks.ts';
import type { approveBody, fileBody, readingBody, reopenBody, returnBody } from '../../shared/api/documents.ts';
import { type ChangeMeetingBody, type CreateMeetingBody, meetingAnswer } from '../../shared/api/meetings.ts';
import {
  accountAnswer,
  type CreateAccountBody,
  type changeAccountBody,
  type changePasswordBody,
  type createUnitBody,
  importAccountsAnswer,
  initialPasswordAnswer,
  type renameUnitBody,
  type SetupBody,
  type signInBody,
} from '../../shared/api/people.ts';
import { type createRemarkBody, type fateBody, remarkAnswer, type replyBody } from '../../shared/api/remarks.ts';
import type { DocumentId, MeetingId, RemarkId, UnitId, UserId } from '../../shared/ids.ts';
import { keys } from './queries.ts';
import { type Method, request } from './request.ts';

/** The answer of an act whose outcome the page reads from the resources themselves. */
const done = z.unknown();

type Key = readonly unknown[];

/**
 * An act with a JSON body; `touches` are the keys it may have changed. It is done once they have been read again, or, with
 * `at: 'answer'`, as soon as the server has answered: where the page clears away what was sent, and people are quick.
 */
export function useAct<Body, S extends z.ZodType>(
  send: (body: Body) => { method: Method; path: string; body?: unknown },
  answer: S,
  touches: readonly Key[],
  at: 'answer' | 'reread' = 'reread',
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Body) => {
      const { method, path, body } = send(input);
      return request(method, path, answer, body);
    },
    onSettled: () => {
      const read = lookAgain(client, touches);
      return at === 'reread' ? read : undefined;
    },
  });
}

export function lookAgain(client: QueryClient, touched: readonly Key[]): Promise<unknown> {
  return Promise.all(touched.map((queryKey) => client.invalidateQueries({ queryKey })));
}

// Who I am

export function useSetUp() {
  return useAct((body: SetupBody) => ({ method: 'POST', path: '/api/setup', body }), done, [keys.setup]);
}

export function useSignIn() {
  return useAct(
    (body: z.input<typeof signInBody>) => ({ method: 'POST', path: '/api/auth/sign-in/username', body }),
    done,
    [],
  );
}

export function useSignOut() {
  return useAct((_: undefined) => ({ method: 'POST', path: '/api/auth/sign-out', body: {} }), done, []);
}

export function useChangePassword() {
  return useAct(
    (body: z.input<typeof changePasswordBody>) => ({ method: 'POST', path: '/api/me/password', body }),
    done,
    [keys.me],
  );
}

// A document's way through review

/** Everything that shows a document's state. */
function stateKeys(id: DocumentId): Key[] {
  return [keys.document(id), ['text', id], keys.versions(id), keys.remarks(id), keys.work, ['board'], ['checks', id]];
}

function useDocumentAct<Body>(id: DocumentId, verb: string) {
  return useAct(
    (body: Body) => ({ method: 'POST', path: `/api/documents/${id}/${verb}`, body: body ?? {} }),
    done,
    stateKeys(id),
  );
}

/** Submits the text as it stands on the server, with what its author confirms. */
export function useSubmit(id: DocumentId) {
  return useDocumentAct<SubmitBody>(id, 'submit');
}

export function useWithdraw(id: DocumentId) {
  return useDocumentAct<undefined>(id, 'withdraw');
}

export function useReturn(id: DocumentId) {
  return useDocumentAct<z.input<typeof returnBody>>(id, 'return');
}

/** Approves the version the reviewer read; `stale_version` when it is no longer the one in review. */
export function useApprove(id: DocumentId) {
  return useDocumentAct<z.input<typeof approveBody>>(id, 'approve');
}

export function useReopen(id: DocumentId) {
  return useDocumentAct<z.input<typeof reopenBody>>(id, 'reopen');
}

export function useFile(id: DocumentId) {
  return useDocumentAct<z.input<typeof fileBody>>(id, 'file');
}

export function useRecall(id: DocumentId) {
  return useDocumentAct<undefined>(id, 'recall');
}

/** Remembers that this reader has read a version. */
export function useReading(id: DocumentId) {
  return useAct(
    (body: z.input<typeof readingBody>) => ({ method: 'POST', path: `/api/documents/${id}/reading`, body }),
    done,
    [keys.document(id)],
  );
}

// Remarks

export function useRemark(id: DocumentId) {
  return useAct(
    (body: z.input<typeof createRemarkBody>) => ({ method: 'POST', path: `/api/documents/${id}/remarks`, body }),
    remarkAnswer,
    [keys.remarks(id), keys.work, ['board']],
    'answer',
  );
}

export function useReply(id: DocumentId) {
  return useAct(
    ({ remarkId, ...body }: { remarkId: RemarkId } & z.input<typeof replyBody>) => ({
      method: 'POST',
      path: `/api/remarks/${remarkId}/replies`,
      body,
    }),
    remarkAnswer,
    [keys.remarks(id)],
  );
}

export function useFate(id: DocumentId) {
  return useAct(
    ({ remarkId, ...body }: { remarkId: RemarkId } & z.input<typeof fateBody>) => ({
      method: 'PUT',
      path: `/api/remarks/${remarkId}/fate`,
      body,
    }),
    remarkAnswer,
    [keys.remarks(id), keys.work, ['board']],
  );
}

// Meetings

export function useCreateMeeting() {
  return useAct((body: CreateMeetingBody) => ({ method: 'POST', path: '/api/meetings', body }), meetingAnswer, [
    keys.meetings,
    keys.work,
  ]);
}

export function useChangeMeeting(id: MeetingId) {
  return useAct((body: ChangeMeetingBody) => ({ method: 'PATCH', path: `/api/meetings/${id}`, body }), meetingAnswer, [
    keys.meeting(id),
    keys.board(id),
    keys.meetings,
    keys.work,
    ['document'],
  ]);
}

// Accounts and units

const accountKeys: readonly Key[] = [keys.accounts, keys.people];

export function useCreateAccount() {
  return useAct(
    (body: CreateAccountBody) => ({ method: 'POST', path: '/api/accounts', body }),
    initialPasswordAnswer,
    accountKeys,
  );
}

/** Several at once, all or none. */
export function useImportAccounts() {
  return useAct(
    (accounts: readonly CreateAccountBody[]) => ({ method: 'POST', path: '/api/accounts/import', body: { accounts } }),
    importAccountsAnswer,
    accountKeys,
  );
}

export function useChangeAccount() {
  return useAct(
    ({ id, ...body }: { id: UserId } & z.input<typeof changeAccountBody>) => ({
      method: 'PATCH',
      path: `/api/accounts/${id}`,
      body,
    }),
    accountAnswer,
    accountKeys,
  );
}

/** A new initial password, shown once; the old one and every session end. */
export function useResetPassword() {
  return useAct(
    (id: UserId) => ({ method: 'POST', path: `/api/accounts/${id}/password`, body: {} }),
    initialPasswordAnswer,
    accountKeys,
  );
}

export function useCreateUnit() {
  return useAct((body: z.input<typeof createUnitBody>) => ({ method: 'POST', path: '/api/units', body }), done, [
    keys.units,
  ]);
}

export function useRenameUnit() {
  return useAct(
    ({ id, ...body }: { id: UnitId } & z.input<typeof renameUnitBody>) => ({
      method: 'PATCH',
      path: `/api/units/${id}`,
      body,
    }),
    done,
    [keys.units, keys.me],
  );
}
