/**
 * The questions about the live text. It is checked when typing pauses and the browser has nothing else to do, never on the
 * way of a letter, and in steps: who types while it is checked waits for one rule at most, also the first time, when nothing has
 * been run yet. A text of 5,000 characters takes a few milliseconds.
 */
import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import type { ChecksAnswer } from '../../shared/api/checks.ts';
import { checkInSteps, type Hit } from '../../shared/checks/check.ts';
import { readContent } from '../../shared/document/content.ts';
import { bodyKeys, type Section } from '../../shared/template/sections.ts';

const pauseMs = 600;
const idleWithinMs = 2000;
/** How long the work may go on at once where the browser does not say. */
const sliceMs = 8;

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = (steps: Generator<undefined, Hit[]>, hasTime: () => boolean) => {
      do {
        const step = steps.next();
        if (step.done !== true) continue;
        const next = step.value;
        setHits((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
        return;
      } while (hasTime());
      forgetIdle = whenIdle((more) => goOn(steps, more));
    };
    const look = (hasTime: () => boolean) =>
      goOn(checkInSteps({ sections, content: readContent(doc, bodyKeys(sections)) }, settings, context), hasTime);
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

/**
 * Runs when the browser is idle, or soon where it cannot tell; the returned function calls it off. `work` is told whether there
 * is time to go on.
 */
function whenIdle(work: (hasTime: () => boolean) => void): () => void {
  if (typeof window.requestIdleCallback === 'function') {
    const begin = (deadline: IdleDeadline) => work(() => deadline.timeRemaining() > 1);
    const asked = window.requestIdleCallback(begin, { timeout: idleWithinMs });
    return () => window.cancelIdleCallback(asked);
  }
  const asked = setTimeout(() => {
    const end = performance.now() + sliceMs;
    work(() => performance.now() < end);
  });
  return () => clearTimeout(asked);
}
