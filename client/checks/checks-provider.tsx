/** Runs the checks of the text on the page and hands them to its parts. */
import { type ReactNode, useMemo } from 'react';
import type * as Y from 'yjs';
import { useDocumentChecks } from '../api/checks.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { ChecksContext } from './checks-context.ts';
import { listHits } from './hit-groups.ts';
import { useLiveHits } from './use-live-hits.ts';

type Props = { readonly doc: Y.Doc; readonly ready: boolean; readonly children: ReactNode };

export function ChecksProvider({ doc, ready, children }: Props) {
  const { document } = useDocumentContext();
  // Authors and reviewers, and only they, may take a draft out of the house.
  const wanted = document.may.includes('export_draft');
  const query = useDocumentChecks(document.id, wanted);
  const hits = useLiveHits(doc, ready, document.sections, query.data);
  const list = useMemo(() => {
    if (hits === undefined || query.data === undefined) return undefined;
    return listHits(hits, query.data.dismissals, query.data.standing === 'reviewer');
  }, [hits, query.data]);
  const value = useMemo(() => ({ wanted, query, list }), [wanted, query, list]);
  return <ChecksContext value={value}>{children}</ChecksContext>;
}
