/** Where a document's page is. */
import type { DocumentId, MeetingId } from '../../shared/ids.ts';

export function documentPath(id: DocumentId): string {
  return `/documents/${id}`;
}

export const queuePath = '/review';

/** The same section of every member, side by side. */
export function sideBySidePath(meeting: MeetingId, section: string | undefined): string {
  return `/review/sections/${meeting}${section === undefined ? '' : `?section=${encodeURIComponent(section)}`}`;
}
