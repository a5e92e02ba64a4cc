/** Where a document's page is. */
import type { DocumentId } from '../../shared/ids.ts';

export function documentPath(id: DocumentId): string {
  return `/documents/${id}`;
}
