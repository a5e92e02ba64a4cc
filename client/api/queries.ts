/**
 * What the page reads: one key and one typed hook per REST resource. Components never write a path or a key by hand;
 * the event stream (`client/app/live.ts`) and mutations say which keys to look at again.
 */
import { keepPreviousData, QueryClient, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { auditAnswer } from '../../shared/api/audit.ts';
import {
  compareAnswer,
  documentAnswer,
  readinessAnswer,
  textAnswer,
  versionsAnswer,
} from '../../shared/api/documents.ts';
import { boardAnswer, meetingAnswer, meetingsAnswer, templatesAnswer } from '../../shared/api/meetings.ts';
import { accountsAnswer, meSchema, peopleAnswer, setupStateAnswer, unitsAnswer } from '../../shared/api/people.ts';
import { remarksAnswer } from '../../shared/api/remarks.ts';
import { workAnswer } from '../../shared/api/work.ts';
import type { DocumentId, MeetingId } from '../../shared/ids.ts';
import { ApiError, request } from './request.ts';

/** Every key starts with the resource's noun, so a whole noun can be invalidated by its first element. */
export const keys = {
  setup: ['setup'],
  me: ['me'],
  work: ['work'],
  meetings: ['meetings'],
  meeting: (id: MeetingId) => ['meeting', id],
  board: (id: MeetingId) => ['board', id],
  document: (id: DocumentId) => ['document', id],
  /** Without a version: the text as it stands; all texts of a document start with ['text', id]. */
  text: (id: DocumentId, version?: number) => ['text', id, version ?? 'now'],
  versions: (id: DocumentId) => ['versions', id],
  compare: (id: DocumentId, from: number, to: number) => ['compare', id, from, to],
  remarks: (id: DocumentId) => ['remarks', id],
  readiness: (id: DocumentId) => ['readiness', id],
  templates: ['templates'],
  people: ['people'],
  accounts: ['accounts'],
  units: ['units'],
  audit: ['audit'],
} as const;

/** One client for the page. A refusal is an answer and is not asked again; an unreachable server is, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // An office network without internet can look "offline" to a browser; the server decides what is reachable.
        networkMode: 'always',
        staleTime: 15_000,
        retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

const frozen = { staleTime: Number.POSITIVE_INFINITY } as const;

export function useSetupState() {
  return useQuery({ queryKey: keys.setup, queryFn: () => request('GET', '/api/setup', setupStateAnswer), ...frozen });
}

/** Who am I; fails with `signed_out` when nobody is signed in. */
export function useMe(enabled = true) {
  return useQuery({
    queryKey: keys.me,
    queryFn: () => request('GET', '/api/me', meSchema),
    enabled,
    staleTime: 60_000,
  });
}

export function useWork() {
  return useQuery({
    queryKey: keys.work,
    queryFn: async () => (await request('GET', '/api/work', workAnswer)).items,
  });
}

export function useMeetings() {
  return useQuery({
    queryKey: keys.meetings,
    queryFn: async () => (await request('GET', '/api/meetings', meetingsAnswer)).meetings,
  });
}

export function useMeeting(id: MeetingId | undefined) {
  return useQuery({
    queryKey: id === undefined ? ['meeting'] : keys.meeting(id),
    queryFn:
      id === undefined ? skipToken : async () => (await request('GET', `/api/meetings/${id}`, meetingAnswer)).meeting,
  });
}

/** The board of a meeting: every document with its state; no text. */
export function useBoard(id: MeetingId) {
  return useQuery({
    queryKey: keys.board(id),
    queryFn: async () => (await request('GET', `/api/meetings/${id}/documents`, boardAnswer)).documents,
  });
}

export function useDocument(id: DocumentId) {
  return useQuery({
    queryKey: keys.document(id),
    queryFn: () => request('GET', `/api/documents/${id}`, documentAnswer),
  });
}

/** A frozen text by its number, or the text as it stands now. */
export function useDocumentText(id: DocumentId, version?: number) {
  return useQuery({
    queryKey: keys.text(id, version),
    queryFn: () =>
      request('GET', `/api/documents/${id}/text${version === undefined ? '' : `?version=${version}`}`, textAnswer),
    ...(version === undefined ? {} : frozen),
  });
}

export function useVersions(id: DocumentId) {
  return useQuery({
    queryKey: keys.versions(id),
    queryFn: async () => (await request('GET', `/api/documents/${id}/versions`, versionsAnswer)).versions,
  });
}

/** What changed between two frozen versions; asks nothing while one of them is unknown. */
export function useCompare(id: DocumentId, from: number | undefined, to: number | undefined) {
  return useQuery({
    queryKey: from === undefined || to === undefined ? ['compare', id] : keys.compare(id, from, to),
    queryFn:
      from === undefined || to === undefined
        ? skipToken
        : () => request('GET', `/api/documents/${id}/compare?from=${from}&to=${to}`, compareAnswer),
    ...frozen,
  });
}

export function useRemarks(id: DocumentId) {
  return useQuery({
    queryKey: keys.remarks(id),
    queryFn: async () => (await request('GET', `/api/documents/${id}/remarks`, remarksAnswer)).remarks,
  });
}

/** What submitting would freeze; read anew each time the list is opened. */
export function useReadiness(id: DocumentId, enabled = true) {
  return useQuery({
    queryKey: keys.readiness(id),
    queryFn: () => request('GET', `/api/documents/${id}/readiness`, readinessAnswer),
    enabled,
    staleTime: 0,
    gcTime: 0,
  });
}

export function useTemplates() {
  return useQuery({
    queryKey: keys.templates,
    queryFn: async () => (await request('GET', '/api/templates', templatesAnswer)).templates,
    ...frozen,
  });
}

/** People who can take part in meetings. */
export function usePeople() {
  return useQuery({
    queryKey: keys.people,
    queryFn: async () => (await request('GET', '/api/people', peopleAnswer)).people,
  });
}

export function useAccounts() {
  return useQuery({
    queryKey: keys.accounts,
    queryFn: async () => (await request('GET', '/api/accounts', accountsAnswer)).accounts,
  });
}

export function useUnits() {
  return useQuery({
    queryKey: keys.units,
    queryFn: async () => (await request('GET', '/api/units', unitsAnswer)).units,
  });
}

const auditPage = 50;

/** The audit log, newest first, page by page towards the past. */
export function useAudit() {
  return useInfiniteQuery({
    queryKey: keys.audit,
    queryFn: ({ pageParam }) =>
      request(
        'GET',
        `/api/audit?limit=${auditPage}${pageParam === undefined ? '' : `&before=${pageParam}`}`,
        auditAnswer,
      ),
    initialPageParam: undefined as number | undefined, // the first page has no bound
    getNextPageParam: (page) => {
      const last = page.entries.at(-1);
      return last === undefined || page.entries.length < auditPage || last.seq <= 1 ? undefined : last.seq;
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
