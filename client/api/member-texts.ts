/** The outlines of a meeting that the reader may open, with their texts as they stand; each is asked for by itself. */
import { useQueries } from '@tanstack/react-query';
import { type TextAnswer, textAnswer } from '../../shared/api/documents.ts';
import type { DocumentId, MeetingId } from '../../shared/ids.ts';
import { keys, useBoard } from './queries.ts';
import { request } from './request.ts';

type MemberText = { readonly id: DocumentId; readonly name: string; readonly text: TextAnswer };

/** Undefined until all have come; a text that cannot be had is left out. */
export function useMemberTexts(meetingId: MeetingId): readonly MemberText[] | undefined {
  const board = useBoard(meetingId);
  const rows = (board.data ?? []).filter(({ kind, mayOpen, owner }) => kind === 'outline' && mayOpen && owner !== null);
  const { pending, texts } = useQueries({
    queries: rows.map(({ id }) => ({
      queryKey: keys.text(id),
      queryFn: () => request('GET', `/api/documents/${id}/text`, textAnswer),
    })),
    combine: (results) => ({
      pending: results.some(({ isPending }) => isPending),
      texts: results.map(({ data }) => data),
    }),
  });
  if (board.isPending || pending) return board.isError ? [] : undefined;
  return rows.flatMap(({ id, owner }, index) => {
    const text = texts[index];
    return text === undefined ? [] : [{ id, name: owner?.name ?? '', text }];
  });
}
