/** The remark in hand, chosen in the text or in the rail, and lit in both; `any` when this reader is shown remarks at all. */
import { useEffect, useMemo, useRef, useState } from 'react';
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
  const known = useRef(remarks);
  known.current = remarks;
  useEffect(() => {
    if (clickedRemark.nth === 0) return;
    const clicked = known.current?.find(({ id }) => id === clickedRemark.id)?.id ?? null;
    setActive(clicked);
    if (clicked !== null) openRail('remarks');
  }, [clickedRemark, openRail]);
  const any = (remarks ?? []).length > 0;
  return useMemo(() => ({ active, setActive, any }), [active, any]);
}
