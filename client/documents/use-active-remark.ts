/** The remark in hand, chosen in the text or in the rail, and lit in both. */
import { useEffect, useMemo, useState } from 'react';
import type { DocumentView } from '../../shared/api/documents.ts';
import type { RemarkId } from '../../shared/ids.ts';
import { useRemarks } from '../api/queries.ts';
import type { DeskView } from './use-desk.ts';

export function useActiveRemark(
  document: DocumentView,
  { desk, clickedRemark }: DeskView,
  openRail: (tab: 'remarks') => void,
) {
  const [active, setActive] = useState<RemarkId | null>(null);
  const remarks = useRemarks(document.id).data;
  const settled = useMemo(
    () => new Set<string>((remarks ?? []).filter(({ fate }) => fate !== 'open').map(({ id }) => id)),
    [remarks],
  );
  useEffect(() => desk?.setRemarks(active, settled), [desk, active, settled]);
  useEffect(() => {
    if (clickedRemark.nth === 0) return;
    // Anchors are made by the server from its own ids.
    setActive(clickedRemark.id as RemarkId | null);
    if (clickedRemark.id !== null) openRail('remarks');
  }, [clickedRemark, openRail]);
  return useMemo(() => ({ active, setActive }), [active]);
}
