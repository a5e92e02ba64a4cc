/** The likeness of the document on the page, for those who are told about it. */

import { useLikeness } from '../api/likeness.ts';
import { useDocumentContext } from '../documents/document-context.ts';

export function useOwnLikeness() {
  const { document, me, rail } = useDocumentContext();
  // Who writes a text or reviews it may take its draft home, and nobody else: the server asks the same table.
  const enabled = document.may.includes('export_draft');
  const query = useLikeness(document.id, { enabled, watched: rail === 'likeness' });
  const hides = query.data?.passages.some(({ source }) => source === null) === true;
  // Of an outline the author; of the team material those to whom others' outlines are not shown.
  const writing = document.owner === null ? hides : document.owner.id === me.id;
  return { enabled, query, writing };
}
