/**
 * What the reviewer at this page has seen: pinned when the page opens, moved on when he looks at the changes, recorded on
 * the server once he has come to the end of the text or has decided. Shared by the top bar, the notice, the rail and the
 * comparison through the tab's storage.
 */
import { useCallback, useEffect, useRef } from 'react';
import { z } from 'zod';
import { versionId } from '../../shared/ids.ts';
import { useReading as useRecordReading } from '../api/mutations.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useDraft } from './drafts.ts';
import { baselineOf, decides, isStale, unrecorded } from './reading.ts';
import { useComparison } from './use-comparison.ts';

const seenSchema = z.object({ id: versionId, number: z.int() });
const baselineSchema = z.object({ from: z.int(), to: z.int() });

export function useReading() {
  const { document } = useDocumentContext();
  const [seen, setSeen] = useDraft('seen', seenSchema);
  const [baseline, setBaseline] = useDraft('baseline', baselineSchema);
  const { mutate } = useRecordReading(document.id);
  const asked = useRef<string | null>(null);
  const record = useCallback(() => {
    const current = document.currentVersion;
    if (current === null || asked.current === current.id || !unrecorded(document, seen)) return;
    asked.current = current.id;
    mutate({ versionId: current.id });
  }, [document, seen, mutate]);
  return { seen, setSeen, baseline, setBaseline, stale: isStale(document, seen), record };
}

/** To be used once on the page: pins what is seen, opens the comparison for a later round, records the end of a reading. */
export function useFollowReading(): void {
  const { document } = useDocumentContext();
  const { pair, compare } = useComparison();
  const { seen, setSeen, setBaseline, record } = useReading();
  const opened = useRef<string | null>(null);
  const current = document.currentVersion;

  useEffect(() => {
    if (current === null || !decides(document) || opened.current === document.id) return;
    opened.current = document.id;
    setSeen(current);
    const since = baselineOf(document);
    if (since === null) return;
    setBaseline(since);
    if (pair === null) compare(since, true);
  }, [document, current, pair, setSeen, setBaseline, compare]);

  useEffect(() => {
    if (current !== null && pair !== null && pair.to === current.number && seen?.id !== current.id) {
      setSeen(current);
      if (seen !== null) setBaseline({ from: seen.number, to: current.number });
    }
  }, [current, pair, seen, setSeen, setBaseline]);

  useEndOfText(record);
}

/** How long the end must have been in sight: opening a short text by mistake is not reading it. */
const glanceMs = 4000;

/** Calls `reached` when the end of the text, or of the comparison in its place, has stayed in sight for a while. */
function useEndOfText(reached: () => void): void {
  useEffect(() => {
    let before = false;
    const look = () => {
      const now = endInSight();
      if (now && before) reached();
      before = now;
    };
    const timer = window.setInterval(look, glanceMs);
    return () => window.clearInterval(timer);
  }, [reached]);
}

function endInSight(): boolean {
  if (document.visibilityState !== 'visible') return false;
  // The comparison marks its end; the paper ends with its last section.
  return [...document.querySelectorAll('[data-paper-end], .paper > :last-child')].some((end) => {
    const { bottom, height } = end.getBoundingClientRect();
    return height > 0 && bottom > 0 && bottom <= window.innerHeight;
  });
}
