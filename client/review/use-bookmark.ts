/**
 * Where a reader stopped: remembered on the server as he scrolls, found again when he opens the text. Who writes a text has
 * his caret; this is for those who read.
 */
import { useEffect, useRef, useState } from 'react';
import type { Bookmark } from '../../shared/api/bookmarks.ts';
import { rememberPlace, useBookmark as useStored } from '../api/desk.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useComparison } from './use-comparison.ts';

/** Scrolling has come to rest. */
const restMs = 1_500;
/** The text is drawn a moment after the page is. */
const drawnMs = 150;
const mostLooks = 40;

/** When this reader was here last, once his place has been brought into view; null when he begins at the beginning. */
export function useBookmark(): { readonly at: string | null; readonly forget: () => void } {
  const { document, topBlock, scrollToBlock } = useDocumentContext();
  const { pair } = useComparison();
  const reads = document.access === 'read' && document.may.includes('remark');
  const stored = useStored(document.id, reads).data;
  const [at, setAt] = useState<string | null>(null);
  const eyes = useRef({ topBlock, scrollToBlock });
  eyes.current = { topBlock, scrollToBlock };
  const last = useRef<Bookmark | null>(null);
  const returned = useRef(false);

  // Once, and only to a text that stands in its own place and has not been scrolled yet.
  useEffect(() => {
    if (stored === undefined || stored === null || pair !== null || returned.current) return;
    let looks = 0;
    const timer = window.setInterval(() => {
      looks += 1;
      const moved = window.scrollY > 0;
      const top = eyes.current.topBlock();
      if (moved || looks > mostLooks || top?.blockId === stored.blockId) {
        returned.current = true;
        window.clearInterval(timer);
      } else if (top !== null && eyes.current.scrollToBlock(stored)) {
        returned.current = true;
        window.clearInterval(timer);
        if (window.scrollY > 0) setAt(stored.at);
      }
    }, drawnMs);
    return () => window.clearInterval(timer);
  }, [stored, pair]);

  useEffect(() => {
    if (!reads) return;
    let timer: number | undefined;
    const remember = () => {
      const place = eyes.current.topBlock();
      if (place === null || place.blockId === last.current?.blockId) return;
      last.current = place;
      rememberPlace(document.id, place);
    };
    const scrolled = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(remember, restMs);
    };
    window.addEventListener('scroll', scrolled, { passive: true });
    window.addEventListener('pagehide', remember);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('scroll', scrolled);
      window.removeEventListener('pagehide', remember);
    };
  }, [reads, document.id]);

  return { at, forget: () => setAt(null) };
}
