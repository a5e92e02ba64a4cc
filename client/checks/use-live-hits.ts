/**
 * The questions about the live text. It is checked when typing pauses and the browser has nothing else to do, never on the
 * way of a letter; a text of 5,000 characters takes a few milliseconds.
 */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import type { ChecksAnswer } from '../../shared/api/checks.ts';
import { check, type Hit } from '../../shared/checks/check.ts';
import { readContent } from '../../shared/document/content.ts';
import { bodyKeys, type Section } from '../../shared/template/sections.ts';

const pauseMs = 600;
const idleWithinMs = 2000;

/** Undefined until the text has been checked once. */
export function useLiveHits(
  doc: Y.Doc,
  ready: boolean,
  sections: readonly Section[],
  answer: Pick<ChecksAnswer, 'settings' | 'context'> | undefined,
): readonly Hit[] | undefined {
  const [hits, setHits] = useState<readonly Hit[] | undefined>(undefined);
  const settings = answer?.settings;
  const context = answer?.context;
  useEffect(() => {
    if (!ready || settings === undefined || context === undefined) return;
    const look = () => {
      const next = check({ sections, content: readContent(doc, bodyKeys(sections)) }, settings, context);
      setHits((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let forgetIdle = whenIdle(look);
    const changed = () => {
      clearTimeout(timer);
      forgetIdle();
      timer = setTimeout(() => {
        forgetIdle = whenIdle(look);
      }, pauseMs);
    };
    doc.on('update', changed);
    return () => {
      clearTimeout(timer);
      forgetIdle();
      doc.off('update', changed);
    };
  }, [doc, ready, sections, settings, context]);
  return hits;
}

/** Runs when the browser is idle, or soon where it cannot tell; the returned function calls it off. */
function whenIdle(work: () => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const asked = window.requestIdleCallback(work, { timeout: idleWithinMs });
    return () => window.cancelIdleCallback(asked);
  }
  const asked = setTimeout(work);
  return () => clearTimeout(asked);
}
