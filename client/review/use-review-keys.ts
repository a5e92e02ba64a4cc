/**
 * The keys of a document's page: remarks or changes with N and P, Y and X about their fate, number keys for stock phrases, R
 * and A to decide, C to compare, S for the same section of all, L for large type, J and K to the next text.
 */
import { useNavigate } from 'react-router';
import { useRemarks, useVersions, useWork } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import type { Act } from './available-acts.ts';
import { useDecisions } from './decisions.tsx';
import { documentPath, queuePath, sideBySidePath } from './paths.ts';
import { reviewQueue } from './queue-order.ts';
import { neighbour, orderRemarks } from './remark-order.ts';
import { useComparison } from './use-comparison.ts';
import { useFateKeys } from './use-fate-keys.ts';
import { useKeys } from './use-keys.ts';
import { usePhraseKeys } from './use-phrase-keys.ts';
import { useReading } from './use-reading.ts';
import { useReadingMode, useShowReadingMode } from './use-reading-mode.ts';

/** `ask` opens the dialog of an act and says whether the act is offered. */
export function useReviewKeys(ask: (act: Act) => boolean): void {
  const { document, activeRemarkId, setActiveRemarkId, scrollToRemark, remarkOrder, rail, openRail, topBlock } =
    useDocumentContext();
  const { pendingOn } = useDecisions();
  const reading = useReadingMode();
  const reads = document.access === 'read';
  useFateKeys();
  usePhraseKeys();
  useShowReadingMode(reads);
  const navigate = useNavigate();
  const { pair, close } = useComparison();
  const toggle = useToggleComparison();
  const queue = reviewQueue(useWork().data ?? []);
  const remarks = useRemarks(document.id).data ?? [];

  const toRemark = (step: 1 | -1): boolean => {
    // While a comparison stands in the text's place it answers these keys itself, and so do proposed changes in the rail.
    if (pair !== null || rail === 'proposals') return false;
    const keys = document.sections.map(({ key }) => key);
    const ids = orderRemarks(remarks, remarkOrder, keys).map(({ id }) => id);
    const next = neighbour(ids, activeRemarkId, step);
    if (next === undefined) return false;
    openRail('remarks');
    setActiveRemarkId(next);
    scrollToRemark(next);
    return true;
  };
  const toDocument = (step: 1 | -1): boolean => {
    // Decided ones wait to take effect; they are read again only when that fails.
    const ids = queue
      .map(({ documentId }) => documentId)
      .filter((id) => id === document.id || pendingOn(id) === undefined);
    const next = neighbour(ids, ids.find((id) => id === document.id) ?? null, step);
    const decided = document.may.includes('approve')
      ? pendingOn(document.id) !== undefined
      : document.may.includes('remark');
    if (next === undefined || next === document.id) {
      if (!decided) return false;
      // The last one is done: back to the queue, which says so.
      void navigate(queuePath);
      return true;
    }
    void navigate(documentPath(next));
    return true;
  };
  useKeys({
    n: () => toRemark(1),
    p: () => toRemark(-1),
    j: () => toDocument(1),
    k: () => toDocument(-1),
    r: () => ask('return'),
    a: () => ask('approve'),
    c: toggle,
    s: () => {
      if (!reads || !document.may.includes('remark')) return false;
      void navigate(sideBySidePath(document.meetingId, topBlock()?.sectionKey));
      return true;
    },
    l: () => reads && reading.toggle(),
    Escape: () => {
      if (pair === null) return false;
      close();
      return true;
    },
  });
}

/** Opens the comparison with what was read last, or else with the version before; closes an open one. */
export function useToggleComparison(): () => boolean {
  const { document } = useDocumentContext();
  const { pair, compare, close } = useComparison();
  const { baseline } = useReading();
  const versions = useVersions(document.id).data ?? [];
  return () => {
    if (pair !== null) {
      close();
      return true;
    }
    const [newest, before] = [...versions].sort((a, b) => b.number - a.number);
    const last = newest === undefined || before === undefined ? null : { from: before.number, to: newest.number };
    const next = baseline ?? last;
    if (next === null) return false;
    compare(next);
    return true;
  };
}
