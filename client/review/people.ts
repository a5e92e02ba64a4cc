/** Names for the user ids of a document. Pure. */
import type { DocumentView } from '../../shared/api/documents.ts';
import type { UserId } from '../../shared/ids.ts';

/** The name of a user id on this page; empty for somebody the page does not know. */
export function nameOf({ people }: Pick<DocumentView, 'people'>, id: UserId): string {
  return people.find((person) => person.id === id)?.name ?? '';
}
