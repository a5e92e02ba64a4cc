/** Where the pages of this part of the product are. */
import type { DocumentId } from '../../shared/ids.ts';

export const reviewPath = '/review';

export function documentPath(id: DocumentId): string {
  return `/documents/${id}`;
}
