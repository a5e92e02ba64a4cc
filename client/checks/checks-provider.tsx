/** Runs the checks of the text on the page and hands them to its parts. */
import { type ReactNode, useMemo } from 'react';
import type * as Y from 'yjs';
import { resemblanceOf } from '../../shared/checks/likeness.ts';
import { useDocumentChecks } from '../api/checks.ts';
import { useLikeness } from '../api/likeness.ts';
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
  // Texts are compared again while the tab of likeness is looked at; the questions follow.
  const { data: likeness } = useLikeness(document.id, { enabled: wanted, watched: false });
  const given = useMemo(() => {
    if (query.data === undefined || likeness === undefined) return query.data;
    const { settings, context } = query.data;
    return { settings, context: { ...context, likeness: likeness.passages.map(resemblanceOf) } };
  }, [query.data, likeness]);
  const hits = useLiveHits(doc, ready, document.sections, given);
  const list = useMemo(() => {
    if (hits === undefined || query.data === undefined) return undefined;
    return listHits(hits, query.data.dismissals, query.data.standing === 'reviewer');
  }, [hits, query.data]);
  const value = useMemo(() => ({ wanted, query, list }), [wanted, query, list]);
  return <ChecksContext value={value}>{children}</ChecksContext>;
}
